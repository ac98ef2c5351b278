#include "geo/geodesic.h"

#include <catch2/catch.hpp>

#include "geo/fan.h"
#include "unit/geo/random_places.h"

using namespace presproof::geo;

TEST_CASE("distances are those of WGS 84", "[geo]") {
  // A degree of the equator, and half a meridian, from the ellipsoid's definition.
  CHECK(distance_m({0, 0}, {0, 1}) == Approx(111319.490793).margin(1e-6));
  CHECK(distance_m({90, 0}, {-90, 0}) == Approx(20003931.458625).margin(1e-5));
  CHECK(distance_m({52.52, 13.405}, {52.52, 13.405}) == 0);
  CHECK(distance_m({0, 180}, {0, -180}) == 0);
  CHECK(distance_m({0, 179.9}, {0, -179.9}) == Approx(0.2 * 111319.490793).margin(1e-5));
}

TEST_CASE("no distance is above half the circumference", "[geo]") {
  RandomPlaces random(1);
  for (int count = 0; count < 1000; ++count) {
    const Position place = random.place();
    const Position antipode{-place.latitude, place.longitude + (place.longitude > 0 ? -180 : 180)};
    REQUIRE(distance_m(place, antipode) <= kHalfCircumference_m);
  }
}

TEST_CASE("a destination lies at its distance", "[geo]") {
  RandomPlaces random(2);
  for (int count = 0; count < 1000; ++count) {
    const Position from = random.place();
    const double length = random.length_m(0.01, 1e7);
    REQUIRE(distance_m(from, destination(from, random.between(0, 360), length)) == Approx(length).margin(1e-6));
  }
}

TEST_CASE("a place is within a circle up to its rim", "[geo]") {
  const Position center{52.52, 13.405};
  const Position place{52.53, 13.405};
  const double apart = distance_m(center, place);
  CHECK(completely_within(place, {center, apart}));
  CHECK_FALSE(completely_within(place, {center, apart - 1e-6}));
  CHECK(completely_within(center, {center, 0}));
  CHECK_FALSE(completely_within(center, {center, -1}));
  CHECK(completely_within(Position{-52.52, -166.595}, {center, kHalfCircumference_m}));
}

TEST_CASE("the azimuth is the one that leads there", "[geo]") {
  CHECK(azimuth_deg({0, 0}, {0, 1}) == Approx(90));
  CHECK(azimuth_deg({10, 20}, {11, 20}) == Approx(0).margin(1e-9));
  RandomPlaces random(3);
  for (int count = 0; count < 1000; ++count) {
    const Position from = random.place();
    const Position to = random.place();
    const Position there = destination(from, azimuth_deg(from, to), distance_m(from, to));
    REQUIRE(distance_m(there, to) < 1e-3);
  }
}

TEST_CASE("whether places are within a length is what the length says, also where it is not measured", "[geo]") {
  RandomPlaces random(4242);
  std::size_t within = 0;
  for (int i = 0; i < 20000; ++i) {
    const Position a = random.place();
    const Position b = i % 4 == 0 ? random.place() : destination(a, random.between(-180, 180), random.length_m(0.01, 1e7));
    const double apart = distance_m(a, b);
    // Lengths about as long as it is, and from a hundredth of it to a hundred times it.
    const double metres = apart * (i % 2 == 0 ? random.between(0.98, 1.02) : random.length_m(0.01, 100));
    INFO(a.latitude << " " << a.longitude << ", " << b.latitude << " " << b.longitude << ": " << apart << " m, " << metres << " m");
    REQUIRE(is_within_m(a, b, metres) == (apart <= metres));
    within += apart <= metres ? 1 : 0;
  }
  CHECK(within > 5000);
  CHECK(within < 15000);
  // The ends of the earth, and the line where longitudes begin again.
  CHECK(is_within_m({90, 0}, {-90, 0}, 20003932));
  CHECK_FALSE(is_within_m({90, 0}, {-90, 0}, 20003931));
  CHECK(is_within_m({0, 179.9999}, {0, -179.9999}, 23));
  CHECK_FALSE(is_within_m({0, 179.9999}, {0, -179.9999}, 22));
  CHECK(is_within_m({48, 11}, {48, 11}, 0));
}
