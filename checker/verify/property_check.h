#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "semantics/evaluator.h"
#include "smt/sweep.h"
#include "verify/relevant_readings.h"
#include "verify/second_opinion.h"
#include "verify/verify.h"

/// One property, under one set of readings after another: asks the prover, and believes a candidate only after the
/// reference evaluator has reproduced it.
namespace presproof::verify {

/// One run, or two, for a property over two runs or over time.
struct Example {
  Counterexample first;
  std::optional<Counterexample> second;
  bool is_unseen = false;  ///< two runs that differ in what is taken away, and no document shows it (smt/hiding.h)
};

/// The evaluator for each set of readings, made when first needed. Safe from many threads.
class Replayer {
 public:
  Replayer(const policy::Policy& policy, const Options& options) : policy_(policy), options_(options) {}

  /// The candidate's decisions when it is in the group, satisfies the guard and, unless `claim_is` is nothing, the claim has that value.
  /// Throws diag::InternalError otherwise.
  [[nodiscard]] Example replay(const property::Property& property, std::optional<bool> claim_is, const smt::Candidate& candidate,
                               const engine::Readings& readings);
  [[nodiscard]] const semantics::Evaluator& evaluator(const engine::Readings& readings);

 private:
  [[nodiscard]] Counterexample decide(const policy::Request& request, const engine::Readings& readings);
  const policy::Policy& policy_;
  const Options& options_;
  std::mutex mutex_;
  std::map<engine::Readings, semantics::Evaluator> evaluators_;
};

class PropertyCheck {
 public:
  /// All of these must outlive it; `sweep` is the property's.
  PropertyCheck(const policy::Policy& policy, const Options& options, const AmbiguousParts& parts, smt::Sweep& sweep, Replayer& replayer,
                SecondOpinion& opinion)
      : policy_(policy), options_(options), parts_(parts), sweep_(sweep), replayer_(replayer), opinion_(opinion) {}

  /// `number` counts from 1.
  [[nodiscard]] Result run(const property::Property& property, std::size_t number);

 private:
  struct Answer {
    Verdict verdict = Verdict::undecided;
    std::optional<Example> example;
    std::string reason;
    std::optional<double> remaining_area_m2 = std::nullopt;
    std::vector<policy::RuleRef> rules = {};  ///< when they are known already
  };
  struct Run;  ///< what lasts while one property is checked
  [[nodiscard]] std::vector<engine::Readings> combinations(const std::vector<engine::Reading>& open) const;
  [[nodiscard]] smt::Answer find(smt::Goal goal, const engine::Readings& readings, Run& run);
  [[nodiscard]] Answer answer_under(const engine::Readings& readings, Run& run);
  void know_a_place(smt::Candidate& candidate, bool claim_is, const engine::Readings& readings, const property::Property& property);
  [[nodiscard]] std::optional<Answer> one_run_under(const engine::Readings& readings, Run& run);
  [[nodiscard]] Answer over_time_under(const engine::Readings& readings, Run& run);
  /// Whether some whom the group means are not looked at, since the engine takes them for others (smt::is_for_those_as_named).
  [[nodiscard]] bool leaves_out_spellings(const property::Property& property) const;
  void look_at_subscriptions(Result& result, Run& run);
  [[nodiscard]] Answer without_state(bool empty_group, Run& run);
  [[nodiscard]] const smt::Answer& guard_answer(Run& run);
  [[nodiscard]] std::vector<policy::RuleRef> rules_of(const Answer& answer, const engine::Readings& readings, Run& run);

  const policy::Policy& policy_;
  const Options& options_;
  const AmbiguousParts& parts_;
  smt::Sweep& sweep_;
  Replayer& replayer_;
  SecondOpinion& opinion_;
};

}  // namespace presproof::verify
