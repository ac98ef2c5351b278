#include "smt/cells.h"

#include <algorithm>

#include "base/fault.h"

namespace presproof::smt {

CellSet::CellSet(std::vector<Range> ranges) {
  std::erase_if(ranges, [](const Range& range) { return range.first >= range.end; });
  std::sort(ranges.begin(), ranges.end());
  for (const Range& range : ranges) {
    if (!ranges_.empty() && range.first <= ranges_.back().end) {
      ranges_.back().end = seeded(Fault::cells_last_range_ends) ? range.end : std::max(ranges_.back().end, range.end);
    } else {
      ranges_.push_back(range);
    }
  }
}

bool CellSet::contains(std::uint32_t cell) const {
  const auto after = std::upper_bound(ranges_.begin(), ranges_.end(), cell, [](std::uint32_t c, const Range& range) { return c < range.first; });
  return after != ranges_.begin() && cell < std::prev(after)->end;
}

CellSet CellSet::intersect(const CellSet& other) const {
  CellSet result;
  auto a = ranges_.begin();
  auto b = other.ranges_.begin();
  while (a != ranges_.end() && b != other.ranges_.end()) {
    const Range common{std::max(a->first, b->first), std::min(a->end, b->end)};
    if (common.first < common.end) result.ranges_.push_back(common);
    (a->end < b->end ? a : b)++;
  }
  return result;
}

TimeCells::TimeCells(std::vector<Instant> breakpoints) {
  std::sort(breakpoints.begin(), breakpoints.end());
  starts_.push_back(kFirstInstant);
  for (const Instant& at : breakpoints) {
    if (seeded(Fault::cells_merged_within_a_second) && at.seconds == starts_.back().seconds) continue;
    if (starts_.back() < at && at < kEndOfInstants) starts_.push_back(at);
  }
}

Instant TimeCells::end(std::uint32_t cell) const { return cell + 1 < count() ? starts_[cell + 1] : kEndOfInstants; }

std::uint32_t TimeCells::cell_of(Instant time) const {
  const auto after = seeded(Fault::cells_start_belongs_to_cell_before) ? std::lower_bound(starts_.begin(), starts_.end(), time)
                                                                       : std::upper_bound(starts_.begin(), starts_.end(), time);
  return after == starts_.begin() ? 0 : static_cast<std::uint32_t>(after - starts_.begin() - 1);
}

CellSet::Range TimeCells::between(Instant from, Instant until) const {
  const auto number = [&](Instant at) {
    return static_cast<std::uint32_t>(std::lower_bound(starts_.begin(), starts_.end(), at) - starts_.begin());
  };
  return {number(from), number(until) + (seeded(Fault::cells_until_included) ? 1 : 0)};
}

}  // namespace presproof::smt
