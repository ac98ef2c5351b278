#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "smt/solver.h"
#include "smt/symbolic_state.h"
#include "smt/term.h"

namespace presproof::smt {

/// Writes each query of a property as DIRECTORY/<property>-<k>.smt2, k counting from 1; does nothing without a directory. Throws
/// diag::InputError when a file cannot be written.
class QueryLog {
 public:
  QueryLog() = default;
  QueryLog(std::string directory, std::size_t property, std::string title);

  [[nodiscard]] bool writes() const { return !directory_.empty(); }
  void write(const TermStore& terms, std::span<const Term> assertions, const SymbolicState& state);
  void write(std::span<const HalfSpace> bounds);

 private:
  void write_file(const std::string& text);
  std::string directory_;
  std::size_t property_ = 0;
  std::string title_;
  std::size_t next_ = 1;
};

}  // namespace presproof::smt
