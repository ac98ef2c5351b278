#include "smt/rule_facts.h"

#include <chrono>

#include "verify/verify.h"

namespace presproof::verify {

RuleFacts rule_facts(const policy::Policy& policy, const Options& options) {
  smt::Limits limits;
  limits.rlimit = options.rlimit;
  if (options.timeout_s > 0) {
    limits.deadline = std::chrono::steady_clock::now() +
                      std::chrono::duration_cast<std::chrono::steady_clock::duration>(std::chrono::duration<double>(options.timeout_s));
  }
  const smt::RuleFindings found = smt::find_rule_facts(policy, options.usage, *options.profile, limits);
  RuleFacts facts;
  facts.never_match = found.never_match;
  for (const smt::RedundantRule& redundant : found.redundant) facts.redundant.push_back({redundant.rule, redundant.covered_by});
  for (const smt::RedundantRule& overruled : found.overruled) facts.overruled.push_back({overruled.rule, overruled.covered_by});
  return facts;
}

}  // namespace presproof::verify
