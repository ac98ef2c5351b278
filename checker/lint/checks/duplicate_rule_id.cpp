#include "lint/checks/checks.h"

#include "lint/surroundings.h"
#include "policy/meant.h"

namespace presproof::lint {

/// No watcher sees an id, so the second rule can have another one.
bool fix_duplicate_rule_id(const Fixing& fixing, text::TextChanges& changes) {
  const auto value = fixing.attribute(fixing.finding.span).value;
  const auto base = policy::meant_rule_id(fixing.text().substr(value.begin, value.end - value.begin));
  if (!base) return false;
  changes.replace(value.begin, value.end, fresh_rule_id(fixing, *base));
  return true;
}

}  // namespace presproof::lint
