// The bounds on distances that certificates rest on, against exact geodesics, and the two translations of them against each other.

#include <catch2/catch.hpp>

#include "certificate/geometry.h"
#include "certificate_check/evaluation.h"
#include "generator/random.h"
#include "geo/geodesic.h"

namespace presproof {
namespace {

geo::Position random_place(generator::Random& random, double around, double spread) {
  const auto unit = [&] { return static_cast<double>(random.below(2'000'001)) / 1e6 - 1; };
  return {std::clamp(around + unit() * spread, -90.0, 90.0), unit() * (spread < 90 ? spread : 180)};
}

}  // namespace

TEST_CASE("a distance lies between its bounds, everywhere on earth and at every scale") {
  generator::Random random(7);
  for (int i = 0; i < 20'000; ++i) {
    constexpr std::array<double, 5> spreads = {90, 10, 0.1, 1e-3, 1e-5};
    constexpr std::array<double, 5> latitudes = {0, 48, -33, 89.999, -90};
    const double spread = random.pick(spreads);
    const double latitude = random.pick(latitudes);
    const geo::Position a = random_place(random, latitude, spread);
    const geo::Position b = random_place(random, latitude, spread);
    const double exact_m = geo::distance_m(a, b);
    INFO(a.latitude << " " << a.longitude << " " << b.latitude << " " << b.longitude);
    const auto [at_least_m, at_most_m] = certificate_check::distance(a, b);
    REQUIRE(at_least_m <= exact_m);
    REQUIRE(exact_m <= at_most_m);
    REQUIRE(at_most_m - at_least_m <= exact_m * 0.0102 + 0.01);
    // Whoever writes a certificate is never more certain than whoever checks it.
    const certificate::Distance written = certificate::distance(a, b);
    REQUIRE(written.at_least_m <= at_least_m);
    REQUIRE(at_most_m <= written.at_most_m);
  }
}

TEST_CASE("circles are disjoint or within each other only when they are") {
  const geo::Circle a{{48, 11}, 1000};
  const geo::Position east = geo::destination(a.center, 90, 3000);
  CHECK(certificate_check::disjoint(a, {east, 1900}));
  CHECK_FALSE(certificate_check::disjoint(a, {east, 2000}));
  CHECK_FALSE(certificate_check::disjoint(a, {east, 1990}));  // true, but closer than one per cent
  CHECK(certificate_check::within(a, {east, 4100}));
  CHECK_FALSE(certificate_check::within(a, {east, 3990}));
  CHECK_FALSE(certificate_check::within({east, 4100}, a));
  CHECK(certificate_check::within(a, a));
  CHECK(certificate_check::within(a, {a.center, 1000.001}));
  CHECK_FALSE(certificate_check::within({a.center, 1000.001}, a));
  CHECK(certificate_check::disjoint({{89.9, 0}, 5000}, {{89.9, 180}, 5000}));  // over the pole
  CHECK_FALSE(certificate_check::disjoint({{0, 179.99}, 5000}, {{0, -179.99}, 5000}));
}

}  // namespace presproof
