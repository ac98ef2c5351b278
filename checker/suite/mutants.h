#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "suite/runner.h"

/// Mutation testing (DeMillo, Lipton, Sayward: Hints on Test Data Selection, 1978) of rule sets: small changes, each of which a good suite notices.
namespace presproof::suite {

struct Mutant {
  std::string_view operation;  ///< the operator's name
  policy::RuleRef rule;
  SourceSpan span;
  std::string words;           ///< `the radius 5000 m becomes 2500 m`
  std::function<void(policy::Policy&)> apply;
};

/// In policy order; the same for equal policies.
[[nodiscard]] std::vector<Mutant> mutants_of(const policy::Policy& policy);
/// The names of the operators.
[[nodiscard]] std::vector<std::string_view> operators();

enum class Fate : std::uint8_t { killed, survived, equivalent, undecided };

struct Judged {
  Mutant mutant;
  Fate fate = Fate::killed;
  /// For a survivor: a case that passes on the policy and fails on the mutant.
  std::optional<Case> killer;
};

/// Mutants that no case notices are compared with the policy by the solver: those that give everybody the same do not count.
[[nodiscard]] std::vector<Judged> judge(const std::vector<Case>& cases, const Subject& subject, double timeout_s);

/// Killed mutants among those that count; 1 when none does.
[[nodiscard]] double score(const std::vector<Judged>& judged);

}  // namespace presproof::suite
