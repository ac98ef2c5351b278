#pragma once

#include <memory>
#include <optional>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "smt/prover.h"

/// The refinement loop of one question: asks the SAT solver, seeks a place for the target (for two states: for each of them), excludes
/// patterns that no place has, and asks again.
namespace presproof::smt {

/// Up to this many circles every pair is compared beforehand. Beyond it far ones exclude each other on a map, and near ones are compared when an
/// answer asks for it.
inline constexpr std::size_t kFewCircles = 64;

struct Prover::Search {
  Search(Prover& the_prover, const Question& the_question, const Limits& the_limits, QueryLog& the_log)
      : prover(the_prover), question(the_question), limits(the_limits), log(the_log) {}

  Prover& prover;
  const Question& question;
  const Limits& limits;
  QueryLog& log;
  std::vector<Term> selectors = {};  ///< for queries that can be dropped: a variable each, false when it is
  std::vector<Term> assertions = {};
  std::vector<CircleId> circles = {};
  std::unique_ptr<Solver> solver = {};
  std::set<std::pair<CircleId, CircleId>> compared = {};  ///< beyond few
  bool margin = false;
  bool undetermined = false;

  /// May be called again, after more was added.
  [[nodiscard]] Answer run();
  void add(Term term);

 private:
  void begin();
  /// That no place has the pattern, in either run.
  void add_excluded(const Pattern& pattern);
  /// The patterns, and, where not every pair was compared beforehand, what the circles of the class that asked for them exclude: so that one
  /// class does not ask again and again.
  void exclude(const Impossible& impossible, const ClassQuery& query);
  /// Whether one place is sought, so that circles may exclude each other on the map.
  [[nodiscard]] bool one_place() const { return question.second == nullptr || !question.second->moves(); }
  [[nodiscard]] std::optional<Candidate> candidate(Valuation& values);
  /// A place with the pattern. Where it is outside of everything the location may be unknown, and `place` stays so. False when no place was found.
  [[nodiscard]] bool find_place(const Pattern& pattern, const ClassQuery& query, std::optional<geo::Position>& place);
};

}  // namespace presproof::smt
