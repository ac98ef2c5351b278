#pragma once

#include <string>
#include <variant>
#include <vector>

/// Places on WGS 84 (EPSG 4326): degrees, latitude first. Lengths are metres, angles degrees, in names and fields.
namespace presproof::geo {

struct Position {
  double latitude = 0;   ///< -90..90
  double longitude = 0;  ///< -180..180
  friend bool operator==(const Position&, const Position&) = default;
};

/// The shapes of RFC 5491 section 5.2, projected to two dimensions (a Sphere is its Circle, an Ellipsoid its Ellipse, a
/// Prism its base).
struct Circle {
  Position center;
  double radius_m = 0;
  friend bool operator==(const Circle&, const Circle&) = default;
};
struct Ellipse {
  Position center;
  double semi_major_m = 0;
  double semi_minor_m = 0;
  double orientation_deg = 0;  ///< of the major axis, clockwise from north
  friend bool operator==(const Ellipse&, const Ellipse&) = default;
};
struct Polygon {
  std::vector<Position> ring;  ///< without the repeated first point
  friend bool operator==(const Polygon&, const Polygon&) = default;
};
struct ArcBand {
  Position center;
  double inner_radius_m = 0;
  double outer_radius_m = 0;
  double start_angle_deg = 0;
  double opening_angle_deg = 0;
  friend bool operator==(const ArcBand&, const ArcBand&) = default;
};
using Shape = std::variant<Position, Circle, Ellipse, Polygon, ArcBand>;

}  // namespace presproof::geo
