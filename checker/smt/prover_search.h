#pragma once

#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "smt/prover.h"

/// The refinement loop of one question: asks the SAT solver, seeks a place for the target (for two states: for each of them), excludes
/// patterns that no place has, and asks again.
namespace presproof::smt {

/// Up to this many circles every pair is compared beforehand; beyond it, circles that an answer was inside of.
inline constexpr std::size_t kFewCircles = 64;

/// Why a question within these limits has no answer.
[[nodiscard]] std::string limit_reason(const Limits& limits);

struct Prover::Search {
  Prover& prover;
  const Question& question;
  const Limits& limits;
  QueryLog& log;
  std::vector<Term> assertions = {};
  std::vector<CircleId> circles = {};
  std::unique_ptr<Solver> solver = {};
  std::set<CircleId> compared = {};  ///< circles that were compared with all others
  bool margin = false;
  bool undetermined = false;

  [[nodiscard]] Answer run();

 private:
  void begin();
  void add(Term term);
  /// That no place has the pattern, in either run.
  void add_excluded(const Pattern& pattern);
  void exclude(const Impossible& impossible);
  [[nodiscard]] std::optional<Candidate> candidate(Valuation& values);
  /// A place with the pattern. Where it is outside of everything the location may be unknown, and `place` stays so. False when no place was found.
  [[nodiscard]] bool find_place(const Pattern& pattern, std::optional<geo::Position>& place);
};

}  // namespace presproof::smt
