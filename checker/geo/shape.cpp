#include <algorithm>
#include <cmath>

#include "base/overloaded.h"
#include "geo/cap.h"
#include "geo/fan.h"
#include "geo/geodesic.h"

namespace presproof::geo {
namespace {

/// At most the limit although distance_m may be a little short. A distance of 0 is exact: the same coordinates.
bool provably_at_most(double distance_m, double limit_m) {
  return distance_m == 0 ? limit_m >= 0 : distance_m + kDistanceError_m <= limit_m;
}

bool contains_circle(const Circle& outer, const Circle& inner) {
  if (!(inner.radius_m >= 0)) return false;
  const double apart = distance_m(inner.center, outer.center);
  // The farthest place of the inner circle lies on the prolonged geodesic between the centres.
  if (inner.radius_m == 0) return apart <= outer.radius_m;
  if (apart == 0) return inner.radius_m <= outer.radius_m;
  return provably_at_most(apart + inner.radius_m, outer.radius_m);
}

/// Edges are the shortest geodesics between vertices. A disc below the convexity radius that holds all vertices holds
/// them, and since it is less than half of the earth, the smaller side of the ring too: the polygon.
bool contains_polygon(const Circle& circle, const Polygon& polygon) {
  if (polygon.ring.empty()) return false;
  if (!(circle.radius_m < kConvexityRadius_m)) return contains_circle(circle, enclosing_circle(polygon));
  return std::all_of(polygon.ring.begin(), polygon.ring.end(), [&](Position vertex) {
    return provably_at_most(distance_m(vertex, circle.center), circle.radius_m);
  });
}

bool contains_fan(const Circle& circle, const Shape& shape, const Fan& fan) {
  return contains_circle(circle, enclosing_circle(shape)) || fan.within(circle);
}

/// The centre of the vertices on the sphere of normals, and the farthest vertex.
Circle enclose(const Polygon& polygon) {
  const Circle everywhere{{0, 0}, kHalfCircumference_m};
  UnitVector sum{};
  for (const Position vertex : polygon.ring) {
    const UnitVector normal = unit_vector(vertex);
    for (std::size_t axis = 0; axis < sum.size(); ++axis) sum[axis] += normal[axis];
  }
  if (!(std::hypot(sum[0], sum[1], sum[2]) > 1e-6)) return everywhere;
  Circle circle{position_of(sum), 0};
  for (const Position vertex : polygon.ring) {
    const double distance = distance_m(circle.center, vertex);
    if (!(distance + kDistanceError_m < kConvexityRadius_m)) return everywhere;
    circle.radius_m = std::max(circle.radius_m, distance == 0 ? 0 : distance + kDistanceError_m);
  }
  return circle;
}

Circle enclose(const Ellipse& ellipse) {
  const auto [minor, major] = std::minmax(ellipse.semi_minor_m, ellipse.semi_major_m);
  return {ellipse.center, minor >= 0 && major >= 0 ? major : kHalfCircumference_m};
}

/// The circle of the outer radius, or one around the middle of the sector, whichever is smaller.
Circle enclose(const ArcBand& band) {
  const Fan fan(band);
  if (!fan.measurable()) return {band.center, kHalfCircumference_m};  // its values make no sense, or it is huge
  const Circle whole{band.center, band.outer_radius_m};
  if (!(band.opening_angle_deg < 180)) return whole;
  const double middle_deg = band.start_angle_deg + band.opening_angle_deg / 2;
  const double middle_m = (band.inner_radius_m + band.outer_radius_m) / 2;
  const Position middle = destination(band.center, middle_deg, middle_m);
  const Circle sector{middle, fan.farthest_at_most_m(middle)};
  return sector.radius_m < whole.radius_m ? sector : whole;
}

}  // namespace

bool completely_within(const Shape& shape, const Circle& circle) {
  if (!(circle.radius_m >= 0)) return false;
  if (circle.radius_m >= kHalfCircumference_m) return true;
  return std::visit(
      Overloaded{[&](const Position& place) { return is_within_m(place, circle.center, circle.radius_m); },
                 [&](const Circle& inner) { return contains_circle(circle, inner); },
                 [&](const Polygon& polygon) { return contains_polygon(circle, polygon); },
                 [&](const Ellipse& ellipse) { return contains_fan(circle, shape, Fan(ellipse)); },
                 [&](const ArcBand& band) { return contains_fan(circle, shape, Fan(band)); }},
      shape);
}

Circle enclosing_circle(const Shape& shape) {
  return std::visit(
      Overloaded{[](const Position& place) {
                   return Circle{place, 0};
                 },
                 [](const Circle& circle) { return circle; }, [](const Polygon& polygon) { return enclose(polygon); },
                 [](const Ellipse& ellipse) { return enclose(ellipse); },
                 [](const ArcBand& band) { return enclose(band); }},
      shape);
}

}  // namespace presproof::geo
