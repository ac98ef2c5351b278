#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "smt/external_solver.h"
#include "smt/solver.h"
#include "smt/symbolic_state.h"
#include "smt/term.h"

namespace presproof::smt {

/// Writes each query of a property as DIRECTORY/<property>-<k>.smt2, k counting from 1, and has another solver answer it, too; does
/// nothing without a directory and without another solver. Throws diag::InputError when a file cannot be written.
class QueryLog {
 public:
  QueryLog() = default;
  /// `other`, if any, must outlive it.
  QueryLog(std::string directory, std::size_t property, std::string title, const ExternalSolver* other = nullptr);

  /// Whether queries are neither written nor answered by anybody else.
  [[nodiscard]] bool is_idle() const { return directory_.empty() && other_ == nullptr; }
  void write(const TermStore& terms, std::span<const Term> assertions, const SymbolicState& state);
  void write(std::span<const HalfSpace> bounds);

  /// What Z3 says of the query written last. Throws diag::InternalError when the other solver says otherwise.
  void answered(Outcome outcome, const Limits& limits);

  [[nodiscard]] std::size_t compared() const { return compared_; }
  /// Queries that the other solver did not decide.
  [[nodiscard]] std::size_t given_up() const { return given_up_; }

 private:
  void take(std::string text, QueryKind kind);
  void write_file(const std::string& text);
  std::string directory_;
  std::size_t property_ = 0;
  std::string title_;
  const ExternalSolver* other_ = nullptr;
  std::size_t next_ = 1;
  std::string last_;  ///< the query's text
  QueryKind last_kind_ = QueryKind::propositional;
  std::size_t compared_ = 0;
  std::size_t given_up_ = 0;
};

}  // namespace presproof::smt
