#include <fmt/format.h>

#include "report/markdown.h"
#include "report/reasons_words.h"
#include "report/report.h"

namespace presproof::report {
namespace {

void add_items(std::string& out, const std::vector<Point>& points, std::size_t indent) {
  for (const Point& point : points) {
    out += fmt::format("{:{}}- {}\n", "", indent, point.command ? markdown_code(point.text) : markdown_text(point.text));
    add_items(out, point.below, indent + 2);
  }
}

}  // namespace

std::string reasons_markdown(const explain::Explained& how, std::span<const explain::Reasons> reasons) {
  std::string out;
  for (const auto& each : reasons) {
    const Point all = reasons_points(how, each);
    out += fmt::format("{}## {}\n\n", out.empty() ? "" : "\n", markdown_text(all.text));
    add_items(out, all.below, 0);
  }
  return out;
}

}  // namespace presproof::report
