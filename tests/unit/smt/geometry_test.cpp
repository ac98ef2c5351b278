#include "smt/geometry.h"

#include <catch2/catch.hpp>

#include "geo/geodesic.h"

namespace presproof {
namespace {

using namespace smt;

/// Places patterns over circles.
struct World {
  explicit World(std::vector<geo::Circle> the_circles) : circles(std::move(the_circles)), solvers(terms), geometry(circles, solvers) {}
  Placement place(std::vector<CircleId> inside, std::vector<CircleId> outside) {
    return geometry.place({std::move(inside), std::move(outside)}, {}, [this](std::span<const HalfSpace>, Outcome) { ++asked; });
  }
  TermStore terms;
  std::vector<geo::Circle> circles;
  SolverFactory solvers;
  Geometry geometry;
  int asked = 0;
};

}  // namespace

TEST_CASE("a pattern that exists gets a place that real geodesics confirm") {
  World world({{{48, 11}, 1000}, {{48.012, 11}, 1000}, {{48, 11.01}, 5000}});
  for (const auto& [inside, outside] : std::vector<std::pair<std::vector<CircleId>, std::vector<CircleId>>>{
           {{0}, {}}, {{0, 1}, {}}, {{0}, {1}}, {{1}, {0}}, {{0, 1, 2}, {}}, {{2}, {0, 1}}}) {
    const auto found = world.place(inside, outside);
    REQUIRE(std::holds_alternative<geo::Position>(found));
    CHECK(world.geometry.has(std::get<geo::Position>(found), {inside, outside}));
  }
}

TEST_CASE("a pattern that does not exist is refuted by patterns that are part of it") {
  World world({{{48, 11}, 1000}, {{49, 11}, 1000}, {{48, 11}, 500}});
  for (const auto& [inside, outside] : std::vector<std::pair<std::vector<CircleId>, std::vector<CircleId>>>{{{0, 1}, {}}, {{2}, {0}}, {{0, 1, 2}, {}}}) {
    const auto refuted = world.place(inside, outside);
    REQUIRE(std::holds_alternative<Impossible>(refuted));
    for (const auto& part : std::get<Impossible>(refuted).patterns) {
      for (const CircleId id : part.inside) CHECK(std::find(inside.begin(), inside.end(), id) != inside.end());
      for (const CircleId id : part.outside) CHECK(std::find(outside.begin(), outside.end(), id) != outside.end());
    }
  }
}

TEST_CASE("a sliver that no sample hits is found or refuted by the solver, not by chance") {
  // Three circles whose common part is a triangle of some metres.
  const geo::Position a{48, 11};
  const auto b = geo::destination(a, 60, 10000);
  const auto c = geo::destination(a, 120, 10000);
  World meets({{a, 5800}, {b, 5800}, {c, 5800}});
  CHECK(std::holds_alternative<geo::Position>(meets.place({0, 1, 2}, {})));
  World misses({{a, 5700}, {b, 5700}, {c, 5700}});
  CHECK(std::holds_alternative<Impossible>(misses.place({0, 1, 2}, {})));
  CHECK(misses.asked > 0);
}

TEST_CASE("circles that touch are neither placed nor refuted without certainty") {
  const geo::Position a{48, 11};
  const auto b = geo::destination(a, 90, 2000);
  World world({{a, 1000}, {b, 1000}});
  const auto answer = world.place({0, 1}, {});
  CHECK_FALSE(std::holds_alternative<Impossible>(answer));
  if (const auto* place = std::get_if<geo::Position>(&answer)) CHECK(world.geometry.has(*place, {{0, 1}, {}}));
}

TEST_CASE("circles across the antimeridian and around a pole are like others") {
  World world({{{10, 179.999}, 1000}, {{10, -179.999}, 1000}, {{90, 0}, 5000}, {{89.96, 120}, 3000}});
  CHECK(std::holds_alternative<geo::Position>(world.place({0, 1}, {})));
  CHECK(std::holds_alternative<geo::Position>(world.place({2, 3}, {})));
  CHECK(std::holds_alternative<Impossible>(world.place({0, 2}, {})));
}

}  // namespace presproof
