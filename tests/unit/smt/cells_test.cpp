#include "smt/cells.h"

#include <catch2/catch.hpp>

namespace presproof {

using smt::CellSet;
using smt::TimeCells;

TEST_CASE("sets of cells are sorted, disjoint and joined where they touch") {
  const CellSet set({{5, 7}, {1, 3}, {3, 4}, {6, 9}, {2, 2}});
  CHECK(std::vector<CellSet::Range>(set.ranges().begin(), set.ranges().end()) == std::vector<CellSet::Range>{{1, 4}, {5, 9}});
  for (std::uint32_t cell = 0; cell < 12; ++cell) CHECK(set.contains(cell) == ((cell >= 1 && cell < 4) || (cell >= 5 && cell < 9)));
  CHECK(CellSet({{3, 3}}).empty());
  CHECK(set.intersect(CellSet({{3, 6}})) == CellSet({{3, 4}, {5, 6}}));
  CHECK(set.intersect(CellSet()).empty());
}

TEST_CASE("time is cut at each breakpoint, and a breakpoint opens its cell") {
  const Instant a = *parse_rfc3339("2026-01-01T00:00:00Z");
  const Instant b = *parse_rfc3339("2026-02-01T00:00:00Z");
  const TimeCells cells({b, a, b});
  REQUIRE(cells.count() == 3);
  CHECK(cells.start(0) == kFirstInstant);
  CHECK(cells.start(1) == a);
  CHECK(cells.end(1) == b);
  CHECK(cells.end(2) == kEndOfInstants);
  CHECK(cells.cell_of(a) == 1);
  CHECK(cells.cell_of(Instant{a.seconds - 1, 999999999}) == 0);
  CHECK(cells.cell_of(b) == 2);
  CHECK(cells.between(a, b) == CellSet::Range{1, 2});
}

TEST_CASE("instants outside of what RFC 3339 can write cut nothing") {
  const Instant inside = *parse_rfc3339("2026-01-01T00:00:00Z");
  const TimeCells cells({Instant{kFirstInstant.seconds - 5, 0}, inside, Instant{kEndOfInstants.seconds + 5, 0}, kFirstInstant});
  CHECK(cells.count() == 2);
  CHECK(cells.between(Instant{kFirstInstant.seconds - 5, 0}, inside) == CellSet::Range{0, 1});
  CHECK(cells.between(inside, Instant{kEndOfInstants.seconds + 5, 0}) == CellSet::Range{1, 2});
}

}  // namespace presproof
