#include <fmt/format.h>

#include "lint/checks/checks.h"
#include "lint/equal_rules.h"
#include "lint/removal.h"

namespace presproof::lint {

void report_twins(const Context& context, diag::Sink& sink, diag::Code code, bool in_order, std::string_view says) {
  const Explained explained(sink, kDeadRules);
  const Explained unreadable(sink, kUnreadableRules);
  for (const auto& [ref, twin] : context.equal_rules().all()) {
    const auto& rule = policy::rule_at(context.policy, ref);
    const auto& first = policy::rule_at(context.policy, twin.first);
    if (twin.in_order != in_order || explained.contains(rule) || unreadable.contains(rule) ||
        unreadable.contains(first))
      continue;
    auto report = finding(code, rule, rule.span, fmt::format("{} {} {}", name_of(rule), says, name_of(first)),
                          "remove the rule, or give it the conditions that were meant");
    report.related.push_back({first.span, fmt::format("{} stands here", name_of(first))});
    sink.report(std::move(report));
  }
}

/// The rule with the same content before it gives the same to the same watchers, so one of them can go (RFC 4745
/// section 10.2).
void check_duplicate_rule(const Context& context, diag::Sink& sink) {
  report_twins(context, sink, diag::Code::duplicate_rule, true, "says the same as");
}

bool fix_duplicate_rule(const Fixing& fixing, text::TextChanges& changes) { return remove_element(fixing, changes); }

}  // namespace presproof::lint
