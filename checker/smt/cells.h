#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/instant.h"

/// Time as finitely many cells (RFC 4745 section 7.4 compares instants with given ones and nothing else): the half-open spans between
/// neighbouring breakpoints. Whatever the rules decide is the same all through a cell.
namespace presproof::smt {

/// Sets of cell numbers as sorted, disjoint, non-touching, non-empty half-open ranges.
class CellSet {
 public:
  struct Range {
    std::uint32_t first = 0;
    std::uint32_t end = 0;
    friend auto operator<=>(const Range&, const Range&) = default;
  };
  CellSet() = default;
  explicit CellSet(std::vector<Range> ranges);  ///< in any order, overlapping, empty ones too

  [[nodiscard]] bool empty() const { return ranges_.empty(); }
  [[nodiscard]] std::span<const Range> ranges() const { return ranges_; }
  [[nodiscard]] bool contains(std::uint32_t cell) const;
  [[nodiscard]] CellSet intersect(const CellSet& other) const;
  friend bool operator==(const CellSet&, const CellSet&) = default;

 private:
  std::vector<Range> ranges_;
};

class TimeCells {
 public:
  /// Instants outside of kFirstInstant < t < kEndOfInstants cut nothing.
  explicit TimeCells(std::vector<Instant> breakpoints);

  [[nodiscard]] std::uint32_t count() const { return static_cast<std::uint32_t>(starts_.size()); }
  [[nodiscard]] Instant start(std::uint32_t cell) const { return starts_[cell]; }
  [[nodiscard]] Instant end(std::uint32_t cell) const;
  [[nodiscard]] std::uint32_t cell_of(Instant time) const;
  /// from <= t < until; both must be breakpoints or outside of all times.
  [[nodiscard]] CellSet::Range between(Instant from, Instant until) const;
  [[nodiscard]] CellSet all() const { return CellSet({{0, count()}}); }

 private:
  std::vector<Instant> starts_;
};

}  // namespace presproof::smt
