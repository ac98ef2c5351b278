#include <fmt/format.h>

#include "lint/checks/checks.h"
#include "lint/denials.h"
#include "lint/removal.h"

namespace presproof::lint {

/// RFC 4745 section 10.2: a permission that a rule does not name has the lowest value, which is what this one says.
void check_grant_of_false(const Context& context, diag::Sink& sink) {
  for (const auto& denial : denials_of(context)) {
    if (denial.undone) continue;
    const auto& rule = policy::rule_at(context.policy, denial.rule);
    sink.report(finding(
        diag::Code::grant_of_false, rule, denial.permission->span,
        fmt::format("{} grants nothing in {}, which is what leaving it out says, too", denial.words, name_of(rule)),
        "remove the element"));
  }
}

bool fix_grant_of_false(const Fixing& fixing, text::TextChanges& changes) {
  // A <provide-location> may hold a grant beside.
  if (text::children_of(fixing.text(), fixing.element()).size() > 1) return false;
  return remove_element(fixing, changes);
}

}  // namespace presproof::lint
