#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "smt/prover.h"
#include "semantics/evaluator.h"
#include "verify/relevant_readings.h"
#include "verify/verify.h"

/// One property, under one set of readings after another: asks the prover, and believes a candidate only after the
/// reference evaluator has reproduced it.
namespace presproof::verify {

/// The evaluator for each set of readings, made when first needed.
class Replayer {
 public:
  Replayer(const policy::Policy& policy, const Options& options) : policy_(policy), options_(options) {}

  /// The candidate's decision when it is in the group, satisfies the guard and, unless `claim_is` is nothing, the claim has that value.
  /// Throws diag::InternalError otherwise.
  [[nodiscard]] Counterexample replay(const property::Property& property, std::optional<bool> claim_is, const policy::Request& request,
                                      const engine::Readings& readings);

 private:
  const policy::Policy& policy_;
  const Options& options_;
  std::map<engine::Readings, semantics::Evaluator> evaluators_;
};

class PropertyCheck {
 public:
  /// All of these must outlive it.
  PropertyCheck(const policy::Policy& policy, const Options& options, smt::Prover& prover, Replayer& replayer)
      : policy_(policy), options_(options), prover_(prover), replayer_(replayer), parts_(ambiguous_parts(policy)) {}

  /// `number` counts from 1.
  [[nodiscard]] Result run(const property::Property& property, std::size_t number);

 private:
  struct Answer {
    Verdict verdict = Verdict::undecided;
    std::optional<Counterexample> example;
    std::string reason;
  };
  struct Run;  ///< what lasts while one property is checked
  [[nodiscard]] std::vector<engine::Readings> combinations(const std::vector<engine::Reading>& open) const;
  [[nodiscard]] Answer answer_under(const engine::Readings& readings, Run& run);
  [[nodiscard]] Answer without_state(bool empty_group, Run& run);
  [[nodiscard]] const smt::Answer& guard_answer(Run& run);
  [[nodiscard]] std::vector<policy::RuleRef> rules_of(const Answer& answer, const engine::Readings& readings, Run& run);

  const policy::Policy& policy_;
  const Options& options_;
  smt::Prover& prover_;
  Replayer& replayer_;
  AmbiguousParts parts_;
};

}  // namespace presproof::verify
