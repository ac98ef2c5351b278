#include "smt/rule_grants.h"

#include <utility>

namespace presproof::smt {

RulesGiving::RulesGiving(const RuleTable& rules, Threshold threshold)
    : rules_(&rules), threshold_(std::move(threshold)), known_(std::make_unique<std::atomic<std::uint8_t>[]>(rules.size())) {}

bool RulesGiving::contains(RuleNumber rule) const {
  std::uint8_t known = known_[rule].load(std::memory_order_relaxed);
  if (known == kUnknown) {
    known = gives(rules_->rule(rule), threshold_) ? kYes : kNo;
    known_[rule].store(known, std::memory_order_relaxed);
  }
  return known == kYes;
}

const RulesGiving& RuleGrants::of(const Threshold& threshold) const {
  const std::lock_guard lock(mutex_);
  return by_threshold_.try_emplace(threshold, *rules_, threshold).first->second;
}

}  // namespace presproof::smt
