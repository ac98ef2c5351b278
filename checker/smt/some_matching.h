#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "smt/guard_filter.h"
#include "smt/partition.h"
#include "smt/rule_conditions.h"
#include "smt/threshold.h"

/// "Some rule that matches this watcher gives at least this", as a term over the state.
namespace presproof::smt {

/// A disjunction over a fixed list of rules from which a few can be left out. Rules that differ in time alone become one set of cells;
/// the whole list is merged once, and blocks of a 16-ary tree over it serve the lists without some rules.
class RuleDisjunction {
 public:
  RuleDisjunction(std::vector<RuleNumber> rules, const std::vector<RuleCondition>& conditions, TermStore& terms, SymbolicState& state);

  [[nodiscard]] bool contains(RuleNumber rule) const;
  [[nodiscard]] Term all();
  /// `left_out` ascending; those not in the list do not matter.
  [[nodiscard]] Term without(std::span<const RuleNumber> left_out);

  [[nodiscard]] static Term merge(std::span<const RuleNumber> rules, const std::vector<RuleCondition>& conditions, TermStore& terms,
                                  SymbolicState& state);

 private:
  static constexpr std::uint32_t kFanOut = 16;
  [[nodiscard]] std::uint64_t span_of(std::uint32_t level) const;
  [[nodiscard]] Term block(std::uint32_t level, std::uint64_t index);
  [[nodiscard]] Term block_without(std::uint32_t level, std::uint64_t index, std::span<const std::uint32_t> positions);

  const std::vector<RuleCondition>* conditions_;
  TermStore* terms_;
  SymbolicState* state_;
  std::vector<RuleNumber> rules_;  ///< by condition, so that a block's rules merge well
  std::vector<std::pair<RuleNumber, std::uint32_t>> positions_;  ///< by rule
  std::uint32_t levels_ = 0;
  std::optional<Term> all_;
  std::map<std::pair<std::uint32_t, std::uint64_t>, Term> blocks_;
};

/// One threshold for all classes of watchers.
class SomeMatching {
 public:
  /// With a filter, for states that meet its guard.
  SomeMatching(const Threshold& threshold, const Partition& partition, const std::vector<RuleCondition>& conditions, TermStore& terms,
               SymbolicState& state, const GuardFilter* filter = nullptr);

  /// Under the reading `empty-identity`.
  [[nodiscard]] Term for_class(const WatcherClass& watcher, bool empty_identity);
  /// Whether the rule gives what the threshold asks and its conditions on the state are not plainly unmeetable.
  [[nodiscard]] bool relevant(RuleNumber rule) const {
    return !(*conditions_)[rule].never() && giving_->contains(rule) && (filter_ == nullptr || filter_->may_match(rule));
  }

 private:
  [[nodiscard]] std::vector<RuleNumber> relevant_of(std::span<const RuleNumber> rules) const;
  [[nodiscard]] RuleDisjunction disjunction(std::span<const RuleNumber> rules) const;
  /// engine::Combining::first_matching_rule, of these in order.
  [[nodiscard]] Term first_of(std::span<const RuleNumber> rules);
  /// engine::Combining::matching_rules_of_first_kind.
  [[nodiscard]] Term of_first_kind(std::span<const RuleNumber> rules);

  const Partition* partition_;
  const std::vector<RuleCondition>* conditions_;
  TermStore* terms_;
  SymbolicState* state_;
  const RulesGiving* giving_;
  const GuardFilter* filter_;
  std::optional<RuleDisjunction> strangers_;
  std::optional<Term> unauthenticated_[2];
  struct DomainRules {
    RuleDisjunction added;
    std::vector<RuleNumber> removed;
    std::optional<Term> all;
  };
  std::map<DomainId, DomainRules> domains_;
};

}  // namespace presproof::smt
