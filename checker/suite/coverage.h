#pragma once

#include <string>
#include <vector>

#include "explain/explain.h"
#include "suite/runner.h"

/// What the cases of a suite have exercised of a policy.
namespace presproof::suite {

/// One thing to be exercised.
struct Goal {
  enum class Kind : std::uint8_t { rule, condition_true, condition_false, outcome, disclosure };
  Kind kind = Kind::rule;
  policy::RuleRef rule;
  std::size_t number = 0;          ///< of the condition, or of the permission, in the rule
  std::string outcome;             ///< a sub-handling
  bool covered = false;
  bool possible = true;            ///< false: it cannot happen, and does not count
};

struct Coverage {
  std::vector<Goal> goals;  ///< rules, then conditions, outcomes and disclosures, in policy order
  [[nodiscard]] std::size_t possible(Goal::Kind kind) const;
  [[nodiscard]] std::size_t covered(Goal::Kind kind) const;
  /// Of all kinds, 100 when nothing is possible.
  [[nodiscard]] double percent() const;
};

/// What there is to be exercised. Conditions that never or always hold, rules that never match, and answers that nobody can get are not possible:
/// the first by the values that the condition names, the others by the explanation (explain/explanation.h).
[[nodiscard]] Coverage goals_of(const Subject& subject, const explain::Explanation& explanation);
/// Marks what a request exercises; gives how much of it is new.
std::size_t cover(Coverage& coverage, const policy::Request& request, const Subject& subject, const semantics::Evaluator& evaluator);

}  // namespace presproof::suite
