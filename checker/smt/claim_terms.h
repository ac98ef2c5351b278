#pragma once

#include <map>
#include <memory>
#include <vector>

#include "smt/some_matching.h"
#include "smt/threshold.h"

namespace presproof::smt {

/// Claims as terms over the state, class by class; thresholds are encoded once for all claims and readings.
class ClaimTerms {
 public:
  /// All of these must outlive it.
  /// With a filter, the terms are right for states that meet its guard alone.
  ClaimTerms(const Partition& partition, const std::vector<RuleCondition>& conditions, TermStore& terms, SymbolicState& state,
             const GuardFilter* filter = nullptr)
      : partition_(&partition), conditions_(&conditions), terms_(&terms), state_(&state), filter_(filter) {}

  /// A claim whose thresholds are found already; valid as long as this object.
  struct Compiled {
    property::Operator op = property::Operator::atom;
    SomeMatching* some = nullptr;
    std::vector<Compiled> operands;
  };
  [[nodiscard]] Compiled compile(const ClaimShape& shape);
  [[nodiscard]] Term term(const Compiled& claim, const WatcherClass& watcher, bool empty_identity);
  /// Whether the rule gives one of the claim's thresholds.
  [[nodiscard]] static bool mentions(const Compiled& claim, RuleNumber rule);

 private:
  const Partition* partition_;
  const std::vector<RuleCondition>* conditions_;
  TermStore* terms_;
  SymbolicState* state_;
  const GuardFilter* filter_;
  std::map<Threshold, std::unique_ptr<SomeMatching>> thresholds_;
};

}  // namespace presproof::smt
