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

namespace {

/// The broad code whose special cases have codes of their own: whoever is explained by it is explained by them.
diag::Code broad(diag::Code code) {
  using enum diag::Code;
  switch (code) {
    case invalid_date_time:
    case invalid_boolean:
    case invalid_uom:
    case invalid_radius:
    case invalid_uri:
    case identity_without_scheme:
    case tel_local_number:
    case domain_with_scheme:
    case domain_with_port:
    case domain_glob:
    case domain_with_user: return invalid_value;
    case missing_srs_name: return unsupported_crs;
    case misplaced_element:
    case except_beside_many:
    case parts_out_of_order:
    case repeated_part:
    case unexpected_text:
    case unexpected_attribute:
    case misspelt_element: return unexpected_content;
    default: return code;
  }
}

}  // namespace

Explained::Explained(const diag::Sink& sink, std::initializer_list<diag::Code> codes) {
  const auto wanted = [&](diag::Code code) { return std::ranges::find(codes, code) != codes.end(); };
  for (const auto& diagnostic : sink.diagnostics())
    if (diagnostic.rule && (wanted(diagnostic.code) || wanted(broad(diagnostic.code))))
      rules_.emplace(diagnostic.span.file, *diagnostic.rule);
}

bool Explained::contains(const policy::Rule& rule) const { return rules_.contains({rule.span.file, rule.id}); }

}  // namespace presproof::lint
