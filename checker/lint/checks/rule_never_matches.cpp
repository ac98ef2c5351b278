#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "lint/checks/checks.h"
#include "lint/condition_text.h"
#include "lint/exclusion.h"

namespace presproof::lint {
namespace {

using policy::RuleRef;

/// The conditions of a rule that are to blame, by their places in it.
using Core = std::vector<std::size_t>;

/// So many conditions of a rule are told apart; nobody reads more.
constexpr std::size_t kMostConditions = 12;
/// So many rules are told why; a policy with more of them has another problem.
constexpr std::size_t kMostRules = 100;

/// A rule of some conditions of another one, which grants nothing.
policy::Rule probe(const policy::Rule& rule, const Core& core, std::size_t without) {
  policy::Rule probe;
  for (const auto i : core)
    if (i != without) probe.conditions.push_back(rule.conditions[i]);
  return probe;
}

std::vector<RuleRef> never_matching(const Context& context, policy::RuleSet probes) {
  policy::Policy policy;
  policy.documents.push_back(std::move(probes));
  verify::Options how;
  how.usage = context.options.usage;
  how.timeout_s = 0;
  how.rlimit = context.options.rlimit;
  return verify::rule_facts(policy, how).never_match;
}

/// For each rule a smallest set of conditions that never hold together, empty where it was not looked for: one after
/// the other is left out where the rest still never holds. The rules are asked about together, which spares much of the
/// solver's work.
std::vector<Core> cores_of(const Context& context, const std::vector<const policy::Rule*>& rules) {
  std::vector<Core> cores(rules.size());
  std::size_t most = 0;
  for (std::size_t i = 0; i < std::min(rules.size(), kMostRules); ++i) {
    const auto count = rules[i]->conditions.size();
    if (count > kMostConditions) continue;
    for (std::size_t condition = 0; condition < count; ++condition) cores[i].push_back(condition);
    most = std::max(most, count);
  }
  for (std::size_t without = 0; without < most; ++without) {
    policy::RuleSet probes;
    std::vector<std::size_t> probed;
    for (std::size_t i = 0; i < rules.size(); ++i) {
      if (cores[i].size() < 2 || without >= rules[i]->conditions.size()) continue;
      probes.rules.push_back(probe(*rules[i], cores[i], without));
      probed.push_back(i);
    }
    if (probed.empty()) break;
    for (const auto never : never_matching(context, std::move(probes))) std::erase(cores[probed[never.rule]], without);
  }
  return cores;
}

diag::Diagnostic report_of(const policy::Rule& rule, const Core& core) {
  const bool alone = core.size() == 1;
  auto report =
      alone ? finding(diag::Code::rule_never_matches, rule, rule.span,
                      fmt::format("no request can match {}: its `{}` can never hold", name_of(rule),
                                  name_of(rule.conditions[core.front()])),
                      "let the condition include somebody or something, or remove the rule")
            : finding(diag::Code::rule_never_matches, rule, rule.span,
                      fmt::format("no request can match {}: its conditions contradict each other", name_of(rule)),
                      "all conditions of a rule must hold together; for alternatives, write several children of one "
                      "`identity`, several tokens in one `sphere`, or several rules");
  for (const auto i : core) {
    const auto& condition = rule.conditions[i];
    report.related.push_back(
        {span_of(condition), alone ? fmt::format("this `{}` never holds", name_of(condition))
                                   : fmt::format("this `{}` is part of the contradiction", name_of(condition))});
  }
  return report;
}

}  // namespace

/// By the solver: no watcher, time, sphere and location meets all conditions. Silent where a finding about one or two
/// of the conditions explains it.
void check_rule_never_matches(const Context& context, diag::Sink& sink) {
  using enum diag::Code;
  const Explained explained(
      sink, {wrong_namespace, invalid_value, missing_attribute, unexpected_content, empty_identity, incomplete_validity,
             unsupported_crs, profile_mismatch, unknown_condition, validity_empty, validity_without_offset});
  std::vector<const policy::Rule*> rules;
  for (const auto ref : context.rule_facts().never_match) {
    const auto& rule = policy::rule_at(context.policy, ref);
    if (!explained.contains(rule) && !exclusion_in(rule)) rules.push_back(&rule);
  }
  const auto cores = cores_of(context, rules);
  for (std::size_t i = 0; i < rules.size(); ++i) sink.report(report_of(*rules[i], cores[i]));
}

/// A watcher who asserts two identities can meet two identity conditions that no single identity meets.
bool fix_rule_never_matches(const Fixing& fixing, text::TextChanges& changes) {
  const auto* rule = rule_around(fixing.context.policy, fixing.finding.span);
  if (rule == nullptr) return false;
  const auto is_identity = [](const auto& condition) {
    return std::holds_alternative<policy::IdentityCondition>(condition);
  };
  return std::ranges::count_if(rule->conditions, is_identity) < 2 && remove_rule(fixing, *rule, changes);
}

}  // namespace presproof::lint
