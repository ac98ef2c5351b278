#include "lint/checks/checks.h"

#include "lint/surroundings.h"

namespace presproof::lint {

/// Everything is shown, whatever is selected beside: the selectors go.
bool fix_all_beside_selectors(const Fixing& fixing, text::TextChanges& changes) {
  const std::string_view whole = fixing.text();
  const auto components = parent_at(whole, fixing.context.sources.offset_of(fixing.finding.span));
  if (!components) return false;
  bool changed = false;
  for (const auto& child : text::children_of(whole, *components)) {
    if (child.local().starts_with("all-")) continue;
    if (holds_remarks(whole, child)) return false;
    changes.remove(child);
    changed = true;
  }
  return changed;
}

}  // namespace presproof::lint
