#include <fmt/format.h>

#include "report/reasons_words.h"
#include "report/report.h"

namespace presproof::report {
namespace {

void add(std::string& out, const std::vector<Point>& points, std::size_t indent) {
  for (const Point& point : points) {
    out += fmt::format("{:{}}{}{}\n", "", indent, point.command ? "again: " : "", point.text);
    add(out, point.below, indent + 2);
  }
}

}  // namespace

std::string reasons_text(const explain::Explained& how, std::span<const explain::Reasons> reasons) {
  std::string out;
  for (const auto& each : reasons) {
    const Point all = reasons_points(how, each);
    out += (out.empty() ? "" : "\n") + all.text + '\n';
    add(out, all.below, 0);
  }
  return out;
}

}  // namespace presproof::report
