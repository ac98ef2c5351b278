#include "geo/cap.h"

#include <GeographicLib/Math.hpp>
#include <algorithm>
#include <cmath>
#include <numbers>

#include "geo/fan.h"
#include "geo/geodesic.h"

namespace presproof::geo {
namespace {

using GeographicLib::Math;

constexpr double kEquatorialRadius_m = 6378137.0;
constexpr double kEccentricitySquared = 0.00669437999014;  // WGS 84: f (2 - f) with f = 1 / 298.257223563
constexpr double kSmallestRadius_m = 6335439.0;            // rounded down: the meridian's at the equator is 6335439.327

/// Components of a unit vector carry at most 6 units of 1.1e-16 of relative error (sine, cosine and their product), a
/// dot product of two adds 3: 15 units, 1.7e-15. The cosines below carry one more. Twice that, for both sides.
constexpr double kDotError = 4e-15;

/// Radius of curvature of the meridian, the smaller of the two, at a geodetic latitude.
double meridian_radius_m(double latitude_rad) {
  const double sine = std::sin(latitude_rad);
  const double w = 1 - kEccentricitySquared * sine * sine;
  return kEquatorialRadius_m * (1 - kEccentricitySquared) / (w * std::sqrt(w));
}

/// Radius of curvature of the prime vertical, the larger one.
double prime_vertical_radius_m(double latitude_rad) {
  const double sine = std::sin(latitude_rad);
  return kEquatorialRadius_m / std::sqrt(1 - kEccentricitySquared * sine * sine);
}

}  // namespace

UnitVector unit_vector(Position place) {
  double sin_latitude = 0;
  double cos_latitude = 0;
  double sin_longitude = 0;
  double cos_longitude = 0;
  Math::sincosd(place.latitude, sin_latitude, cos_latitude);
  Math::sincosd(place.longitude, sin_longitude, cos_longitude);
  return {cos_latitude * cos_longitude, cos_latitude * sin_longitude, sin_latitude};
}

Position position_of(const UnitVector& vector) {
  return {Math::atan2d(vector[2], std::hypot(vector[0], vector[1])), Math::atan2d(vector[1], vector[0])};
}

/// The map from a place to its unit normal stretches a curve by 1/M along the meridian and 1/N across (the principal
/// curvatures, the eigenvalues of the shape operator), so the image of a curve of length L through latitudes where m <=
/// M and N <= n has a length between L / n and L / m.
///
/// Inside: the geodesic to a place inside has length at most r, so its latitudes stay within t = r / 6335439 of the
/// centre's, and its image, no shorter than the angle, is at most r / m, m being M at the band's lowest |latitude|.
///
/// Outside: were the angle to a place outside at most r / n <= t, n being N at the band's highest |latitude|, then the
/// great-circle arc to it would stay in the band, its preimage have a length of at most r, and the place be inside. So
/// the angle is above r / n.
CapBounds cap_bounds(const Circle& circle) {
  constexpr double impossible = 2;  // no dot product of unit vectors comes near it
  CapBounds bounds{unit_vector(circle.center), impossible, impossible};
  if (!(circle.radius_m >= 0)) return bounds;
  if (circle.radius_m >= kHalfCircumference_m) {
    bounds.inside_at_least = bounds.outside_at_most = -impossible;
    return bounds;
  }
  const double longest_m = circle.radius_m + kDistanceError_m;
  const double shortest_m = std::max(0.0, circle.radius_m - kDistanceError_m);
  const double band = longest_m / kSmallestRadius_m;
  const double latitude = std::abs(circle.center.latitude) * Math::degree();
  constexpr double rounding = 1e-12;  // of the radii, relative
  const double smallest_m = meridian_radius_m(std::max(0.0, latitude - band)) * (1 - rounding);
  const double largest_m = prime_vertical_radius_m(std::min(std::numbers::pi / 2, latitude + band)) * (1 + rounding);
  const double widest = longest_m / smallest_m;
  const double narrowest = shortest_m / largest_m;
  bounds.inside_at_least = widest < std::numbers::pi ? std::cos(widest) - kDotError : -impossible;
  bounds.outside_at_most = narrowest < std::numbers::pi ? std::cos(narrowest) + kDotError : -1 + kDotError;
  return bounds;
}

CircleRelation relation(const Circle& first, const Circle& second) {
  const double r1 = first.radius_m;
  const double r2 = second.radius_m;
  if (!(r1 >= 0) || !(r2 >= 0)) return CircleRelation::unsure;
  if (r2 >= kHalfCircumference_m) return CircleRelation::first_in_second;
  if (r1 >= kHalfCircumference_m) return CircleRelation::second_in_first;
  const double apart = distance_m(first.center, second.center);
  const double error_m = apart == 0 ? 0 : kDistanceError_m;
  // By the triangle inequality, each with the error on the safe side.
  if (apart - error_m > r1 + r2) return CircleRelation::disjoint;
  if (apart + r1 + error_m <= r2) return CircleRelation::first_in_second;
  if (apart + r2 + error_m <= r1) return CircleRelation::second_in_first;
  // The geodesic between the centres meets both circles; prolonged beyond each centre it meets a place of that circle
  // which the other does not hold, as long as it remains a shortest one (below 19,970 km on WGS 84).
  constexpr double shortest_up_to_m = 19.9e6;
  const bool touch = apart + error_m <= r1 + r2;
  const bool each_sticks_out = apart + r1 - error_m > r2 && apart + r2 - error_m > r1;
  if (touch && each_sticks_out && apart + std::max(r1, r2) < shortest_up_to_m) return CircleRelation::overlapping;
  return CircleRelation::unsure;
}

}  // namespace presproof::geo
