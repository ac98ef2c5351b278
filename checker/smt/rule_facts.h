#pragma once

#include <cstdint>
#include <vector>

#include "engine/profile.h"
#include "policy/request.h"
#include "policy/rule_set.h"
#include "smt/solver.h"

/// Facts about single rules: which no request can match, and which change nothing because other rules give all that they give
/// whenever they match (RFC 4745 section 10.2 combines by OR, maximum and union).
namespace presproof::smt {

struct RedundantRule {
  policy::RuleRef rule;
  std::vector<policy::RuleRef> covered_by;  ///< in policy order; none when the rule gives nothing
};

struct RuleFindings {
  std::vector<policy::RuleRef> never_match;  ///< in policy order, likewise below
  /// None that never match. All of them can be removed together: of two that cover each other the later one is here. The
  /// claim holds under every reading.
  std::vector<RedundantRule> redundant;
  /// Rules whose `confirm` or `polite-block` never decides: whenever one matches, others give more. None that are above.
  std::vector<RedundantRule> overruled = {};
};

/// `limits` are for each question; a rule whose questions are not all answered is in neither list.
[[nodiscard]] RuleFindings find_rule_facts(const policy::Policy& policy, policy::Usage usage, const engine::Profile& profile,
                                           const Limits& limits);

}  // namespace presproof::smt
