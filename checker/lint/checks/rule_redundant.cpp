#include <fmt/format.h>

#include <algorithm>

#include "lint/checks/checks.h"

namespace presproof::lint {
namespace {

std::string names_of(const policy::Policy& policy, const std::vector<policy::RuleRef>& rules) {
  std::string names;
  const auto shown = std::min<std::size_t>(rules.size(), 3);
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) names += i + 1 == rules.size() ? " and " : ", ";
    names += name_of(policy::rule_at(policy, rules[i]));
  }
  if (rules.size() > shown) names += fmt::format(" and {} more", rules.size() - shown);
  return names;
}

/// A rule that does nothing but block says what its owner wants, and RFC 5025 section 3.2.1 allows it for completeness.
/// Whether another rule undoes it is block-overridden's question.
bool only_blocks(const Grants& grants) { return grants.handling != nullptr && grants.nothing(); }

}  // namespace

/// By the solver: without the rule every decision is the same, under every reading.
void check_rule_redundant(const Context& context, diag::Sink& sink) {
  using enum diag::Code;
  const Explained explained(sink, {wrong_namespace, invalid_value, missing_attribute, unexpected_content,
                                   profile_mismatch, unknown_permission, older_dialect});
  for (const auto& [ref, covered_by] : context.rule_facts().redundant) {
    const auto& rule = policy::rule_at(context.policy, ref);
    const auto grants = grants_of(rule);
    if (only_blocks(grants) || (grants.nothing() && explained.contains(rule))) continue;
    if (covered_by.empty()) {
      sink.report(finding(rule_redundant, rule, rule.span,
                          fmt::format("{} has no effect: it grants nothing", name_of(rule)),
                          "remove the rule, or add the actions and transformations that it was meant to have"));
      continue;
    }
    auto report =
        finding(rule_redundant, rule, rule.span,
                fmt::format("{} adds nothing: whatever it grants, {} already {}", name_of(rule),
                            names_of(context.policy, covered_by), covered_by.size() == 1 ? "does" : "do"),
                "remove the rule; if it was meant to restrict something, narrow the rules that cover it instead");
    for (const auto other : covered_by) {
      const auto& covering = policy::rule_at(context.policy, other);
      report.related.push_back({covering.span, fmt::format("{} covers it", name_of(covering))});
    }
    sink.report(std::move(report));
  }
}

}  // namespace presproof::lint
