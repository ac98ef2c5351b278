#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "leaks/leaks.h"
#include "semantics/evaluator.h"
#include "smt/prover.h"
#include "claims/claim.h"

/// Questions about pairs of runs, asked of the solver once for each cause, and believed when the reference evaluator repeats them for each watcher.
namespace presproof::leaks {

using Claim = property::Formula<property::ClaimAtom>;
[[nodiscard]] Claim handling_is(policy::SubHandling value);
[[nodiscard]] Claim negation(Claim claim);

/// A pair of runs and the watchers that it stands for.
struct Case {
  std::uint32_t watcher_class = 0;  ///< the first one's
  std::vector<std::uint32_t> classes;  ///< all with this cause
  verify::Counterexample first;
  verify::Counterexample second;
  std::vector<policy::RuleRef> rules;  ///< that make the difference
};

class Asker {
 public:
  /// All must outlive it.
  Asker(const policy::Policy& policy, const Options& options);

  /// The classes of watchers: the stranger of the options first, then everybody whom the policy can tell from others.
  [[nodiscard]] const std::vector<std::uint32_t>& watchers() const { return watchers_; }
  [[nodiscard]] std::uint32_t stranger() const { return watchers_.front(); }
  /// Everybody else of the watcher's domain, when rules name the domain.
  [[nodiscard]] std::optional<std::uint32_t> stranger_of_domain(std::uint32_t watcher) const;
  /// Rules name it or its domain.
  [[nodiscard]] bool is_singled_out(std::uint32_t watcher) const;
  [[nodiscard]] policy::Watcher watcher(std::uint32_t number) const { return prover_.partition().classes()[number].watcher(); }
  [[nodiscard]] bool is_authenticated(std::uint32_t watcher) const { return prover_.partition().classes()[watcher].authenticated(); }

  /// Cases for the pairs that can do what the goal says: one for each set of rules that makes the difference, in the order of the pairs.
  [[nodiscard]] std::vector<Case> ask(const smt::PairGoal& goal, const std::vector<smt::ClassPair>& pairs, std::string_view about);

  [[nodiscard]] verify::Counterexample decide(const policy::Request& request) const;
  [[nodiscard]] claims::ClaimContext context() const { return {policy_, options_.verify.usage, readings_}; }
  [[nodiscard]] const policy::Policy& policy() const { return policy_; }
  [[nodiscard]] const Options& options() const { return options_; }
  /// Whether the server answers every SUBSCRIBE with the same code.
  [[nodiscard]] bool always_accepts() const { return options_.verify.profile->responding == engine::Responding::always_accepts; }
  [[nodiscard]] const std::vector<std::string>& undecided() const { return undecided_; }

 private:
  /// Whether the difference shows; throws diag::InternalError when the runs are not what they were sought for.
  [[nodiscard]] bool check(const smt::PairGoal& goal, const verify::Counterexample& first, const verify::Counterexample& second) const;

  const policy::Policy& policy_;
  const Options& options_;
  engine::Readings readings_;
  property::Properties properties_;  ///< one, which names the stranger
  smt::Prover prover_;
  semantics::Evaluator evaluator_;
  std::vector<std::uint32_t> watchers_;
  std::vector<std::optional<std::uint32_t>> strangers_;  ///< by domain
  std::vector<std::string> undecided_;
};

}  // namespace presproof::leaks
