#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <variant>
#include <vector>

#include "engine/profile.h"
#include "engine/readings.h"
#include "policy/request.h"
#include "policy/rule_set.h"
#include "property/property.h"
#include "smt/claim_terms.h"
#include "smt/geometry.h"
#include "smt/ground.h"
#include "smt/partition.h"
#include "smt/place_grid.h"
#include "smt/query_log.h"
#include "smt/rule_conditions.h"
#include "smt/second_state.h"
#include "smt/solver.h"
#include "smt/symbolic_state.h"

/// Searches for a watcher of a property's group and a state that satisfy the guard and do, or do not, satisfy the claim.
///
/// The Boolean part (time, sphere, civic fields, "inside circle i" as free variables) is for a SAT solver, over all classes of watchers
/// at once; each pattern of inside and outside that its answer needs is then sought on earth (geometry.h), and one that
/// does not exist is excluded before it is asked again. What is found is a candidate, to be replayed by the caller.
///
/// Over two runs the goal is a pair of them (self-composition): two watchers in one state, or one watcher in two states that share all
/// variables but the secret's (second_state.h), each of which must exist on earth.
namespace presproof::smt {

enum class Goal : std::uint8_t {
  claim,     ///< the guard and the claim hold
  no_claim,  ///< the guard holds and the claim does not; over two runs: in both, and they can be told apart
  guard,     ///< the guard holds; over two runs: in two that the claim compares (one stands for two that there always are)
};

struct Candidate {
  policy::Request request;
  std::optional<policy::Request> second = std::nullopt;  ///< the other run, for a property over two runs
};
/// No watcher and state reach the goal.
struct Nothing {
  bool empty_group = false;  ///< one of two, for a property that compares two groups
};
struct Undecided {
  std::string reason;
};
using Answer = std::variant<Candidate, Nothing, Undecided>;
/// Why a search that found nothing is undecided all the same.
inline constexpr std::string_view kNotAllWatchers = "URIs or domains are named in so many ways that not every watcher was considered";
/// Why a search that reached its limits is undecided.
[[nodiscard]] std::string limit_reason(const Limits& limits);

/// What two runs must do: of one watcher in two states that differ in `secret` at most, or of two watchers in one state when there is none.
struct PairGoal {
  std::optional<property::Secret> secret = std::nullopt;
  std::optional<property::Formula<property::ClaimAtom>> first = std::nullopt;   ///< holds in the first run
  std::optional<property::Formula<property::ClaimAtom>> second = std::nullopt;  ///< holds in the second run
  /// How they must differ: not at all, in the response, or in the document under one response.
  enum class Apart : std::uint8_t { no_matter, response, document };
  Apart apart = Apart::no_matter;
};
/// Numbers of the classes of the first and the second run's watcher; the same for two states.
struct ClassPair {
  std::uint32_t first = 0;
  std::uint32_t second = 0;
};

class Prover {
 public:
  /// All of these must outlive it. Throws diag::InputError for persons with too many identities.
  Prover(const policy::Policy& policy, const property::Properties& properties, policy::Usage usage, const engine::Profile& profile);
  /// On a ground, with terms and solvers of its own. With a part it knows no other watchers (groups have no other members), and is asked for
  /// the filter's property alone.
  struct Part {
    std::vector<std::uint32_t> watchers;  ///< numbers of classes, ascending
    const GuardFilter* filter;
  };
  explicit Prover(std::shared_ptr<const Ground> ground, std::optional<Part> part = std::nullopt);
  ~Prover();

  [[nodiscard]] Answer find(const property::Property& property, Goal goal, const engine::Readings& readings, const Limits& limits, QueryLog& log);
  /// The rules that a `Nothing` rests on, in policy order: an unsatisfiable core; or, when no rule gives what is sought, those that give a
  /// part of it. All of these when the core is not found within the limits.
  [[nodiscard]] std::vector<policy::RuleRef> rules_behind(const property::Property& property, Goal goal, const engine::Readings& readings,
                                                          const Limits& limits);

  /// When the runs of each pair do what the goal says. Pairs with one term have the same cause.
  [[nodiscard]] std::vector<Term> pair_terms(const PairGoal& goal, std::span<const ClassPair> pairs, const engine::Readings& readings);
  /// Two runs of the pair, whose term this is; the first's state is found as for every other goal.
  [[nodiscard]] Answer find_pair(const PairGoal& goal, ClassPair pair, Term term, const Limits& limits);

  /// A term over states, asked for one class of watchers.
  struct ClassQuery {
    Term term;
    std::uint32_t watcher;  ///< number of the first class (or pair of classes) with this term
    std::uint32_t other;    ///< the second run's; the same but for two watchers
    friend auto operator<=>(const ClassQuery&, const ClassQuery&) = default;
  };
  class Series;  ///< prover_series.h

  [[nodiscard]] const Partition& partition() const { return partition_; }
  [[nodiscard]] SymbolicState& state() { return state_; }
  [[nodiscard]] const std::vector<RuleCondition>& conditions() const { return conditions_; }
  [[nodiscard]] TermStore& terms() { return terms_; }
  /// When the rule's conditions hold, its identity conditions aside.
  [[nodiscard]] Term condition(RuleNumber rule);
  /// When those of one of these rules do.
  [[nodiscard]] Term some_of(std::span<const RuleNumber> rules);
  /// Whether some of these states is wanted, by the values that the terms have in it; without a solver.
  [[nodiscard]] bool some_state_of(std::span<const policy::State> states, std::span<const Term> terms,
                                   const std::function<bool(const Valuation&)>& wanted) const;
  /// Whether the term holds in some state.
  [[nodiscard]] Outcome some_state(Term term, const Limits& limits);
  /// Whether the unauthenticated are in the property's group, or in the one that it compares with.
  [[nodiscard]] bool includes_unauthenticated(const property::Property& property);

 private:
  enum class Runs : std::uint8_t { one, two_watchers, two_states };
  struct Question {
    std::vector<ClassQuery> classes;
    Runs runs = Runs::one;
    SecondState* second = nullptr;  ///< for two states
    bool empty_group = false;
  };
  using QuestionKey = std::tuple<std::vector<ClassQuery>, Runs, const SecondState*>;
  struct Search;   ///< one call of find()
  struct TwoRuns;  ///< makes the questions over two runs

  [[nodiscard]] const std::vector<std::uint32_t>& classes_of(const property::Group& group);
  [[nodiscard]] bool includes_unauthenticated(const property::Group& group);
  [[nodiscard]] Question question(const property::Property& property, Goal goal, const engine::Readings& readings, ClaimTerms& terms);
  [[nodiscard]] Question two_run_question(const property::Property& property, Goal goal, const engine::Readings& readings, ClaimTerms& terms);
  [[nodiscard]] Answer answer(const Question& asked, const Limits& limits, QueryLog& log);
  [[nodiscard]] SecondState& second_state(property::Secret secret);
  [[nodiscard]] SolverFactory& solvers();
  [[nodiscard]] Geometry& geometry();
  /// Those of both runs, ascending.
  [[nodiscard]] std::vector<CircleId> circles_below(std::span<const Term> roots, const SecondState* second = nullptr) const;
  [[nodiscard]] std::vector<CircleId> circles_among(std::span<const std::uint32_t> nodes, const SecondState* second = nullptr) const;
  [[nodiscard]] Term excluded(const Pattern& pattern);
  [[nodiscard]] std::vector<Term> known_exclusions(std::span<const CircleId> circles);
  /// That whoever is inside of a circle is on the map where it is; nothing for circles so few that every pair is compared. One place alone is on
  /// the map: not for two states whose places differ.
  [[nodiscard]] std::vector<Term> on_the_map(std::span<const CircleId> circles);
  [[nodiscard]] policy::State state_in(const Valuation& values, const std::optional<geo::Position>& place) const;
  [[nodiscard]] std::optional<Candidate> decoded(const Question& question, const ClassQuery& query, const Valuation& values,
                                                 const std::optional<geo::Position>& place, const std::optional<geo::Position>& second_place);
  [[nodiscard]] std::optional<Candidate> decoded_pair(const Question& question, const ClassQuery& query, const Valuation& values,
                                                      const std::optional<geo::Position>& place, const std::optional<geo::Position>& second_place);
  /// The rules of the group's watchers (of both groups, when two are compared) that give a part of what the claim speaks of; where not all that match combine, all of
  /// them: one keeps another from giving it.
  [[nodiscard]] std::vector<RuleNumber> rules_in_play(const property::Property& property, const engine::Readings& readings);
  [[nodiscard]] ClaimTerms& named_terms();
  [[nodiscard]] std::vector<RuleNumber> core(const property::Property& property, Goal goal, const engine::Readings& readings,
                                             std::span<const RuleNumber> in_play, const Limits& limits);

  std::shared_ptr<const Ground> ground_;
  std::optional<Part> part_;
  policy::Usage usage_;
  const Partition& partition_;
  const std::vector<RuleCondition>& conditions_;
  TermStore terms_;
  SymbolicState state_;
  ClaimTerms claim_terms_;
  std::map<const property::Group*, std::vector<std::uint32_t>> classes_;
  std::unique_ptr<SolverFactory> solvers_;
  std::unique_ptr<Geometry> geometry_;
  std::unique_ptr<PlaceGrid> map_;
  std::map<property::Secret, std::unique_ptr<SecondState>> second_states_;
  std::map<QuestionKey, Answer> answered_;
  std::vector<Pattern> learned_;  ///< patterns that no place has, found so far
  /// For cores: each rule's condition as a variable of its own.
  std::vector<RuleCondition> named_conditions_;
  std::unique_ptr<ClaimTerms> named_terms_;
};

}  // namespace presproof::smt
