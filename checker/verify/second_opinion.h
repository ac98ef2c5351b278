#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>

#include "enumerate/enumeration.h"
#include "smt/external_solver.h"
#include "smt/prover.h"
#include "verify/verify.h"

/// What `--solver` asks beside Z3: the enumeration, which shares nothing with the encoder, about every answer of the prover; or cvc5 about
/// every query of it (smt/query_log.h). Two that contradict each other end the run: one of them is wrong, and nobody knows which.
namespace presproof::verify {

/// For messages: who, when, in what sphere and where.
[[nodiscard]] std::string describe(const policy::Request& request);

class SecondOpinion {
 public:
  /// All of these must outlive it. Throws diag::InputError when the options want a solver that is not there.
  SecondOpinion(const policy::Policy& policy, const property::Properties& properties, const Options& options);

  /// What to believe after the prover's answer. The enumeration finds what the prover did not decide; what the prover proves stays proved
  /// when the enumeration gives up, which `notes` then says. Throws diag::InternalError when they contradict each other.
  [[nodiscard]] smt::Answer weigh(smt::Answer answer, const property::Property& property, smt::Goal goal, const engine::Readings& readings,
                                  std::set<std::string>& notes);

  /// For the prover's queries; null when no other solver is wanted.
  [[nodiscard]] const smt::ExternalSolver* external() const { return external_ ? &*external_ : nullptr; }
  /// What the verdicts rest on: `z3`, `z3+enumeration`, `z3+cvc5`.
  [[nodiscard]] std::string name() const;
  [[nodiscard]] std::string version() const;

 private:
  std::mutex mutex_;  ///< the enumeration remembers what it found; what it answers does not depend on it
  std::unique_ptr<enumerate::Enumeration> enumeration_;
  std::optional<smt::ExternalSolver> external_;
};

}  // namespace presproof::verify
