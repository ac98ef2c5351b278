#include "geo/cap.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "geo/fan.h"
#include "geo/geodesic.h"
#include "unit/geo/random_places.h"

using namespace presproof::geo;

namespace {

double dot(const UnitVector& a, const UnitVector& b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }

bool certainly_agrees(const Circle& circle, Position place) {
  const CapBounds bounds = cap_bounds(circle);
  const double cosine = dot(bounds.axis, unit_vector(place));
  return distance_m(place, circle.center) <= circle.radius_m ? cosine >= bounds.inside_at_least
                                                             : cosine <= bounds.outside_at_most;
}

}  // namespace

TEST_CASE("places inside and outside of random circles respect the bounds of the cap", "[geo]") {
  RandomPlaces random(7);
  int inside = 0;
  for (int count = 0; count < 100000; ++count) {
    const Circle circle{random.place(), random.length_m(1, 2.0e7)};
    // Close to the rim, where it matters.
    const double length = std::min(circle.radius_m * random.between(0.98, 1.02), 2.0e7);
    const Position place = destination(circle.center, random.between(0, 360), length);
    CAPTURE(circle.center.latitude, circle.center.longitude, circle.radius_m, place.latitude, place.longitude);
    REQUIRE(certainly_agrees(circle, place));
    inside += distance_m(place, circle.center) <= circle.radius_m ? 1 : 0;
  }
  CHECK(inside > 30000);
  CHECK(inside < 70000);
}

TEST_CASE("places anywhere respect the bounds of the cap", "[geo]") {
  RandomPlaces random(8);
  for (int count = 0; count < 20000; ++count) {
    REQUIRE(certainly_agrees({random.place(), random.length_m(1e3, 2.0e7)}, random.place()));
  }
}

TEST_CASE("poles, equator and antimeridian respect the bounds of the cap", "[geo]") {
  for (const Position center :
       {Position{90, 0}, {-90, 77}, {0, 180}, {0, -180}, {0, 0}, {89.999999, 10}, {1e-9, -1e-9}}) {
    for (const double radius : {0.0, 1.0, 1e3, 1e5, 1e6, 9e6, 1.5e7, 1.99e7}) {
      for (int azimuth = 0; azimuth < 360; azimuth += 15) {
        for (const double factor : {0.0, 0.5, 0.999999, 1.0, 1.000001, 1.001}) {
          const Position place = destination(center, azimuth, radius * factor);
          CAPTURE(center.latitude, center.longitude, radius, azimuth, factor);
          REQUIRE(certainly_agrees({center, radius}, place));
        }
      }
    }
  }
}

TEST_CASE("the margin of a cap is below 1.2 % of the radius", "[geo]") {
  RandomPlaces random(9);
  for (int count = 0; count < 5000; ++count) {
    const Circle circle{random.place(), random.length_m(10, 1e7)};
    const CapBounds bounds = cap_bounds(circle);
    CAPTURE(circle.center.latitude, circle.radius_m);
    REQUIRE(bounds.inside_at_least <= bounds.outside_at_most);
    const double widest = std::acos(bounds.inside_at_least);
    const double narrowest = std::acos(std::min(1.0, bounds.outside_at_most));
    REQUIRE(widest - narrowest < 0.012 * widest);
  }
}

TEST_CASE("a circle as large as the earth has everything inside", "[geo]") {
  const CapBounds bounds = cap_bounds({{10, 20}, kHalfCircumference_m});
  CHECK(bounds.inside_at_least <= -1);
  CHECK(bounds.outside_at_most < -1);
  CHECK(cap_bounds({{10, 20}, 1e12}).inside_at_least <= -1);
}

TEST_CASE("a circle of negative radius has nothing inside", "[geo]") {
  for (const double radius : {-1.0, std::nan("")}) {
    CHECK(cap_bounds({{10, 20}, radius}).inside_at_least > 1);
    CHECK(cap_bounds({{10, 20}, radius}).outside_at_most > 1);
  }
}

TEST_CASE("a circle of radius 0 has its centre inside", "[geo]") {
  CHECK(certainly_agrees({{52.52, 13.405}, 0}, {52.52, 13.405}));
  CHECK(certainly_agrees({{52.52, 13.405}, 0}, {52.520001, 13.405}));
}

TEST_CASE("a unit vector is a place and back", "[geo]") {
  RandomPlaces random(10);
  for (int count = 0; count < 1000; ++count) {
    const Position place = random.place();
    const UnitVector vector = unit_vector(place);
    REQUIRE(dot(vector, vector) == Approx(1).margin(1e-15));
    REQUIRE(distance_m(position_of(vector), place) < 1e-6);
  }
  CHECK(unit_vector({0, 0}) == UnitVector{1, 0, 0});
  CHECK(unit_vector({90, 0}) == UnitVector{0, 0, 1});
}

TEST_CASE("two circles are disjoint, nested or overlapping by centre distance and radii", "[geo]") {
  const Position center{48, 11};
  const Position east = destination(center, 90, 1000);
  CHECK(relation({center, 400}, {east, 500}) == CircleRelation::disjoint);
  CHECK(relation({center, 500}, {east, 600}) == CircleRelation::overlapping);
  CHECK(relation({center, 500}, {east, 1600}) == CircleRelation::first_in_second);
  CHECK(relation({center, 1600}, {east, 500}) == CircleRelation::second_in_first);
  CHECK(relation({center, 500}, {center, 500}) == CircleRelation::first_in_second);
  CHECK(relation({center, 500}, {center, 400}) == CircleRelation::second_in_first);
  CHECK(relation({center, 500}, {east, 2e7}) == CircleRelation::first_in_second);
  CHECK(relation({center, 1e8}, {east, 500}) == CircleRelation::second_in_first);
  CHECK(relation({center, -1}, {east, 500}) == CircleRelation::unsure);
  CHECK(relation({center, std::nan("")}, {east, 500}) == CircleRelation::unsure);
}

TEST_CASE("circles that touch within the rounding are unsure", "[geo]") {
  const Position center{48, 11};
  const Position east = destination(center, 90, 1000);
  const double apart = distance_m(center, east);
  CHECK(relation({center, 400}, {east, apart - 400}) == CircleRelation::unsure);
  CHECK(relation({center, 400}, {east, apart + 400}) == CircleRelation::unsure);
  CHECK(relation({center, 400}, {east, apart - 400.000001}) == CircleRelation::disjoint);
  CHECK(relation({center, 400}, {east, apart + 400.000001}) == CircleRelation::first_in_second);
}

TEST_CASE("what relation says of random circles holds for random places", "[geo]") {
  RandomPlaces random(11);
  for (int count = 0; count < 20000; ++count) {
    const Circle first{random.place(), random.length_m(1e3, 1e7)};
    const Circle second{destination(first.center, random.between(0, 360), random.length_m(1e3, 1e7)),
                        random.length_m(1e3, 1e7)};
    const Position place = destination(first.center, random.between(0, 360), random.length_m(1e3, 1e7));
    const bool in_first = distance_m(place, first.center) <= first.radius_m;
    const bool in_second = distance_m(place, second.center) <= second.radius_m;
    const CircleRelation related = relation(first, second);
    if (related == CircleRelation::disjoint) REQUIRE_FALSE((in_first && in_second));
    if (related == CircleRelation::first_in_second) REQUIRE((!in_first || in_second));
    if (related == CircleRelation::second_in_first) REQUIRE((!in_second || in_first));
  }
}
