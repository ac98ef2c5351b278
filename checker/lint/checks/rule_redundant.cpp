#include <fmt/format.h>

#include <optional>

#include "lint/checks/checks.h"
#include "lint/equal_rules.h"
#include "lint/overridden.h"
#include "lint/removal.h"

namespace presproof::lint {
namespace {

/// A rule that does nothing but block says what its owner wants, and RFC 5025 section 3.2.1 allows it for completeness.
/// Whether another rule undoes it is block-overridden's question.
bool only_blocks(const Grants& grants) { return grants.handling != nullptr && grants.nothing(); }

/// A rule that does nothing but block politely, or ask: block-overridden and confirm-overridden say why it has no
/// effect.
bool only_handles(Grants grants) {
  grants.sub_handling = policy::SubHandling::block;
  return only_blocks(grants);
}

}  // namespace

std::vector<RedundantRule> redundant_rules(const Context& context, const diag::Sink& sink) {
  const Explained unreadable(sink, kUnreadableRules);
  std::optional<OverriddenHandling> handling;
  std::vector<RedundantRule> rules;
  for (const auto& [ref, covered_by] : context.rule_facts().redundant) {
    const auto& rule = policy::rule_at(context.policy, ref);
    const auto grants = grants_of(rule);
    if (only_blocks(grants) || (grants.nothing() && unreadable.contains(rule))) continue;
    const auto& twins = context.equal_rules().all();
    const auto twin = twins.find(ref);
    if (twin != twins.end() && !unreadable.contains(rule) &&
        !unreadable.contains(policy::rule_at(context.policy, twin->second.first)))
      continue;
    if (context.options.usage == policy::Usage::presence && only_handles(grants)) {
      if (!handling) handling.emplace(context);
      if (handling->of(ref)) continue;
    }
    rules.push_back({ref, &covered_by});
  }
  return rules;
}

void report_redundant(const Context& context, diag::Sink& sink, diag::Code code, const RedundantRule& redundant) {
  const auto& rule = policy::rule_at(context.policy, redundant.rule);
  const auto& covered_by = *redundant.covered_by;
  auto report =
      finding(code, rule, rule.span,
              fmt::format("{} adds nothing: whatever it grants, {} already {}", name_of(rule),
                          names_of(context.policy, covered_by), covered_by.size() == 1 ? "does" : "do"),
              "remove the rule; if it was meant to restrict something, narrow the rules that cover it instead");
  for (const auto other : covered_by) {
    const auto& covering = policy::rule_at(context.policy, other);
    report.related.push_back({covering.span, fmt::format("{} covers it", name_of(covering))});
  }
  sink.report(std::move(report));
}

/// By the solver: without the rule every decision is the same, under every reading. One that another rule covers alone
/// is rule-subsumed's.
void check_rule_redundant(const Context& context, diag::Sink& sink) {
  for (const auto& redundant : redundant_rules(context, sink)) {
    const auto& rule = policy::rule_at(context.policy, redundant.rule);
    if (redundant.covered_by->empty()) {
      sink.report(finding(diag::Code::rule_redundant, rule, rule.span,
                          fmt::format("{} has no effect: it grants nothing", name_of(rule)),
                          "remove the rule, or add the actions and transformations that it was meant to have"));
    } else if (redundant.covered_by->size() > 1) {
      report_redundant(context, sink, diag::Code::rule_redundant, redundant);
    }
  }
}

bool fix_rule_redundant(const Fixing& fixing, text::TextChanges& changes) { return remove_element(fixing, changes); }

}  // namespace presproof::lint
