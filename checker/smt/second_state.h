#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "property/property.h"
#include "smt/symbolic_state.h"
#include "smt/term.h"

/// A second run of the same watcher: the variables of the secret once more, all others shared with the first run. Terms about the first run
/// become terms about the second one by renaming.
namespace presproof::smt {

class SecondState {
 public:
  /// Both must outlive it. Makes the variables `second.SECRET.NAME`.
  SecondState(TermStore& terms, const SymbolicState& state, property::Secret secret);

  [[nodiscard]] property::Secret secret() const { return secret_; }
  /// Whether the target may be elsewhere in the second run.
  [[nodiscard]] bool moves() const { return secret_ == property::Secret::location || secret_ == property::Secret::handling; }

  /// Gives the variable a copy, too. Before any term over it is renamed.
  void copy(Term variable);
  /// The same about the second run.
  [[nodiscard]] std::vector<Term> of(std::span<const Term> terms);
  [[nodiscard]] Term of(Term term);

  /// The circle that a copy is about, if it is about one.
  [[nodiscard]] std::optional<CircleId> circle_of(std::uint32_t node) const;

  /// What the variables of the first run would be if they were about the second one.
  [[nodiscard]] Valuation read(const Valuation& values) const;
  /// The other way round: sets the copies to the values that `second` has for what they are copies of.
  void write(const Valuation& second, Valuation& values) const;

 private:
  TermStore* terms_;
  const SymbolicState* state_;
  property::Secret secret_;
  std::map<std::uint32_t, Term> copies_;       ///< by the node of the variable
  std::map<std::uint32_t, CircleId> circles_;  ///< by the node of the copy
  std::vector<std::optional<Term>> renamed_;   ///< by node
};

}  // namespace presproof::smt
