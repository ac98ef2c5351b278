#include "certificate/geometry.h"

#include <cmath>

#include "geo/cap.h"

namespace presproof::certificate {
namespace {

constexpr double kSmallestRadius_m = 6335439;
constexpr double kLargestRadius_m = 6399594;
/// Twice of what the checker leaves, so that it never finds less certain what is certain here.
constexpr double kSlack_m = 2e-3;
constexpr double kRelativeSlack = 2e-9;

}  // namespace

Distance distance(geo::Position a, geo::Position b) {
  if (a == b) return {0, 0};
  const geo::UnitVector u = geo::unit_vector(a);
  const geo::UnitVector v = geo::unit_vector(b);
  const double cross = std::hypot(u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]);
  const double angle = std::atan2(cross, u[0] * v[0] + u[1] * v[1] + u[2] * v[2]);
  return {angle * kSmallestRadius_m * (1 - kRelativeSlack) - kSlack_m, angle * kLargestRadius_m * (1 + kRelativeSlack) + kSlack_m};
}

bool disjoint(const geo::Circle& a, const geo::Circle& b) { return distance(a.center, b.center).at_least_m > a.radius_m + b.radius_m; }

bool within(const geo::Circle& inner, const geo::Circle& outer) {
  return distance(inner.center, outer.center).at_most_m + inner.radius_m <= outer.radius_m;
}

bool clear_of_rim(geo::Position place, const geo::Circle& circle) {
  const Distance away = distance(place, circle.center);
  return away.at_most_m <= circle.radius_m || away.at_least_m > circle.radius_m;
}

}  // namespace presproof::certificate
