#include <catch2/catch.hpp>
#include <cmath>
#include <numbers>

#include "geo/fan.h"
#include "geo/geodesic.h"
#include "unit/geo/random_places.h"

using namespace presproof::geo;

namespace {

/// The farthest of many places on the rim of an ellipse, in geodesic polar coordinates.
double farthest_sample_m(const Ellipse& ellipse, Position center) {
  double farthest = 0;
  for (int step = 0; step < 7200; ++step) {
    const double angle = step * std::numbers::pi / 3600;
    const double along = ellipse.semi_major_m * std::cos(angle);
    const double across = ellipse.semi_minor_m * std::sin(angle);
    const double azimuth = ellipse.orientation_deg + std::atan2(across, along) * 180 / std::numbers::pi;
    const Position rim = destination(ellipse.center, azimuth, std::hypot(along, across));
    farthest = std::max(farthest, distance_m(center, rim));
  }
  return farthest;
}

double farthest_sample_m(const ArcBand& band, Position center) {
  double farthest = 0;
  for (int step = 0; step <= 2000; ++step) {
    for (const double reach : {band.inner_radius_m, band.outer_radius_m}) {
      const double azimuth = band.start_angle_deg + band.opening_angle_deg * step / 2000;
      farthest = std::max(farthest, distance_m(center, destination(band.center, azimuth, reach)));
    }
  }
  return farthest;
}

}  // namespace

TEST_CASE("a circle is within another by centre distance and radii", "[geo]") {
  const Position center{10, 20};
  const Position east = destination(center, 90, 1000);
  CHECK(completely_within(Circle{east, 499.999}, {center, 1500}));
  CHECK_FALSE(completely_within(Circle{east, 500.001}, {center, 1500}));
  CHECK(completely_within(Circle{center, 500}, {center, 500}));
  CHECK_FALSE(completely_within(Circle{center, 500.0001}, {center, 500}));
  CHECK_FALSE(completely_within(Circle{center, -1}, {center, 500}));
  CHECK_FALSE(completely_within(Circle{center, std::nan("")}, {center, 500}));
}

TEST_CASE("a polygon is within a circle when its vertices are", "[geo]") {
  const Position center{60, 179.99};
  Polygon square;
  for (const double azimuth : {45.0, 135.0, 225.0, 315.0}) square.ring.push_back(destination(center, azimuth, 1000));
  CHECK(completely_within(square, {center, 1000.001}));
  CHECK_FALSE(completely_within(square, {center, 999.999}));
  square.ring.push_back(destination(center, 0, 1200));
  CHECK_FALSE(completely_within(square, {center, 1100}));
  CHECK_FALSE(completely_within(Polygon{}, {center, 1000}));
  CHECK(completely_within(square, {{-60, 0}, kHalfCircumference_m}));
}

TEST_CASE("a polygon is within a circle larger than a hemisphere only by its own enclosing circle", "[geo]") {
  Polygon triangle{{{0, 0}, {0, 10}, {10, 5}}};
  CHECK(completely_within(triangle, {{0, 0}, 1.2e7}));
  CHECK_FALSE(completely_within(triangle, {{0, -175}, 1.2e7}));
  const Polygon belt{{{0, 0}, {0, 120}, {0, -120}}};  // round the earth: either side may be meant
  CHECK_FALSE(completely_within(belt, {{90, 0}, 1.2e7}));
  CHECK_FALSE(completely_within(belt, {{90, 0}, 9.99e6}));
}

TEST_CASE("places of a polygon within a circle are within it", "[geo]") {
  RandomPlaces random(3);
  for (int count = 0; count < 200; ++count) {
    const Circle circle{random.place(), random.length_m(10, 5e6)};
    Polygon polygon;
    for (int vertex = 0; vertex < 5; ++vertex) {
      polygon.ring.push_back(destination(circle.center, 72 * vertex + random.between(0, 70),
                                         circle.radius_m * random.between(0.1, 0.999)));
    }
    REQUIRE(completely_within(polygon, circle));
    for (int edge = 0; edge < 5; ++edge) {
      // Walk along the edge: each step from one vertex towards the next.
      const Position from = polygon.ring[static_cast<std::size_t>(edge)];
      const Position to = polygon.ring[static_cast<std::size_t>((edge + 1) % 5)];
      Position at = from;
      for (int step = 0; step < 20; ++step) {
        const Position nearer{(at.latitude + to.latitude) / 2,
                              at.longitude + std::remainder(to.longitude - at.longitude, 360) / 2};
        if (distance_m(from, nearer) + distance_m(nearer, to) > distance_m(from, to) + 1e-3) break;  // off the geodesic
        REQUIRE(distance_m(circle.center, nearer) <= circle.radius_m);
        at = nearer;
      }
    }
  }
}

TEST_CASE("an ellipse is within a circle around it up to its semi-major axis", "[geo]") {
  const Ellipse ellipse{{-33.857, 151.215}, 1000, 300, 30};
  CHECK(completely_within(ellipse, {ellipse.center, 1000}));
  CHECK_FALSE(completely_within(ellipse, {ellipse.center, 999.999}));
  CHECK_FALSE(completely_within(Ellipse{{0, 0}, 10, -1, 0}, {{0, 0}, 1000}));
  CHECK(completely_within(Ellipse{{0, 0}, 10, 0, 0}, {{0, 0}, 10.001}));
}

TEST_CASE("an ellipse is within a circle by its own outline, not by its enclosing circle", "[geo]") {
  // Moved across its minor axis the outline still fits where the enclosing circle of 1000 m does not.
  const Ellipse ellipse{{0, 0}, 1000, 100, 0};
  const Position aside = destination({0, 0}, 90, 200);
  CHECK(completely_within(ellipse, {aside, 1025}));
  CHECK_FALSE(completely_within(ellipse, {aside, 1015}));
  CHECK_FALSE(completely_within(Circle{{0, 0}, 1000}, {aside, 1025}));
}

TEST_CASE("an ellipse is found within when its farthest place is more than 1 mm inside the rim", "[geo]") {
  RandomPlaces random(4);
  for (int count = 0; count < 60; ++count) {
    Ellipse ellipse{random.place(-85, 85), random.length_m(1, 20000), 0, random.between(0, 180)};
    ellipse.semi_minor_m = ellipse.semi_major_m * random.between(0.05, 1);
    const Position center =
        destination(ellipse.center, random.between(0, 360), ellipse.semi_major_m * random.between(0, 2));
    const double farthest = farthest_sample_m(ellipse, center);
    // The farthest place is less than half a step (0.00044) from a sample, so at most 1e-7 of the axis farther away.
    CAPTURE(count, ellipse.semi_major_m, ellipse.semi_minor_m, farthest);
    CHECK(completely_within(ellipse, {center, farthest + 0.001 + 1e-6 * ellipse.semi_major_m}));
    CHECK_FALSE(completely_within(ellipse, {center, farthest - 1e-6}));
  }
}

TEST_CASE("an arc band is within a circle by its corners and arcs", "[geo]") {
  RandomPlaces random(5);
  for (int count = 0; count < 60; ++count) {
    ArcBand band{random.place(-85, 85), 0, random.length_m(1, 20000), random.between(0, 360), random.between(1, 360)};
    band.inner_radius_m = band.outer_radius_m * random.between(0, 1);
    const Position center =
        destination(band.center, random.between(0, 360), band.outer_radius_m * random.between(0, 2));
    const double farthest = farthest_sample_m(band, center);
    CAPTURE(count, band.inner_radius_m, band.outer_radius_m, band.opening_angle_deg, farthest);
    CHECK(completely_within(band, {center, farthest + 0.001 + 5e-6 * band.outer_radius_m}));
    CHECK_FALSE(completely_within(band, {center, farthest - 1e-6}));
  }
  CHECK_FALSE(completely_within(ArcBand{{0, 0}, 20, 10, 0, 90}, {{0, 0}, 1000}));
}

TEST_CASE("a narrow arc band does not need the circle round its apex", "[geo]") {
  const ArcBand band{{42, -4}, 1000, 1100, 10, 5};
  const Position middle = destination(band.center, 12.5, 1050);
  CHECK(completely_within(band, {middle, 75}));
  CHECK_FALSE(completely_within(band, {middle, 60}));
}

TEST_CASE("an enclosing circle contains its shape and is not much larger", "[geo]") {
  CHECK(enclosing_circle(Position{1, 2}) == Circle{{1, 2}, 0});
  CHECK(enclosing_circle(Circle{{1, 2}, 3}) == Circle{{1, 2}, 3});
  CHECK(enclosing_circle(Ellipse{{1, 2}, 3, 2, 40}) == Circle{{1, 2}, 3});
  RandomPlaces random(6);
  for (int count = 0; count < 100; ++count) {
    ArcBand band{random.place(), 0, random.length_m(1, 1e6), random.between(0, 360), random.between(1, 360)};
    band.inner_radius_m = band.outer_radius_m * random.between(0, 1);
    const Circle around = enclosing_circle(band);
    REQUIRE(farthest_sample_m(band, around.center) <= around.radius_m + 1e-6);
    REQUIRE(around.radius_m <= band.outer_radius_m);

    Polygon polygon;
    const Position middle = random.place();
    const double size = random.length_m(1, 1e6);
    for (int vertex = 0; vertex < 6; ++vertex) polygon.ring.push_back(destination(middle, 60 * vertex, size));
    const Circle ring = enclosing_circle(polygon);
    for (const Position vertex : polygon.ring) REQUIRE(distance_m(ring.center, vertex) <= ring.radius_m);
    REQUIRE(ring.radius_m <= 1.05 * size);
  }
}

TEST_CASE("what is too large to enclose is enclosed by the whole earth", "[geo]") {
  CHECK(enclosing_circle(Polygon{}).radius_m == kHalfCircumference_m);
  CHECK(enclosing_circle(Polygon{{{0, 0}, {0, 120}, {0, -120}}}).radius_m == kHalfCircumference_m);
  CHECK(enclosing_circle(ArcBand{{0, 0}, 5, 2e7, 0, 90}).radius_m == kHalfCircumference_m);
  CHECK(enclosing_circle(Ellipse{{0, 0}, 10, -1, 0}).radius_m == kHalfCircumference_m);
}
