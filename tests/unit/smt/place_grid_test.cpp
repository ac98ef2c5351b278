#include "smt/place_grid.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "generator/random.h"
#include "geo/geodesic.h"

namespace presproof {
namespace {

using smt::PlaceGrid;

std::uint32_t cell_of(double degrees, double whole) {
  return std::min(PlaceGrid::kCells - 1, static_cast<std::uint32_t>(std::floor(degrees / whole * PlaceGrid::kCells)));
}
bool holds(const PlaceGrid::Box& box, const geo::Position& place) {
  return box.latitudes.contains(cell_of(place.latitude + 90, 180)) && box.longitudes.contains(cell_of(std::fmod(place.longitude + 720, 360.0), 360));
}

/// Anywhere, and often at the poles and the antimeridian.
geo::Position center(generator::Random& random) {
  const double latitude = static_cast<double>(random.below(1'800'001)) / 10'000 - 90;
  const double longitude = static_cast<double>(random.below(3'600'001)) / 10'000 - 180;
  switch (random.below(4)) {
    case 0: return {random.chance(50) ? 90 - latitude * latitude / 8100 : -90 + latitude * latitude / 8100, longitude};
    case 1: return {latitude, random.chance(50) ? 180 : -179.9999};
    default: return {latitude, longitude};
  }
}

}  // namespace

TEST_CASE("every place in a circle is in a cell that the circle touches") {
  generator::Random random(5);
  for (int round = 0; round < 4000; ++round) {
    const geo::Circle circle{center(random), std::pow(10, static_cast<double>(random.below(730)) / 100)};
    const auto box = PlaceGrid::box_of(circle);
    CHECK(holds(box, circle.center));
    for (int step = 0; step < 16; ++step) {
      const geo::Position rim = geo::destination(circle.center, 22.5 * step, circle.radius_m * (1 - 1e-9));
      CAPTURE(circle.center.latitude, circle.center.longitude, circle.radius_m, rim.latitude, rim.longitude);
      REQUIRE(holds(box, rim));
    }
  }
}

TEST_CASE("circles in different towns are apart on the map, and those that overlap are not") {
  const auto box = [](double latitude, double longitude, double radius_m) { return PlaceGrid::box_of({{latitude, longitude}, radius_m}); };
  CHECK(PlaceGrid::apart(box(48, 11, 5000), box(48.5, 11, 5000)));
  CHECK(PlaceGrid::apart(box(48, 11, 5000), box(48, 12, 5000)));
  CHECK(PlaceGrid::apart(box(0, 179.9, 5000), box(0, -179.8, 5000)));
  CHECK_FALSE(PlaceGrid::apart(box(48, 11, 5000), box(48.05, 11, 5000)));
  CHECK_FALSE(PlaceGrid::apart(box(0, 179.99, 5000), box(0, -179.99, 5000)));
  CHECK_FALSE(PlaceGrid::apart(box(89.99, 0, 5000), box(89.99, 180, 5000)));
  CHECK_FALSE(PlaceGrid::apart(box(48, 11, 21e6), box(-48, -100, 1)));
}

TEST_CASE("nobody is in a circle of negative radius, and the map says so") {
  smt::TermStore terms;
  PlaceGrid grid(terms);
  CHECK(grid.touches({{48, 11}, -1}) == smt::kFalse);
  CHECK(grid.touches({{48, 11}, 30e6}) == smt::kTrue);
}

}  // namespace presproof
