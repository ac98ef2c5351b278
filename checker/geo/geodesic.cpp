#include "geo/geodesic.h"

#include <cmath>
#include <numbers>

#include <GeographicLib/Geodesic.hpp>

namespace presproof::geo {

double distance_m(Position a, Position b) {
  double metres = 0;
  GeographicLib::Geodesic::WGS84().Inverse(a.latitude, a.longitude, b.latitude, b.longitude, metres);
  return metres;
}

bool is_within_m(Position a, Position b, double metres) {
  constexpr double smallest_radius_m = 6335439;  // of curvature: the meridian's at the equator, rounded down
  constexpr double largest_radius_m = 6399594;   // at the poles, rounded up
  constexpr double rounding = 1e-9;
  constexpr double nearly_antipodal = 0.99;      // there the arc sine has no digits to spare
  constexpr double radian = std::numbers::pi / 180;
  const double half_north = std::sin((b.latitude - a.latitude) * radian / 2);
  const double half_east = std::sin((b.longitude - a.longitude) * radian / 2);
  const double haversine = half_north * half_north + std::cos(a.latitude * radian) * std::cos(b.latitude * radian) * half_east * half_east;
  if (haversine < nearly_antipodal) {
    const double angle = 2 * std::asin(std::sqrt(haversine));
    if (largest_radius_m * angle * (1 + rounding) < metres) return true;
    if (smallest_radius_m * angle * (1 - rounding) > metres) return false;
  }
  return distance_m(a, b) <= metres;
}

double azimuth_deg(Position from, Position to) {
  double at_from = 0;
  double at_to = 0;
  GeographicLib::Geodesic::WGS84().Inverse(from.latitude, from.longitude, to.latitude, to.longitude, at_from, at_to);
  return at_from;
}

Position destination(Position from, double azimuth_deg, double distance_m) {
  Position there;
  GeographicLib::Geodesic::WGS84().Direct(from.latitude, from.longitude, azimuth_deg, distance_m, there.latitude,
                                          there.longitude);
  return there;
}

}  // namespace presproof::geo
