#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "smt/cells.h"
#include "smt/term.h"

namespace presproof::smt {

/// A variable over 0..size-1 in binary. A range is a disjunction of aligned blocks (a segment tree's nodes), each a prefix of the bits:
/// so ten thousand ranges share the blocks' terms, and what a solver learns about a block holds for all ranges in it. An
/// order encoding of as many ranges is 50 times slower in Z3 4.8.12, bit-vector comparisons 5 times.
class FiniteVariable {
 public:
  FiniteVariable(TermStore& terms, const std::string& name, std::uint32_t size);

  /// The same variable for a store that stands on its store.
  [[nodiscard]] FiniteVariable over(TermStore& terms) const { return FiniteVariable(terms, size_, bits_); }

  [[nodiscard]] std::uint32_t size() const { return size_; }
  [[nodiscard]] Term is(std::uint32_t value) { return in({value, value + 1}); }
  [[nodiscard]] Term in(CellSet::Range range);
  [[nodiscard]] Term in(const CellSet& set);
  /// That the bits are a number below `size`; everything else here supposes it.
  [[nodiscard]] Term in_bounds() { return in({0, size_}); }

  /// The variables it is made of, the lowest bit first.
  [[nodiscard]] const std::vector<Term>& bits() const { return bits_; }
  [[nodiscard]] std::uint32_t value_in(const Valuation& values) const;
  void set(std::uint32_t value, Valuation& values) const;

 private:
  FiniteVariable(TermStore& terms, std::uint32_t size, std::vector<Term> bits) : terms_(&terms), size_(size), bits_(std::move(bits)) {}
  /// The values whose bits from `level` on are those of `index`.
  [[nodiscard]] Term block(std::uint32_t level, std::uint64_t index);
  TermStore* terms_;
  std::uint32_t size_;
  std::vector<Term> bits_;  ///< the lowest first
  std::unordered_map<std::uint64_t, Term> blocks_;
};

}  // namespace presproof::smt
