#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>

#include "smt/identity_rules.h"
#include "smt/threshold.h"

/// Which rules give a threshold, looked at once for all questions about a policy: a rule when it is first asked for. Safe from many threads; what
/// is remembered is what would be found again.
namespace presproof::smt {

/// One threshold.
class RulesGiving {
 public:
  /// `rules` must outlive it.
  RulesGiving(const RuleTable& rules, Threshold threshold);
  [[nodiscard]] bool contains(RuleNumber rule) const;

 private:
  enum : std::uint8_t { kUnknown, kNo, kYes };
  const RuleTable* rules_;
  Threshold threshold_;
  std::unique_ptr<std::atomic<std::uint8_t>[]> known_;
};

class RuleGrants {
 public:
  /// `rules` must outlive it.
  explicit RuleGrants(const RuleTable& rules) : rules_(&rules) {}
  /// Stays where it is as long as this object.
  [[nodiscard]] const RulesGiving& of(const Threshold& threshold) const;

 private:
  const RuleTable* rules_;
  mutable std::mutex mutex_;
  mutable std::map<Threshold, RulesGiving> by_threshold_;
};

}  // namespace presproof::smt
