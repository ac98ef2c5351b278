#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "smt/prover_series.h"
#include "smt/view.h"

/// Where two policies give different things: one partition of watchers and one symbolic state for the rules of both, thresholds for each
/// side from its rules alone.
///
/// A class of watchers is looked at only when the rules that concern it are not the same on both sides, counted by what they say of the state
/// and give; of what it is given, only what those other rules give. Most of what is left has equal terms on both sides (terms are hash-consed),
/// and a solver sees the rest.
namespace presproof::smt {

/// One way in which the sides differ, found in a state.
struct Difference {
  std::uint32_t observation = 0;  ///< number in observations()
  bool gained = false;            ///< made on the new side alone; else on the old side alone
  std::uint32_t watcher = 0;      ///< number of its class
  policy::Request request;
};
/// All differences that a state showed, one for each class of watchers, observation and direction that was not found before.
using Differences = std::vector<Difference>;

class PolicyDifference {
 public:
  /// The first `old_documents` documents of `both` are the old side, the others the new one. The persons of `watchers` are looked
  /// at, too, and whom its properties' groups tell apart are. All of these must outlive it. Throws diag::InputError for persons with too
  /// many identities.
  PolicyDifference(const policy::Policy& both, std::size_t old_documents, const property::Properties& watchers, policy::Usage usage,
                   const engine::Profile& profile, const engine::Readings& readings, const Limits& limits);

  /// The next ones. `Nothing`: there are no more, which is a proof unless it was undecided before; after `Undecided` others may follow.
  [[nodiscard]] std::variant<Differences, Nothing, Undecided> next();
  [[nodiscard]] std::span<const Observation> observations() const { return observations_; }
  [[nodiscard]] const Partition& partition() const { return prover_.partition(); }

 private:
  using Content = std::uint32_t;
  /// For each content by how many rules more the new side has it; only where that is not 0, ascending.
  using Surplus = std::vector<std::pair<Content, int>>;
  /// A shape over numbered thresholds.
  struct Compiled {
    property::Operator op = property::Operator::atom;
    std::uint32_t threshold = 0;
    std::vector<Compiled> operands;
  };
  struct Question {
    std::uint32_t observation;
    bool gained;
  };

  void number_contents();
  [[nodiscard]] Surplus surplus_of(std::span<const RuleNumber> added, std::span<const RuleNumber> removed) const;
  [[nodiscard]] static Surplus sum(const Surplus& a, const Surplus& b);
  void find_surpluses();
  void find_observations();
  [[nodiscard]] Compiled compile(const ClaimShape& shape);
  [[nodiscard]] bool next_batch();
  void ask_about(std::uint32_t watcher);
  /// And asks no more for them.
  [[nodiscard]] Differences differences_at(const policy::State& state);
  [[nodiscard]] Term term(const Compiled& shape, std::size_t side, const WatcherClass& watcher);
  [[nodiscard]] Term threshold_term(std::uint32_t threshold, std::size_t side, const WatcherClass& watcher);
  [[nodiscard]] bool on_old_side(RuleNumber rule) const { return prover_.partition().rules().ref(rule).document < old_documents_; }

  std::size_t old_documents_;
  policy::Usage usage_;
  engine::Readings readings_;
  Limits limits_;
  Prover prover_;
  std::vector<RuleCondition> conditions_[2];  ///< of one side's rules; the other side's never hold
  std::vector<Content> contents_;             ///< for each rule
  std::vector<RuleNumber> first_with_;        ///< for each content
  std::vector<Surplus> surpluses_;            ///< for each class
  std::vector<Observation> observations_;
  std::vector<Compiled> shapes_;  ///< for each observation
  Compiled allowed_;
  std::map<Threshold, std::uint32_t> threshold_numbers_;
  std::vector<std::unique_ptr<SomeMatching>> thresholds_[2];
  std::map<Content, std::vector<std::uint32_t>> thresholds_given_;
  std::vector<std::optional<Term>> cache_[2];  ///< the terms of the class in question
  std::vector<Prover::ClassQuery> queries_;  ///< of the batch
  std::vector<Question> questions_;  ///< for each query
  std::unique_ptr<Prover::Series> series_;   ///< over the batch
  bool batch_is_new_ = false;
  std::uint32_t next_class_ = 0;
};

}  // namespace presproof::smt
