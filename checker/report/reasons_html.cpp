#include <fmt/format.h>

#include "html/markup.h"
#include "html/page.h"
#include "report/explanation_style.h"
#include "report/reasons_words.h"
#include "report/report.h"

namespace presproof::report {
namespace {

constexpr std::size_t kLongestPoint = 4000;

void add_list(std::string& out, const std::vector<Point>& points) {
  if (points.empty()) return;
  out += "<ul>\n";
  for (const Point& point : points) {
    out += point.command ? fmt::format("<li><code>{}</code>", html::shortened(point.text, kLongestPoint)) : "<li>" + html::message(point.text, kLongestPoint);
    add_list(out, point.below);
    out += "</li>\n";
  }
  out += "</ul>\n";
}

}  // namespace

std::string reasons_html(const explain::Explained& how, std::span<const explain::Reasons> reasons) {
  std::string body = "<header>\n<h1>Why they see what they see</h1>\n</header>\n<main>\n";
  for (std::size_t i = 0; i < reasons.size(); ++i) {
    const Point all = reasons_points(how, reasons[i]);
    body += fmt::format("<section id=\"w{0}\" aria-labelledby=\"w{0}-title\">\n<h2 id=\"w{0}-title\">{1}</h2>\n", i + 1, html::message(all.text, kLongestPoint));
    add_list(body, all.below);
    body += "</section>\n";
  }
  body += "</main>\n";
  return html::write_page({"Why they see what they see", kExplanationStyle, "", body});
}

}  // namespace presproof::report
