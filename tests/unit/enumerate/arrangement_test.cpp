// The faces that the rims of circles cut the earth into: which patterns of inside and outside get a place.

#include "enumerate/arrangement.h"

#include <catch2/catch.hpp>
#include <set>
#include <string>

#include "geo/fan.h"
#include "geo/geodesic.h"

namespace presproof {
namespace {

using enumerate::Arrangement;
using enumerate::Arrangements;
using enumerate::Budget;

struct Patterns {
  std::set<std::string> found;  ///< "101": inside of the first and the third
  bool certain = false;
};

Patterns patterns_of(const std::vector<geo::Circle>& circles, std::uint64_t units = Budget::kDefault) {
  Arrangements arrangements;
  std::vector<Arrangements::CircleId> ids;
  for (const auto& circle : circles) ids.push_back(arrangements.add(circle));
  Budget budget(units);
  const Arrangement& made = arrangements.of(ids, budget);
  Patterns patterns;
  patterns.certain = made.certain;
  for (const auto& place : made.places) {
    std::string pattern;
    for (const auto& circle : circles) pattern += geo::completely_within(place, circle) ? '1' : '0';
    CHECK(patterns.found.insert(pattern).second);  // each once
  }
  return patterns;
}

using Words = std::set<std::string>;
/// The patterns, when they are certain; otherwise one that is none.
Words words_of(const std::vector<geo::Circle>& circles) {
  const auto patterns = patterns_of(circles);
  return patterns.certain ? patterns.found : Words{"uncertain"};
}

const geo::Position kMunich{48.1, 11.5};

}  // namespace

TEST_CASE("one circle has an inside and an outside") {
  CHECK(words_of({{kMunich, 500}}) == Words{"1", "0"});
  CHECK(words_of({{kMunich, 0.5}}) == Words{"1", "0"});
  CHECK(words_of({{kMunich, 15e6}}) == Words{"1", "0"});
}

TEST_CASE("a circle of no radius holds its centre alone, one of half the earth everything, one of less than nothing nothing") {
  CHECK(words_of({{kMunich, 0}}) == Words{"1", "0"});
  CHECK(words_of({{kMunich, geo::kHalfCircumference_m}}) == Words{"1"});
  CHECK(words_of({{kMunich, -1}}) == Words{"0"});
  CHECK(words_of({{kMunich, 0}, {kMunich, 100}}) == Words{"11", "01", "00"});
}

TEST_CASE("nested circles have a ring between them") {
  CHECK(words_of({{kMunich, 500}, {kMunich, 5000}, {{48.11, 11.5}, 900}}) == Words{"110", "010", "011", "111", "000"});
  // A ring of one centimetre.
  CHECK(words_of({{kMunich, 5000}, {kMunich, 5000.01}}) == Words{"11", "01", "00"});
}

TEST_CASE("disjoint circles are never met together") { CHECK(words_of({{kMunich, 500}, {{52.52, 13.405}, 2000}}) == Words{"10", "01", "00"}); }

TEST_CASE("overlapping circles have all four patterns") {
  CHECK(words_of({{kMunich, 5000}, {{48.13, 11.55}, 4000}}) == Words{"10", "01", "11", "00"});
  // Of very different sizes, and with a lens of less than a metre.
  CHECK(words_of({{kMunich, 5000}, {geo::destination(kMunich, 77, 5000), 3}}) == Words{"10", "01", "11", "00"});
  CHECK(words_of({{kMunich, 5000}, {geo::destination(kMunich, 77, 8999.5), 4000}}) == Words{"10", "01", "11", "00"});
}

TEST_CASE("three circles that overlap pairwise may have nothing in common") {
  const auto b = geo::destination(kMunich, 60, 10000);
  const auto c = geo::destination(kMunich, 120, 10000);
  const std::set<std::string> without = {"000", "100", "010", "001", "110", "101", "011"};
  CHECK(words_of({{kMunich, 5700}, {b, 5700}, {c, 5700}}) == without);
  auto with = without;
  with.insert("111");
  CHECK(words_of({{kMunich, 5800}, {b, 5800}, {c, 5800}}) == with);
}

TEST_CASE("a circle may be covered by two others without being in either") {
  // Centred on the chord that the two share, small enough for their union.
  const auto b = geo::destination(kMunich, 90, 6000);
  const auto middle = geo::destination(kMunich, 90, 3000);
  CHECK(words_of({{kMunich, 5000}, {b, 5000}, {middle, 3500}}) == Words{"000", "100", "010", "110", "111", "101", "011"});
}

TEST_CASE("circles meet across the antimeridian") {
  CHECK(words_of({{{-17, 179.99}, 5000}, {{-17, -179.99}, 5000}, {{-17, -179.9}, 2000}}) == Words{"000", "100", "010", "110", "001"});
}

TEST_CASE("circles meet around a pole") {
  CHECK(words_of({{{89.99, 0}, 2000}, {{89.99, 120}, 2000}, {{89.99, -120}, 2000}}) == Words{"000", "100", "010", "001", "110", "101", "011", "111"});
  CHECK(words_of({{{90, 0}, 2000}, {{-90, 0}, 2000}}) == Words{"00", "10", "01"});
  CHECK(words_of({{{90, 0}, 2000}, {{90, 77}, 1000}}) == Words{"00", "10", "11"});
}

TEST_CASE("circles of thousands of kilometres meet, too") {
  CHECK(words_of({{{0, 0}, 9e6}, {{0, 90}, 9e6}, {{0, 180}, 9e6}, {{0, -90}, 9e6}}) ==
        Words{"0000", "1000", "0100", "0010", "0001", "1100", "0110", "0011", "1001"});
  // More than half of the earth each: what their rims are to each other is not certain, and not guessed.
  CHECK_FALSE(patterns_of({{{0, 0}, 14e6}, {{0, 180}, 14e6}}).certain);
}

TEST_CASE("rims that touch, or three that meet in a point, are not told apart") {
  const auto east = geo::destination(kMunich, 90, 3000);
  const double apart = geo::distance_m(kMunich, east);
  CHECK_FALSE(patterns_of({{kMunich, 1000}, {east, apart - 1000}}).certain);
  CHECK_FALSE(patterns_of({{kMunich, 5000}, {east, 5000 - apart}}).certain);
  const auto point = geo::destination(kMunich, 10, 5000);
  std::vector<geo::Circle> through;
  for (const double azimuth : {0.0, 100.0, 200.0}) {
    const auto center = geo::destination(point, azimuth, 1000);
    through.push_back({center, geo::distance_m(center, point)});
  }
  CHECK_FALSE(patterns_of(through).certain);
  // Equal circles are one.
  Arrangements arrangements;
  CHECK(arrangements.add({kMunich, 5}) == arrangements.add({kMunich, 5}));
  CHECK(arrangements.add({{0.0, 0}, 5}) == arrangements.add({{-0.0, 0}, 5}));
}

TEST_CASE("an arrangement that costs more than the budget is not certain, and is not kept") {
  const std::vector<geo::Circle> circles = {{kMunich, 5000}, {{48.13, 11.55}, 4000}};
  CHECK_FALSE(patterns_of(circles, 10).certain);
  Arrangements arrangements;
  const std::vector<Arrangements::CircleId> ids = {arrangements.add(circles[0]), arrangements.add(circles[1])};
  Budget small(10);
  CHECK(arrangements.of(ids, small).places.empty());
  CHECK(small.exhausted());
  Budget enough;
  CHECK(arrangements.of(ids, enough).places.size() == 4);
}

}  // namespace presproof
