#include <fmt/format.h>

#include "lint/checks/checks.h"
#include "lint/denials.h"

namespace presproof::lint {

/// RFC 4745 section 10.2: "the resulting permission is TRUE if and only if at least one permission in the matching rule
/// set has a value of TRUE". As block-overridden, only about watchers whom the rule names: a false for everybody else
/// is a default.
void check_denial_without_effect(const Context& context, diag::Sink& sink) {
  for (const auto& denial : denials_of(context)) {
    if (!denial.undone) continue;
    const auto& rule = policy::rule_at(context.policy, denial.rule);
    const auto& granting = policy::rule_at(context.policy, denial.undone->by);
    const bool same = denial.undone->by == denial.rule;
    auto report = finding(diag::Code::denial_without_effect, rule, denial.permission->span,
                          same ? fmt::format("{} denies nothing in {}: its `provide-all-attributes` grants it",
                                             denial.words, name_of(rule))
                               : fmt::format("{} does not deny {} to {}: {} grants it, and permissions add up",
                                             name_of(rule), denial.words, denial.undone->whom, name_of(granting)),
                          same ? "name the attributes to show, without `provide-all-attributes`"
                               : fmt::format("leave {} out of {} with an `except`, or narrow its identity condition",
                                             denial.undone->whom, name_of(granting)));
    report.related.push_back({denial.undone->span, fmt::format("{} grants it", name_of(granting))});
    sink.report(std::move(report));
  }
}

}  // namespace presproof::lint
