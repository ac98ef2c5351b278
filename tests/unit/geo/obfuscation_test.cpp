#include "geo/obfuscation.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <set>

#include "geo/geodesic.h"
#include "unit/geo/random_places.h"

using namespace presproof::geo;

namespace {

const Position kDenver{40, -105};

Circle shown(Position place, double radius, const ObfuscationOptions& options = {}) {
  return obfuscate(place, radius, options).value();
}

ObfuscationOptions keyed(std::string_view presentity, std::uint64_t seed = 0) {
  ObfuscationOptions options;
  options.presentity = presentity;
  options.seed = seed;
  return options;
}

}  // namespace

TEST_CASE("the worked example of RFC 6772 section 7.5", "[geo]") {
  const Grid grid = grid_for(40, 100000, 25).value();
  CHECK(grid.origin_deg == 25);
  CHECK(grid.longitude_step_deg == Approx(0.993).margin(0.0005));
  CHECK(grid.latitude_step_deg == Approx(0.904).margin(0.0005));
  CHECK(std::floor(-105 / grid.longitude_step_deg) == -106);
  CHECK(std::floor(15 / grid.latitude_step_deg) == 16);

  const AllowedCenters centers = allowed_centers(kDenver, grid);
  CHECK(centers.case_number == 4);
  CHECK(centers.first.latitude == Approx(39.467).margin(0.001));
  CHECK(centers.first.longitude == Approx(-105.243).margin(0.005));  // the RFC goes on with d1 rounded to 0.993
  REQUIRE(centers.second);
  CHECK(centers.second->latitude == Approx(40.371).margin(0.001));
  CHECK(centers.second->longitude == centers.first.longitude);

  const Circle circle = shown(kDenver, 100000, {"sip:alice@example.com", 0, std::nullopt, 25.0});
  CHECK(circle.radius_m == 100000);
  CHECK((circle.center == centers.first || circle.center == *centers.second));
}

TEST_CASE("each case of step 5 has its centres", "[geo]") {
  const Grid grid{0, 1, 1};
  struct Row {
    double x;
    double y;
    int number;
    Position first;
    std::optional<Position> second;
  };
  const Position sw{7, 3};
  const Position se{7, 4};
  const Position nw{8, 3};
  const Position ne{8, 4};
  const Row rows[] = {{0.1, 0.1, 1, sw, {}},
                      {0.5, 0.1, 2, sw, se},
                      {0.9, 0.1, 3, se, {}},
                      {0.1, 0.5, 4, sw, nw},
                      {0.9, 0.5, 5, se, ne},
                      {0.1, 0.9, 6, nw, {}},
                      {0.5, 0.9, 7, nw, ne},
                      {0.9, 0.9, 8, ne, {}},
                      {0.5, 0.45, 2, sw, se},
                      {0.45, 0.5, 4, sw, nw},
                      {0.55, 0.5, 5, se, ne},
                      {0.5, 0.55, 7, nw, ne},
                      // on the diagonals: C4 takes x = y below the centre, C7 above it, C5 takes 1 - x = y
                      {0.375, 0.375, 4, sw, nw},
                      {0.625, 0.625, 7, nw, ne},
                      {0.625, 0.375, 5, se, ne},
                      {0.5, 0.5, 7, nw, ne},
                      {0, 0, 1, sw, {}}};
  for (const Row& row : rows) {
    CAPTURE(row.x, row.y);
    const AllowedCenters centers = allowed_centers({7 + row.y, 3 + row.x}, grid);
    CHECK(centers.case_number == row.number);
    CHECK(centers.first == row.first);
    CHECK(centers.second == row.second);
  }
}

TEST_CASE("the limits p and q of step 5 belong to the higher side", "[geo]") {
  const Grid grid{0, 1, 1};
  const double p = std::sqrt(3.0) / 6;
  const auto number = [&](double x, double y) { return allowed_centers({y, x}, grid).case_number; };
  CHECK(number(std::nextafter(p, 0), 0.1) == 1);
  CHECK(number(p, 0.1) == 2);
  CHECK(number(std::nextafter(1 - p, 0), 0.1) == 2);
  CHECK(number(1 - p, 0.1) == 3);
  CHECK(number(0.1, std::nextafter(p, 0)) == 1);
  CHECK(number(0.1, p) == 4);
  CHECK(number(0.1, 1 - p) == 6);
  CHECK(number(1 - p, 1 - p) == 8);
}

TEST_CASE("the grid's origin follows the latitude", "[geo]") {
  const auto origin = [](double latitude) { return grid_for(latitude, 1000)->origin_deg; };
  CHECK(origin(0) == 0);
  CHECK(origin(45) == 0);
  CHECK(origin(-45) == 0);
  CHECK(origin(std::nextafter(45, 46)) == 45);
  CHECK(origin(60) == 45);
  CHECK(origin(-60) == -45);
  CHECK(origin(std::nextafter(-60, -61)) == -60);
  CHECK(origin(70) == 60);
  CHECK(origin(-70) == -60);
  CHECK_FALSE(grid_for(std::nextafter(70, 71), 1000));
  CHECK_FALSE(grid_for(std::nextafter(-70, -71), 1000));
  CHECK_FALSE(grid_for(90, 1000));
  CHECK_FALSE(grid_for(-90, 1000));
  CHECK_FALSE(grid_for(std::nan(""), 1000));
}

TEST_CASE("a radius that is not above 0 has no grid", "[geo]") {
  for (const double radius : {0.0, -5.0, std::nan(""), HUGE_VAL}) {
    CHECK_FALSE(grid_for(40, radius));
    CHECK_FALSE(obfuscate(kDenver, radius, {}));
  }
}

TEST_CASE("a given origin must lie between the equator and the place, at a distortion below 1.5", "[geo]") {
  CHECK(grid_for(40, 1000, 25));
  CHECK(grid_for(-40, 1000, -25));
  CHECK(grid_for(40, 1000, 40));
  CHECK_FALSE(grid_for(40, 1000, 41));
  CHECK_FALSE(grid_for(40, 1000, -25));
  CHECK_FALSE(grid_for(-40, 1000, -50));  // the table's row for Chile: circles would miss the target
  CHECK(grid_for(48, 1000, 0));           // cos(0) / cos(48) = 1.494
  CHECK_FALSE(grid_for(49, 1000, 0));     // 1.524
}

TEST_CASE("nothing is shown beyond 70 degrees", "[geo]") {
  CHECK(obfuscate(Position{70, 20}, 1000, {}));
  CHECK_FALSE(obfuscate(Position{70.0001, 20}, 1000, {}));
  CHECK_FALSE(obfuscate(Position{-90, 0}, 1000, {}));
}

TEST_CASE("the circle that is shown contains the target", "[geo]") {
  RandomPlaces random(12);
  double worst = 0;
  for (int count = 0; count < 200000; ++count) {
    const Position place = random.place(-70, 70);
    const double radius = random.length_m(1, 2.1e7);
    const AllowedCenters centers = allowed_centers(place, grid_for(place.latitude, radius).value());
    for (const Position center : {centers.first, centers.second.value_or(centers.first)}) {
      CAPTURE(place.latitude, place.longitude, radius, center.latitude, center.longitude, centers.case_number);
      REQUIRE(std::abs(center.latitude) <= 90);
      REQUIRE(std::abs(center.longitude) <= 180);
      worst = std::max(worst, distance_m(place, center) / radius);
      REQUIRE(distance_m(place, center) <= radius);
    }
  }
  // In the map the farthest place is hypot(1 - p, p) = 0.7677 of the radius from its landmark.
  CHECK(worst > 0.76);
  CHECK(worst < 0.78);
}

TEST_CASE("the circle contains the target at the seams of the grids", "[geo]") {
  RandomPlaces random(13);
  for (const double latitude :
       {0.0, 45.0, -45.0, 45.0000001, -45.0000001, 60.0, -60.0, 60.0000001, -60.0000001, 70.0, -70.0}) {
    for (const double longitude : {180.0, -180.0, 179.9999999, -179.9999999, 0.0, -1e-12}) {
      for (int count = 0; count < 200; ++count) {
        const Position place{latitude, longitude};
        const double radius = random.length_m(1, 5e6);
        const Circle circle = shown(place, radius);
        CAPTURE(latitude, longitude, radius);
        REQUIRE(distance_m(place, circle.center) <= circle.radius_m);
      }
    }
  }
}

TEST_CASE("a landmark beyond a pole or the antimeridian stands where the map goes on", "[geo]") {
  const Grid grid{0, 100, 50};
  const AllowedCenters north = allowed_centers({80, 10}, grid);
  CHECK(north.first == Position{50, 0});
  CHECK(north.second == Position{80, 180});
  const AllowedCenters south = allowed_centers({-80, 90}, grid);
  CHECK(south.first == Position{-80, -80});
  CHECK(south.second == Position{-50, 100});
  const AllowedCenters east = allowed_centers({10, 175}, grid);
  CHECK(east.first == Position{0, -160});
}

TEST_CASE("both names of the antimeridian give the same circle", "[geo]") {
  for (double radius = 100; radius < 1e6; radius *= 1.7) {
    CHECK(shown({10, 180}, radius) == shown({10, -180}, radius));
  }
}

TEST_CASE("the previous centre stays while it is allowed", "[geo]") {
  const AllowedCenters centers = allowed_centers(kDenver, grid_for(40, 100000, 25).value());
  ObfuscationOptions options{"sip:alice@example.com", 0, centers.first, 25.0};
  CHECK(shown(kDenver, 100000, options).center == centers.first);
  options.previous_center = centers.second;
  CHECK(shown(kDenver, 100000, options).center == *centers.second);
  options.previous_center = Position{40.371, -105.242};  // printed with three digits
  CHECK(shown(kDenver, 100000, options).center == *centers.second);
  options.previous_center = kDenver;
  const Circle free_choice = shown(kDenver, 100000, {"sip:alice@example.com", 0, std::nullopt, 25.0});
  CHECK(shown(kDenver, 100000, options) == free_choice);
}

TEST_CASE("a previous centre that is not allowed cannot be forced", "[geo]") {
  const Grid grid = grid_for(10, 1000).value();
  const Position corner{grid.latitude_step_deg * 1000.1, grid.longitude_step_deg * 1000.1};  // case C1
  ObfuscationOptions options;
  options.previous_center = Position{grid.latitude_step_deg * 1001, grid.longitude_step_deg * 1000};
  CHECK(shown(corner, 1000, options) == shown(corner, 1000));
}

TEST_CASE("the choice between two centres is the same for the same place, and differs between presentities", "[geo]") {
  RandomPlaces random(14);
  int second = 0;
  int by_presentity = 0;
  int by_seed = 0;
  int two = 0;
  for (int count = 0; count < 4000; ++count) {
    const Position place = random.place(-45, 45);
    const AllowedCenters centers = allowed_centers(place, grid_for(place.latitude, 5000).value());
    if (!centers.second) continue;
    ++two;
    const Circle alice = shown(place, 5000, keyed("sip:alice@example.com"));
    REQUIRE(alice == shown(place, 5000, keyed("sip:alice@example.com")));
    second += alice.center == *centers.second ? 1 : 0;
    by_presentity += alice == shown(place, 5000, keyed("sip:bob@example.com")) ? 0 : 1;
    by_seed += alice == shown(place, 5000, keyed("sip:alice@example.com", 1)) ? 0 : 1;
  }
  REQUIRE(two > 2000);
  for (const int part : {second, by_presentity, by_seed}) {
    CHECK(part > two * 0.45);
    CHECK(part < two * 0.55);
  }
}

TEST_CASE("crossing the edge between two cells does not change the choice", "[geo]") {
  const Grid grid = grid_for(10, 1000).value();
  for (int column = 0; column < 50; ++column) {
    const double edge = grid.longitude_step_deg * (1000 + column);
    const double latitude = grid.latitude_step_deg * 1000.5;
    const Position west{latitude, edge - grid.longitude_step_deg * 0.1};
    const Position east{latitude, edge + grid.longitude_step_deg * 0.1};
    REQUIRE(allowed_centers(west, grid).case_number == 5);
    REQUIRE(allowed_centers(east, grid).case_number == 4);
    CHECK(shown(west, 1000) == shown(east, 1000));
  }
}

TEST_CASE("the choice is the same on every platform and in every version", "[geo]") {
  std::string bits;
  const Grid grid = grid_for(10, 1000).value();
  for (int column = 0; column < 16; ++column) {
    const Position place{grid.latitude_step_deg * 1000.5, grid.longitude_step_deg * (1000.1 + column)};
    const bool north = shown(place, 1000, keyed("sip:alice@example.com")).center.latitude > place.latitude;
    bits += north ? '1' : '0';
  }
  CHECK(bits == "1000111111101001");
}

TEST_CASE("an area is shown by the larger of its own radius and the rule's", "[geo]") {
  const Circle area{kDenver, 20000};
  CHECK(obfuscate(area, 1000, {})->radius_m == 20000);
  CHECK(obfuscate(area, 50000, {})->radius_m == 50000);
  CHECK(obfuscate(area, 1000, {}) == shown(kDenver, 20000));
  CHECK_FALSE(obfuscate(Circle{{75, 0}, 20}, 1000, {}));
}

TEST_CASE("the older dialect rounds coordinates to multiples", "[geo]") {
  CHECK(round_to_resolution(52.5163, 0.5) == 52.5);
  CHECK(round_to_resolution(-105.26, 0.5) == -105.5);
  CHECK(round_to_resolution(7, 10) == 10);
  CHECK(std::isnan(round_to_resolution(7, 0)));
  CHECK(std::isnan(round_to_resolution(7, -1)));
}
