#include "lint/checks/checks.h"

#include "lint/surroundings.h"
#include "policy/meant.h"

namespace presproof::lint {

/// What is not allowed becomes `_`; a rule without an id gets one. No watcher sees it.
bool fix_invalid_rule_id(const Fixing& fixing, text::TextChanges& changes) {
  const std::string_view whole = fixing.text();
  const std::size_t at = fixing.context.sources.offset_of(fixing.finding.span);
  if (whole[at] == '<') {
    add_attribute(changes, whole, fixing.element(), "id=\"" + fresh_rule_id(fixing, "rule") + "\"");
    return true;
  }
  const auto value = fixing.attribute(fixing.finding.span).value;
  const std::string_view id = whole.substr(value.begin, value.end - value.begin);
  if (id.find('&') != std::string_view::npos) return false;
  const auto meant = policy::meant_rule_id(id);
  if (!meant) return false;
  changes.replace(value.begin, value.end, fresh_rule_id(fixing, *meant));
  return true;
}

}  // namespace presproof::lint
