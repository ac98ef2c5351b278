#include "lint/lint.h"

#include <fmt/format.h>

#include <algorithm>

#include "lint/checks/checks.h"
#include "lint/disclosure.h"
#include "lint/equal_rules.h"

namespace presproof::lint {

const verify::RuleFacts& Context::rule_facts() const {
  if (!facts) {
    verify::Options how;
    how.usage = options.usage;
    how.profile = options.profile;
    how.timeout_s = 0;  // the deterministic limit decides, so that a finding does not depend on the machine
    how.rlimit = options.rlimit;
    facts = std::make_shared<const verify::RuleFacts>(verify::rule_facts(policy, how));
  }
  return *facts;
}

const Overlap& Context::overlaps() const {
  if (!overlap) overlap = std::make_shared<const Overlap>(policy);
  return *overlap;
}

const EqualRules& Context::equal_rules() const {
  if (!equals) equals = std::make_shared<const EqualRules>(policy);
  return *equals;
}

const Disclosures& Context::disclosures() const {
  if (!disclosure) disclosure = std::make_shared<const Disclosures>(policy, options.usage, overlaps());
  return *disclosure;
}

std::string name_of(const policy::Rule& rule) {
  if (rule.id.empty()) return fmt::format("the rule in line {}", rule.span.line);
  return fmt::format("rule `{}`", rule.id);
}

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

diag::Diagnostic finding(diag::Code code, const policy::Rule& rule, const SourceSpan& span, std::string message,
                         std::string fix) {
  return {.code = code,
          .span = span,
          .rule = rule.id.empty() ? std::nullopt : std::optional(rule.id),
          .message = std::move(message),
          .fix = std::move(fix),
          .related = {}};
}

Explained::Explained(const diag::Sink& sink, std::initializer_list<diag::Code> codes) {
  for (const auto& diagnostic : sink.diagnostics())
    if (diagnostic.rule && std::ranges::find(codes, diagnostic.code) != codes.end())
      rules_.emplace(diagnostic.span.file, *diagnostic.rule);
}

bool Explained::contains(const policy::Rule& rule) const { return rules_.contains({rule.span.file, rule.id}); }

}  // namespace presproof::lint
