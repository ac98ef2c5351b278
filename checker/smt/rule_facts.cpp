#include "smt/rule_facts.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <span>

#include "smt/coverage.h"
#include "smt/likely_states.h"
#include "smt/prover.h"

namespace presproof::smt {
namespace {

/// What one rule may cost, in rules looked at for its classes of watchers; beyond it, it is not decided.
constexpr std::size_t kMaxWork = 4'000'000;
/// Covering rules are minimised up to this many; more than that tell nobody anything.
constexpr std::size_t kMaxMinimised = 12;
/// So many of the other rules are looked at for a state in which none of them matches.
constexpr std::size_t kMaxNamed = 32;

class Facts {
 public:
  Facts(const policy::Policy& policy, policy::Usage usage, const engine::Profile& profile, const Limits& limits)
      : properties_(), prover_(policy, properties_, usage, profile), usage_(usage), limits_(limits) {
    for (const bool empty_identity : {false, true}) find_watchers(empty_identity);
    find_shared();
  }

  RuleFindings find() {
    const auto& rules = prover_.partition().rules();
    RuleFindings findings;
    std::vector<bool> never(rules.size());
    for (RuleNumber rule = 0; rule < rules.size(); ++rule) {
      const auto matched = can_match(rule);
      never[rule] = matched != Outcome::sat;
      if (matched == Outcome::unsat) findings.never_match.push_back(rules.ref(rule));
    }
    // From the last to the first, without those that were found already: what is left covers all that goes.
    removed_.assign(rules.size(), false);
    for (RuleNumber rule = rules.size(); rule-- > 0;) {
      std::vector<RuleNumber> covering;
      if (never[rule] || !prover_.partition().complete() || !is_covered(rule, demands_of(rules.rule(rule), usage_), covering)) continue;
      removed_[rule] = true;
      findings.redundant.push_back({rules.ref(rule), refs(covering)});
    }
    for (RuleNumber rule = 0; rule < rules.size(); ++rule) {
      const auto demands = demands_to_overrule(rules.rule(rule), usage_);
      std::vector<RuleNumber> covering;
      if (demands.empty() || never[rule] || removed_[rule] || !prover_.partition().complete()) continue;
      if (is_covered(rule, demands, covering)) findings.overruled.push_back({rules.ref(rule), refs(covering)});
    }
    std::reverse(findings.redundant.begin(), findings.redundant.end());
    return findings;
  }

 private:
  struct Watched {
    std::uint32_t watcher;
    bool empty_identity;
  };

  /// For each rule the classes whose own list has it; those of shared lists are looked up when they are needed.
  void find_watchers(bool empty_identity) {
    const auto& partition = prover_.partition();
    watchers_.resize(partition.rules().size());
    for (std::uint32_t number = 0; number < partition.classes().size(); ++number) {
      const WatcherClass& watcher = partition.classes()[number];
      if (!watcher.authenticated()) {
        for (const RuleNumber rule : partition.rules_of(watcher, empty_identity)) watchers_[rule].push_back({number, empty_identity});
      } else if (!empty_identity) {
        for (const RuleNumber rule : watcher.own.added) watchers_[rule].push_back({number, false});
      }
    }
  }

  /// The classes that can match the rule, under the reading beside them.
  [[nodiscard]] std::vector<Watched> watchers_of(RuleNumber rule) const {
    std::vector<Watched> all = watchers_[rule];
    const auto& partition = prover_.partition();
    for (std::uint32_t number = 0; shared_[rule] && number < partition.classes().size(); ++number) {
      const WatcherClass& watcher = partition.classes()[number];
      if (!watcher.authenticated()) continue;
      if (std::binary_search(watcher.own.added.begin(), watcher.own.added.end(), rule)) continue;
      if (std::binary_search(watcher.own.removed.begin(), watcher.own.removed.end(), rule)) continue;
      if (in_shared_list(watcher, rule)) all.push_back({number, false});
    }
    return all;
  }
  [[nodiscard]] bool in_shared_list(const WatcherClass& watcher, RuleNumber rule) const {
    const auto& strangers = prover_.partition().rules_of_strangers();
    const bool listed = std::binary_search(strangers.begin(), strangers.end(), rule);
    if (!watcher.domain) return listed;
    const RuleChange& change = prover_.partition().change_of(*watcher.domain);
    if (listed) return !std::binary_search(change.removed.begin(), change.removed.end(), rule);
    return std::binary_search(change.added.begin(), change.added.end(), rule);
  }
  /// The rules of strangers, of any domain or none.
  void find_shared() {
    const auto& partition = prover_.partition();
    shared_.assign(partition.rules().size(), false);
    for (const RuleNumber rule : partition.rules_of_strangers()) shared_[rule] = true;
    for (DomainId domain = 0; domain < partition.domains(); ++domain) {
      for (const RuleNumber rule : partition.change_of(domain).added) shared_[rule] = true;
    }
  }

  /// Identity, time and the rest of the state are about different things, so the rule matches somebody when each can be met.
  Outcome can_match(RuleNumber rule) {
    if (watchers_[rule].empty() && !shared_[rule]) return prover_.partition().complete() ? Outcome::unsat : Outcome::unknown;
    const RuleCondition& condition = prover_.conditions()[rule];
    return condition.never() ? Outcome::unsat : some_state(condition.rest, rule, {});
  }

  Outcome some_state(Term term) {
    const auto [place, is_new] = answers_.try_emplace(term, Outcome::unknown);
    if (is_new) place->second = prover_.some_state(term, limits_);
    return place->second;
  }
  /// For a term that holds when `rule` matches and, in a way, `others` do not.
  Outcome some_state(Term term, RuleNumber rule, std::span<const RuleNumber> others) {
    const auto& rules = prover_.partition().rules();
    if (term == kFalse) return Outcome::unsat;
    if (const auto known = answers_.find(term); known != answers_.end()) return known->second;
    std::vector<const policy::Rule*> named;
    for (const RuleNumber other : others) {
      if (named.size() < kMaxNamed && !prover_.conditions()[other].never()) named.push_back(&rules.rule(other));
    }
    const std::array terms = {term};
    const bool found = prover_.some_state_of(likely_states(rules.rule(rule), named), terms, [&](const Valuation& values) { return holds(values, term); });
    if (found) answers_.emplace(term, Outcome::sat);
    return some_state(term);
  }

  /// Whether at some time of the rule no other rule can meet some demand: then nothing covers the rule, which can match.
  bool is_plainly_uncovered(RuleNumber rule, std::span<const Demand> demands, std::span<const RuleNumber> others) {
    const auto& rules = prover_.partition().rules();
    const CellSet& times = prover_.conditions()[rule].cells;
    return std::any_of(demands.begin(), demands.end(), [&](const Demand& demand) {
      if (demand.unless_any) return false;
      std::vector<CellSet::Range> met;
      for (const RuleNumber other : others) {
        const RuleCondition& condition = prover_.conditions()[other];
        if (condition.never() || !demand.met_by(rules.rule(other))) continue;
        met.insert(met.end(), condition.cells.ranges().begin(), condition.cells.ranges().end());
      }
      return CellSet(std::move(met)).intersect(times) != times;
    });
  }

  /// The condition under which one of the demands is not met by `others`.
  Term uncovered(std::span<const Demand> demands, std::span<const RuleNumber> others) {
    const auto& rules = prover_.partition().rules();
    const auto some = [&](const Demand::Predicate& predicate) {
      std::vector<RuleNumber> fitting;
      for (const RuleNumber other : others) {
        if (predicate(rules.rule(other))) fitting.push_back(other);
      }
      return prover_.some_of(fitting);
    };
    std::vector<Term> missing;
    for (const Demand& demand : demands) {
      Term met = some(demand.met_by);
      if (met != kTrue && demand.unless_any) met = prover_.terms().either(met, !some(demand.unless_any));
      missing.push_back(!met);
    }
    return prover_.terms().any_of(std::move(missing));
  }

  std::vector<RuleNumber> others_of(RuleNumber rule, const Watched& watched) const {
    auto others = prover_.partition().rules_of(prover_.partition().classes()[watched.watcher], watched.empty_identity);
    std::erase_if(others, [&](RuleNumber other) { return other == rule || removed_[other]; });
    return others;
  }

  /// Whether others meet the demands whenever the rule matches; which ones.
  bool is_covered(RuleNumber rule, std::span<const Demand> demands, std::vector<RuleNumber>& covering) {
    const Term condition = prover_.condition(rule);
    std::size_t work = 0;
    std::set<RuleNumber> fitting;
    for (const Watched& watched : watchers_of(rule)) {
      const auto others = others_of(rule, watched);
      work += others.size() * demands.size() + 1;
      if (work > kMaxWork || is_plainly_uncovered(rule, demands, others)) return false;
      if (some_state(prover_.terms().both(condition, uncovered(demands, others)), rule, others) != Outcome::unsat) return false;
      for (const RuleNumber other : cover(rule, demands, condition, others)) fitting.insert(other);
    }
    covering.assign(fitting.begin(), fitting.end());
    return true;
  }

  /// Rules of `others` that cover the demands on their own; few of them where few are in question.
  std::vector<RuleNumber> cover(RuleNumber rule, std::span<const Demand> demands, Term condition, std::span<const RuleNumber> others) {
    const auto& rules = prover_.partition().rules();
    std::vector<RuleNumber> chosen;
    for (const RuleNumber other : others) {
      const bool needed = std::any_of(demands.begin(), demands.end(),
                                      [&](const Demand& demand) { return !demand.unless_any && demand.met_by(rules.rule(other)); });
      if (needed) chosen.push_back(other);
    }
    if (chosen.size() > kMaxMinimised) return chosen;
    std::vector<Demand> plain(demands.begin(), demands.end());
    std::erase_if(plain, [](const Demand& demand) { return demand.unless_any != nullptr; });
    for (std::size_t i = chosen.size(); i-- > 0;) {
      std::vector<RuleNumber> fewer = chosen;
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
      if (is_plainly_uncovered(rule, plain, fewer)) continue;
      if (some_state(prover_.terms().both(condition, uncovered(plain, fewer)), rule, fewer) == Outcome::unsat) chosen = std::move(fewer);
    }
    return chosen;
  }

  [[nodiscard]] std::vector<policy::RuleRef> refs(std::span<const RuleNumber> numbers) const {
    std::vector<policy::RuleRef> result;
    for (const RuleNumber number : numbers) result.push_back(prover_.partition().rules().ref(number));
    return result;
  }

  property::Properties properties_;
  Prover prover_;
  policy::Usage usage_;
  Limits limits_;
  std::vector<std::vector<Watched>> watchers_;
  std::vector<bool> shared_;
  std::vector<bool> removed_;
  std::map<Term, Outcome> answers_;
};

}  // namespace

RuleFindings find_rule_facts(const policy::Policy& policy, policy::Usage usage, const engine::Profile& profile, const Limits& limits) {
  return Facts(policy, usage, profile, limits).find();
}

}  // namespace presproof::smt
