#include <fmt/format.h>

#include "lint/checks/checks.h"

namespace presproof::lint {

/// By the solver: no watcher, time, sphere and location meets all conditions. Silent where a finding about one of the
/// conditions explains it.
void check_rule_never_matches(const Context& context, diag::Sink& sink) {
  using enum diag::Code;
  const Explained explained(
      sink, {wrong_namespace, invalid_value, missing_attribute, unexpected_content, empty_identity, incomplete_validity,
             unsupported_crs, profile_mismatch, unknown_condition, validity_empty, validity_without_offset});
  for (const auto ref : context.rule_facts().never_match) {
    const auto& rule = policy::rule_at(context.policy, ref);
    if (explained.contains(rule)) continue;
    sink.report(finding(rule_never_matches, rule, rule.span,
                        fmt::format("no request can match {}: its conditions contradict each other", name_of(rule)),
                        "all conditions of a rule must hold together; for alternatives, write several children of one "
                        "`identity`, several tokens in one `sphere`, or several rules"));
  }
}

}  // namespace presproof::lint
