#pragma once

#include <cmath>
#include <numbers>
#include <string>

#include "geo/geodesic.h"
#include "geo/obfuscation.h"
#include "proving.h"

/// Proofs over time in tests, and areas by counting points, which share nothing with the polygons of geo/plane.h.
namespace presproof::test {

inline const std::string kBob = "sip:bob@example.com";
inline const std::string kForBob = "for { sip:bob@example.com } ";

/// Bob is shown a radius under these conditions.
inline std::string radius_when(const std::string& id, const std::string& radius, const std::string& conditions = {}) {
  return rule(id, one(kBob) + conditions, kAllow, kPersons + within(radius));
}

/// The area around a place, within `reach_m`, where the test holds: by a lattice of points.
template <class Test>
double counted_area_m2(geo::Position place, double reach_m, int points, const Test& test) {
  int hits = 0;
  for (int row = 0; row < points; ++row) {
    for (int column = 0; column < points; ++column) {
      const double north = ((row + 0.5) / points * 2 - 1) * reach_m;
      const double east = ((column + 0.5) / points * 2 - 1) * reach_m;
      const geo::Position up = geo::destination(place, 0, north);
      if (test(geo::destination(up, 90, east))) ++hits;
    }
  }
  return 4 * reach_m * reach_m * hits / (static_cast<double>(points) * points);
}

inline bool same_cell(geo::Position a, geo::Position b, double radius_m) {
  const auto first = geo::grid_for(a.latitude, radius_m);
  const auto second = geo::grid_for(b.latitude, radius_m);
  if (!first || !second || first->origin_deg != second->origin_deg) return !first && !second;
  return geo::cell_at(a, *first) == geo::cell_at(b, *second);
}

inline geo::Position place_of(const verify::Counterexample& example) {
  return std::get<geo::Position>(example.request.state.location.geodetic.value());
}
inline double circle_radius(double area_m2) { return std::sqrt(area_m2 / std::numbers::pi); }

}  // namespace presproof::test
