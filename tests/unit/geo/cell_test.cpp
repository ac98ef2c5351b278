// The cells of RFC 6772 section 6.5.2: their shapes against the algorithm itself, their areas against section 13.3.

#include <catch2/catch.hpp>
#include <cmath>
#include <numbers>

#include "geo/cell.h"
#include "geo/geodesic.h"
#include "geo/obfuscation.h"
#include "random_places.h"

namespace presproof::geo {
namespace {

bool near_rim(const PlanePolygon& polygon, PlanePoint point, double degrees) {
  for (const double east : {-degrees, degrees})
    for (const double north : {-degrees, degrees})
      if (!contains(polygon, {point.longitude + east, point.latitude + north})) return true;
  return false;
}

}  // namespace

TEST_CASE("the cell of a place is where the algorithm allows the same centres", "[geo]") {
  RandomPlaces random(1);
  std::size_t same = 0;
  std::size_t other = 0;
  for (int round = 0; round < 3000; ++round) {
    const Position place = random.place(-70, 70);
    const Grid grid = grid_for(place.latitude, random.length_m(10, 50000)).value();
    const PlanePolygon cell = cell_polygon(cell_at(place, grid), grid);
    REQUIRE((contains(cell, {place.longitude, place.latitude}) || near_rim(cell, {place.longitude, place.latitude}, 1e-9)));
    for (int i = 0; i < 20; ++i) {
      const Position near{place.latitude + random.between(-1, 1) * grid.latitude_step_deg, place.longitude + random.between(-1, 1) * grid.longitude_step_deg};
      if (std::abs(near.longitude) > 180) continue;
      const bool alike = cell_at(near, grid) == cell_at(place, grid);
      if (near_rim(cell, {near.longitude, near.latitude}, 1e-9) && contains(cell, {near.longitude, near.latitude})) continue;
      REQUIRE(contains(cell, {near.longitude, near.latitude}) == alike);
      ++(alike ? same : other);
    }
  }
  CHECK(same > 3000);
  CHECK(other > 3000);
}

TEST_CASE("cells have a third of a step squared and cover the plane once", "[geo]") {
  const Grid grid = grid_for(0.3, 1000).value();
  const double step = grid.longitude_step_deg * grid.latitude_step_deg;
  const Landmark at{3, 2};
  for (const Landmark& next : {at, Landmark{4, 2}, Landmark{3, 3}}) CHECK(area_deg2(cell_polygon({at, next}, grid)) == Approx(step / 3));
  // Everything that meets a window, cut to it, is the window.
  const Box box{0.1003, 0.2007, 0.1801, 0.2503};
  double covered = 0;
  for (const PlanePolygon& tile : tiles_in(box, grid)) covered += area_deg2(clipped(tile, rectangle(box)));
  CHECK(covered == Approx(area_deg2(rectangle(box))).epsilon(1e-9));
  covered = 0;
  for (const PlanePolygon& tile : tiles_in(box, Rounding{0.01, 0.02})) covered += area_deg2(clipped(tile, rectangle(box)));
  CHECK(covered == Approx(area_deg2(rectangle(box))).epsilon(1e-9));
}

TEST_CASE("areas on the ellipsoid agree with geodesics and with the whole earth", "[geo]") {
  CHECK(area_m2(rectangle({-180, -90, 180, 90})) == Approx(kEarth_m2).epsilon(1e-9));
  for (const double latitude : {0.0, 30.0, 48.1, 69.0, -55.0}) {
    const Box box{11, latitude, 11.001, latitude + 0.001};
    const double wide = distance_m({latitude + 0.0005, 11}, {latitude + 0.0005, 11.001});
    const double high = distance_m({latitude, 11}, {latitude + 0.001, 11});
    CHECK(area_m2(rectangle(box)) == Approx(wide * high).epsilon(1e-6));
    CHECK(area_m2(rectangle(box)) == Approx(area_deg2(rectangle(box)) * m2_per_deg2(latitude + 0.0005)).epsilon(1e-6));
    for (const double radius : {100.0, 5000.0, 100000.0}) {
      const auto circle = circle_polygon({{latitude, 11}, radius});
      REQUIRE(circle);
      CHECK(area_m2(*circle) == Approx(std::numbers::pi * radius * radius).epsilon(kCircleAreaError));
    }
  }
  CHECK_FALSE(circle_polygon({{89.9999, 0}, 300}));
  // Longitudes go on beyond the antimeridian.
  CHECK(bounds(circle_polygon({{10, 179.99}, 5000}).value()).east > 180);
}

TEST_CASE("the smallest whole cell is 0.072 of the nominal area, not 0.13", "[geo]") {
  double smallest = 1;
  double largest = 0;
  for (double latitude = -70; latitude <= 70; latitude += 0.25) {
    for (const double radius : {10.0, 1000.0, 100000.0}) {
      const Grid grid = grid_for(latitude, radius).value();
      const double ratio = area_m2(cell_polygon(cell_at({latitude, 11.3}, grid), grid)) / (std::numbers::pi * radius * radius);
      smallest = std::min(smallest, ratio);
      largest = std::max(largest, ratio);
    }
  }
  INFO(smallest << " .. " << largest);
  CHECK(smallest == Approx(0.0727).margin(0.0012));
  CHECK(smallest >= kSmallestCell - 0.0015);
  CHECK(largest < 0.108);
}

TEST_CASE("clipping keeps the part inside, and nothing of what is outside", "[geo]") {
  const PlanePolygon unit = rectangle({0, 0, 1, 1});
  CHECK(area_deg2(clipped(unit, rectangle({0.5, 0.25, 2, 2}))) == Approx(0.375));
  CHECK(clipped(unit, rectangle({2, 2, 3, 3})).empty());
  CHECK(clipped(unit, rectangle({1, 0, 2, 1})).empty());
  CHECK(centroid(unit) == PlanePoint{0.5, 0.5});
}

TEST_CASE("bands belong to the grid nearer to the equator", "[geo]") {
  CHECK(band_at(45) == LatitudeBand{-45, 45});
  CHECK(band_at(45.0001) == LatitudeBand{45, 60});
  CHECK(band_at(-52) == LatitudeBand{-60, -45});
  CHECK(band_at(-70) == LatitudeBand{-70, -60});
  CHECK_FALSE(band_at(70.0001));
  for (const auto& band : latitude_bands()) {
    const double middle = (band.from_deg + band.to_deg) / 2;
    CHECK(band_at(middle) == band);
    CHECK(grid_for(middle, 1000)->origin_deg == (band.to_deg == 45 ? 0 : (middle < 0 ? band.to_deg : band.from_deg)));
  }
}

}  // namespace presproof::geo
