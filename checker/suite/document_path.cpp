#include "suite/document_path.h"

#include <algorithm>
#include <vector>

namespace presproof::suite {
namespace {

constexpr std::string_view kAnywhere = "//";

std::vector<std::string_view> steps_of(std::string_view path) {
  std::vector<std::string_view> steps;
  for (;;) {
    const std::size_t slash = path.find('/');
    steps.push_back(path.substr(0, slash));
    if (slash == std::string_view::npos) return steps;
    path.remove_prefix(slash + 1);
  }
}

/// The element is the first step, and its descendants are the others.
bool matches(const presence::Element& element, const std::vector<std::string_view>& steps, std::size_t step) {
  if (steps[step] != "*" && steps[step] != element.local) return false;
  if (step + 1 == steps.size()) return true;
  return std::any_of(element.children.begin(), element.children.end(), [&](const presence::Node& node) {
    const auto* child = std::get_if<presence::Element>(&node.value);
    return child != nullptr && matches(*child, steps, step + 1);
  });
}

bool matches_below(const presence::Element& element, const std::vector<std::string_view>& steps) {
  if (matches(element, steps, 0)) return true;
  return std::any_of(element.children.begin(), element.children.end(), [&](const presence::Node& node) {
    const auto* child = std::get_if<presence::Element>(&node.value);
    return child != nullptr && matches_below(*child, steps);
  });
}

}  // namespace

bool is_document_path(std::string_view path) {
  if (path.starts_with(kAnywhere)) path.remove_prefix(kAnywhere.size());
  const auto steps = steps_of(path);
  return std::none_of(steps.begin(), steps.end(), [](std::string_view step) { return step.empty() || step.find_first_of(" \t\n<>&\"'") != std::string_view::npos; });
}

bool has_path(const presence::Document& document, std::string_view path) {
  const bool anywhere = path.starts_with(kAnywhere);
  if (anywhere) path.remove_prefix(kAnywhere.size());
  const auto steps = steps_of(path);
  return std::any_of(document.parts.begin(), document.parts.end(),
                     [&](const presence::Part& part) { return anywhere ? matches_below(part.element, steps) : matches(part.element, steps, 0); });
}

}  // namespace presproof::suite
