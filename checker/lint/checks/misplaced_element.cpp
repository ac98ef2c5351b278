#include "lint/checks/checks.h"

#include <algorithm>
#include <array>
#include <utility>

#include "lint/surroundings.h"

namespace presproof::lint {
namespace {

constexpr std::array<std::pair<policy::Place, std::string_view>, 3> kParts = {{
    {policy::Place::conditions, "conditions"},
    {policy::Place::actions, "actions"},
    {policy::Place::transformations, "transformations"},
}};

}  // namespace

/// From one part of a rule to another, when both are there.
bool fix_misplaced_element(const Fixing& fixing, text::TextChanges& changes) {
  const std::string_view whole = fixing.text();
  const auto found = located(fixing);
  if (!found) return false;
  // Its own place, when it is a part of the same rule.
  std::string_view target;
  for (const auto& [place, name] : kParts)
    if (policy::meant_name(found->element.name(), place) == found->element.name()) target = name;
  const text::ElementText element = fixing.element();
  const auto part = parent_at(whole, element.begin);
  const auto rule = part ? parent_at(whole, part->begin) : std::nullopt;
  if (target.empty() || !rule || rule->local() != "rule" || declares_namespace(whole, *part)) return false;
  const auto parts = text::children_of(whole, *rule);
  const auto right = std::ranges::find(parts, target, &text::ElementText::local);
  if (right == parts.end() || right->prefix() != part->prefix() || declares_namespace(whole, *right)) return false;
  changes.remove(element);
  changes.append_child(*right, std::string(whole.substr(element.begin, element.end - element.begin)));
  return true;
}

}  // namespace presproof::lint
