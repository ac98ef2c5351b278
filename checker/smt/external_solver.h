#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "smt/solver.h"

/// Another solver as a process: it gets the very text that `--smt2` writes, so that what is compared is two readings of the
/// SMT-LIB standard and not two translations of ours.
namespace presproof::smt {

/// What a query is about. cvc5 as Debian builds it (1.0.3, without libpoly) has no complete procedure for the geometry, and its
/// attempts may last for ever: they end by its own resource count, long before anybody would wait for them.
enum class QueryKind : std::uint8_t { propositional, geometric };

class ExternalSolver {
 public:
  /// Finds cvc5 on PATH. Throws diag::InputError, with what to install, when it is not there or does not run.
  [[nodiscard]] static ExternalSolver cvc5();
  /// The program at this path, which must understand cvc5's options.
  explicit ExternalSolver(std::string path);

  /// `unknown` when it gave up or was stopped. Throws diag::InternalError when it answers anything else.
  [[nodiscard]] Outcome check(const std::string& smt2, QueryKind kind, const Limits& limits) const;

  [[nodiscard]] const std::string& version() const { return version_; }

 private:
  std::string path_;
  std::string version_;
};

}  // namespace presproof::smt
