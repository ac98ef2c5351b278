#include "smt/some_matching.h"

#include <algorithm>
#include <iterator>
#include <tuple>

#include "base/fault.h"

namespace presproof::smt {

RuleDisjunction::RuleDisjunction(std::vector<RuleNumber> rules, const std::vector<RuleCondition>& conditions, TermStore& terms,
                                 SymbolicState& state)
    : conditions_(&conditions), terms_(&terms), state_(&state), rules_(std::move(rules)) {
  const auto key = [&](RuleNumber rule) {
    const RuleCondition& condition = conditions[rule];
    return std::tuple(condition.rest, condition.cells.empty() ? 0 : condition.cells.ranges().front().first, rule);
  };
  std::sort(rules_.begin(), rules_.end(), [&](RuleNumber a, RuleNumber b) { return key(a) < key(b); });
  for (std::uint32_t position = 0; position < rules_.size(); ++position) positions_.emplace_back(rules_[position], position);
  std::sort(positions_.begin(), positions_.end());
  while (span_of(levels_) < rules_.size()) ++levels_;
}

bool RuleDisjunction::contains(RuleNumber rule) const {
  const auto place = std::lower_bound(positions_.begin(), positions_.end(), std::pair(rule, std::uint32_t{0}));
  return place != positions_.end() && place->first == rule;
}

Term RuleDisjunction::merge(std::span<const RuleNumber> rules, const std::vector<RuleCondition>& conditions, TermStore& terms,
                            SymbolicState& state) {
  std::vector<std::pair<Term, CellSet::Range>> ranges;
  for (const RuleNumber rule : rules) {
    for (const CellSet::Range& range : conditions[rule].cells.ranges()) ranges.emplace_back(conditions[rule].rest, range);
  }
  std::sort(ranges.begin(), ranges.end());
  std::vector<Term> alternatives;
  for (auto first = ranges.begin(); first != ranges.end();) {
    const auto end = std::find_if(first, ranges.end(), [&](const auto& item) {
      return item.first != first->first && !seeded(Fault::matching_unlike_rules_merged);
    });
    std::vector<CellSet::Range> of_one;
    std::transform(first, end, std::back_inserter(of_one), [](const auto& item) { return item.second; });
    alternatives.push_back(terms.both(state.time_in(CellSet(std::move(of_one))), first->first));
    first = end;
  }
  return terms.any_of(std::move(alternatives));
}

Term RuleDisjunction::all() {
  if (!all_) all_ = merge(rules_, *conditions_, *terms_, *state_);
  return *all_;
}

/// Rules below a block of this level.
std::uint64_t RuleDisjunction::span_of(std::uint32_t level) const {
  std::uint64_t span = kFanOut;
  for (std::uint32_t i = 0; i < level; ++i) span *= kFanOut;
  return span;
}

Term RuleDisjunction::block(std::uint32_t level, std::uint64_t index) {
  if (const auto known = blocks_.find({level, index}); known != blocks_.end()) return known->second;
  const Term term = block_without(level, index, {});
  blocks_.emplace(std::pair(level, index), term);
  return term;
}

Term RuleDisjunction::block_without(std::uint32_t level, std::uint64_t index, std::span<const std::uint32_t> positions) {
  const std::uint64_t first = index * span_of(level);
  const std::uint64_t end = std::min<std::uint64_t>(first + span_of(level), rules_.size());
  if (level == 0) {
    std::vector<RuleNumber> kept;
    for (std::uint64_t position = first; position < end; ++position) {
      if (!std::binary_search(positions.begin(), positions.end(), position)) kept.push_back(rules_[position]);
    }
    return merge(kept, *conditions_, *terms_, *state_);
  }
  std::vector<Term> alternatives;
  const std::uint64_t child_span = span_of(level - 1);
  for (std::uint64_t child = index * kFanOut; child * child_span < end && child < (index + 1) * kFanOut; ++child) {
    const auto from = std::lower_bound(positions.begin(), positions.end(), child * child_span);
    const auto until = std::lower_bound(from, positions.end(), (child + 1) * child_span);
    const bool whole = from == until || seeded(Fault::matching_left_out_blocks_stay);
    alternatives.push_back(whole ? block(level - 1, child) : block_without(level - 1, child, {from, until}));
  }
  return terms_->any_of(std::move(alternatives));
}

Term RuleDisjunction::without(std::span<const RuleNumber> left_out) {
  std::vector<std::uint32_t> positions;
  for (const RuleNumber rule : left_out) {
    const auto place = std::lower_bound(positions_.begin(), positions_.end(), std::pair(rule, std::uint32_t{0}));
    if (place != positions_.end() && place->first == rule) positions.push_back(place->second);
  }
  if (positions.empty() || seeded(Fault::matching_left_out_rules_stay)) return all();
  std::sort(positions.begin(), positions.end());
  return block_without(levels_, 0, positions);
}

SomeMatching::SomeMatching(const Threshold& threshold, const Partition& partition, const std::vector<RuleCondition>& conditions,
                           TermStore& terms, SymbolicState& state, const GuardFilter* filter)
    : partition_(&partition), conditions_(&conditions), terms_(&terms), state_(&state), giving_(&partition.grants().of(threshold)), filter_(filter) {}

std::vector<RuleNumber> SomeMatching::relevant_of(std::span<const RuleNumber> rules) const {
  std::vector<RuleNumber> kept;
  std::copy_if(rules.begin(), rules.end(), std::back_inserter(kept), [&](RuleNumber rule) { return relevant(rule); });
  return kept;
}

RuleDisjunction SomeMatching::disjunction(std::span<const RuleNumber> rules) const {
  return RuleDisjunction(relevant_of(rules), *conditions_, *terms_, *state_);
}

/// No rule before it holds. What does not give it counts all the same.
Term SomeMatching::first_of(std::span<const RuleNumber> rules) {
  const RuleTable& table = partition_->rules();
  std::vector<Term> alternatives;
  Term none_before = kTrue;
  for (const RuleNumber rule : rules) {
    const RuleCondition& condition = (*conditions_)[rule];
    if (condition.never() || table.ref(rule).document != table.ref(rules.front()).document) continue;
    const Term holds = terms_->both(state_->time_in(condition.cells), condition.rest);
    if (giving_->contains(rule)) alternatives.push_back(terms_->both(none_before, holds));
    none_before = terms_->both(none_before, !holds);
    if (none_before == kFalse) break;
  }
  return terms_->any_of(std::move(alternatives));
}

/// No rule of a kind before it holds. What does not give it counts all the same.
Term SomeMatching::of_first_kind(std::span<const RuleNumber> rules) {
  std::map<std::uint8_t, std::vector<RuleNumber>> by_rank;
  for (const RuleNumber rule : rules) by_rank[partition_->rules().rule(rule).rank].push_back(rule);
  std::vector<Term> alternatives;
  Term none_before = kTrue;
  for (const auto& [rank, of_kind] : by_rank) {
    alternatives.push_back(terms_->both(none_before, RuleDisjunction::merge(relevant_of(of_kind), *conditions_, *terms_, *state_)));
    if (rank == by_rank.rbegin()->first) break;
    none_before = terms_->both(none_before, !RuleDisjunction::merge(of_kind, *conditions_, *terms_, *state_));
  }
  return terms_->any_of(std::move(alternatives));
}

Term SomeMatching::for_class(const WatcherClass& watcher, bool empty_identity) {
  switch (partition_->combining()) {
    case engine::Combining::all_matching_rules: break;
    case engine::Combining::first_matching_rule: return first_of(partition_->rules_of(watcher, empty_identity));
    case engine::Combining::matching_rules_of_first_kind: return of_first_kind(partition_->rules_of(watcher, empty_identity));
  }
  if (!watcher.authenticated()) {
    auto& known = unauthenticated_[empty_identity && !seeded(Fault::matching_one_list_of_unauthenticated) ? 1 : 0];
    if (!known) known = RuleDisjunction::merge(relevant_of(partition_->rules_of_unauthenticated(empty_identity)), *conditions_, *terms_, *state_);
    return *known;
  }
  if (!strangers_) strangers_.emplace(disjunction(partition_->rules_of_strangers()));
  const std::vector<RuleNumber> added = relevant_of(watcher.own.added);
  const std::vector<RuleNumber> removed = relevant_of(watcher.own.removed);
  const Term own = RuleDisjunction::merge(added, *conditions_, *terms_, *state_);
  if (!watcher.domain) return terms_->either(strangers_->without(removed), own);

  auto place = domains_.find(*watcher.domain);
  if (place == domains_.end()) {
    const RuleChange& change = partition_->change_of(*watcher.domain);
    place = domains_.emplace(*watcher.domain, DomainRules{disjunction(change.added), relevant_of(change.removed), std::nullopt}).first;
  }
  DomainRules& domain = place->second;
  if (seeded(Fault::matching_domain_loses_nothing)) domain.removed.clear();
  if (removed.empty()) {
    if (!domain.all) domain.all = terms_->either(strangers_->without(domain.removed), domain.added.all());
    return terms_->either(*domain.all, own);
  }
  std::vector<RuleNumber> left_out;
  std::set_union(removed.begin(), removed.end(), domain.removed.begin(), domain.removed.end(), std::back_inserter(left_out));
  return terms_->any_of({strangers_->without(left_out), domain.added.without(removed), own});
}

}  // namespace presproof::smt
