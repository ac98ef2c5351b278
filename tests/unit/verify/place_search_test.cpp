// Pieces of grids: what is found is there, and what is said not to be there is not.

#include <catch2/catch.hpp>

#include "generator/random.h"
#include "over_time_proving.h"
#include "verify/place_search.h"

namespace presproof {
namespace {

using namespace verify;

Regions no_regions() {
  Regions regions({});
  regions.possible = {0};
  return regions;
}

}  // namespace

TEST_CASE("radii with a small common measure have a smallest piece, and random places never have a smaller one") {
  const Regions regions = no_regions();
  generator::Random random(7);
  for (const auto& [first, second] : {std::pair{1000.0, 2000.0}, {1000.0, 3000.0}, {2000.0, 3000.0}, {500.0, 5000.0}, {100000.0, 200000.0}}) {
    const Knowledge knowledge({{first, {}}, {second, {}}}, regions, {0}, false);
    // Halve until nothing is found.
    double proved_m = first;
    Search search;
    do {
      proved_m *= 0.8;
      search = find_below(knowledge, 0, {48.1, 11.6}, {proved_m, proved_m}, {});
    } while (search.found && proved_m > 1e-3);
    INFO(first << " and " << second << ": " << proved_m);
    CHECK_FALSE(search.found);
    double least = first;
    for (int i = 0; i < 4000; ++i) {
      // Half of them beside the lines where grids end.
      geo::Position place{static_cast<double>(random.below(1400001)) / 10000 - 70, static_cast<double>(random.below(3600000)) / 10000 - 179.9999};
      if (i % 4 == 1) place.latitude = (i % 8 < 4 ? 45 : 60) - static_cast<double>(random.below(1000)) / 1e5;
      if (i % 4 == 2) place.longitude = 180 - static_cast<double>(random.below(1000)) / 1e5;
      if (i % 4 == 3) place.longitude = -180 + static_cast<double>(random.below(1000)) / 1e5 + 1e-9;
      const auto left = knowledge.left_at(place);
      REQUIRE(left);
      least = std::min(least, left->radius_m);
    }
    if (search.certain) CHECK(least >= proved_m * (1 - 1e-9));
    CHECK(least < first);
  }
}

TEST_CASE("what is left at a place agrees with counting points, also where grids end") {
  const Regions regions = no_regions();
  for (const geo::Position place : {geo::Position{44.997, 11.6}, {45.003, 11.6}, {-59.996, -3}, {20, 179.995}, {20, -179.995}, {69.99, 25}}) {
    INFO(place.latitude << " " << place.longitude);
    const Knowledge knowledge({{1000, {}}, {1700, {}}}, regions, {0}, false);
    const auto left = knowledge.left_at(place);
    REQUIRE(left->area_m2);
    const double counted = test::counted_area_m2(place, 1000, 500, [&](geo::Position p) {
      const bool same_side = std::abs(p.longitude - place.longitude) < 180;
      return same_side && test::same_cell(p, place, 1000) && test::same_cell(p, place, 1700);
    });
    CHECK(counted == Approx(*left->area_m2).epsilon(0.02));
  }
}

TEST_CASE("incommensurable radii: small lengths are open, larger ones are found") {
  const Regions regions = no_regions();
  const Knowledge knowledge({{1000, {}}, {1414.2135623, {}}}, regions, {0}, false);
  const Search found = find_below(knowledge, 0, {48.1, 11.6}, {50, 50}, {});
  REQUIRE(found.found);
  CHECK(knowledge.left_at(found.found->place)->radius_m < 50);
  const Search open = find_below(knowledge, 0, {48.1, 11.6}, {1e-3, 1e-3}, {});
  CHECK_FALSE(open.found);
  CHECK_FALSE(open.certain);
}

TEST_CASE("a rounding leaves its rectangle, and a line of one coordinate that is not rounded") {
  const Regions regions = no_regions();
  const auto rounding = [](std::optional<double> latitude, std::optional<double> longitude, double radius_m) {
    return GeodeticShown{radius_m, policy::GeodeticGrant::Rounding{latitude, longitude}};
  };
  const geo::Position place{48.123, 11.567};
  // Alone it counts as what its radius says; two of them leave what both have in common.
  const Knowledge alone({rounding(0.1, 0.1, 5530)}, regions, {0}, false);
  CHECK(alone.left_at(place)->radius_m == 5530);
  const Knowledge both({rounding(0.1, 0.1, 5530), rounding(0.07, 0.07, 3871)}, regions, {0}, false);
  const double area = geo::area_m2(geo::rectangle({11.55, 48.05, 11.585, 48.125}));
  CHECK(both.left_at({48.1, 11.567})->area_m2.value() == Approx(geo::area_m2(geo::rectangle({11.55, 48.055, 11.585, 48.125}))));
  CHECK(both.left_at({48.1, 11.567})->area_m2.value() < area);
  // With a grid: counted.
  const Knowledge beside({rounding(0.01, 0.01, 553), {2000, {}}}, regions, {0}, false);
  const double counted = test::counted_area_m2(place, 1500, 600, [&](geo::Position p) {
    return test::same_cell(p, place, 2000) && std::round(p.latitude * 100) == std::round(place.latitude * 100) &&
           std::round(p.longitude * 100) == std::round(place.longitude * 100);
  });
  CHECK(beside.left_at(place)->area_m2.value() == Approx(counted).epsilon(0.02));
  const Knowledge line({rounding(0.01, {}, 553), {2000, {}}}, regions, {0}, false);
  CHECK(line.left_at(place)->area_m2 == 0.0);
  CHECK(find_below(line, 0, place, {1, 1}, {}).found);
  // No repetition: what is not found is open.
  CHECK_FALSE(find_below(beside, 0, place, {1e-3, 1e-3}, {}).certain);
  CHECK(find_below(beside, 0, place, {50, 50}, {}).found);
}

}  // namespace presproof
