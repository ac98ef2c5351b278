#include "lint/checks/checks.h"

#include <algorithm>
#include <array>
#include <vector>

#include "lint/surroundings.h"

namespace presproof::lint {
namespace {

constexpr std::array<std::string_view, 3> kOrder = {"conditions", "actions", "transformations"};

std::size_t order_of(std::string_view name) {
  return static_cast<std::size_t>(std::ranges::find(kOrder, name) - kOrder.begin());
}

}  // namespace

/// Each part goes into the place of another; what stands between them stays.
bool fix_parts_out_of_order(const Fixing& fixing, text::TextChanges& changes) {
  const std::string_view whole = fixing.text();
  const text::ElementText element = fixing.element();
  const auto rule = parent_at(whole, element.begin);
  if (!rule) return false;
  std::vector<text::ElementText> parts;
  for (const auto& child : text::children_of(whole, *rule))
    if (child.prefix() == element.prefix() && order_of(child.local()) < kOrder.size()) parts.push_back(child);
  if (std::ranges::any_of(parts, [&](const auto& part) { return declares_namespace(whole, part); })) return false;
  auto sorted = parts;
  std::ranges::stable_sort(sorted, {}, [](const auto& part) { return order_of(part.local()); });
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i].begin == sorted[i].begin) continue;
    changes.replace(parts[i].begin, parts[i].end,
                    std::string(whole.substr(sorted[i].begin, sorted[i].end - sorted[i].begin)));
  }
  return true;
}

}  // namespace presproof::lint
