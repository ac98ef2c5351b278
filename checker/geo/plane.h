#pragma once

#include <optional>
#include <vector>

#include "geo/position.h"

/// Polygons in the plane of longitude and latitude, where the cells of RFC 6772 section 6.5.2 are convex, and their area on WGS 84.
///
/// The area is exact up to rounding: the area between the equator and a latitude, for one radian of longitude, has a closed form (the
/// authalic latitude's), and by Green's theorem a polygon's area is that form's integral along its edges; each edge is straight in
/// the plane and is integrated by Simpson's rule in pieces of at most half a degree of latitude (relative error below 1e-9).
namespace presproof::geo {

/// Degrees; the longitude is unrolled and may lie beyond 180.
struct PlanePoint {
  double longitude = 0;
  double latitude = 0;
  friend bool operator==(const PlanePoint&, const PlanePoint&) = default;
};

/// Corners counterclockwise (east is right, north is up), the first not repeated. Fewer than three: nothing.
using PlanePolygon = std::vector<PlanePoint>;

struct Box {
  double west = 0;
  double south = 0;
  double east = 0;
  double north = 0;
  [[nodiscard]] bool meets(const Box& other) const {
    return west < other.east && other.west < east && south < other.north && other.south < north;
  }
};
[[nodiscard]] PlanePolygon rectangle(const Box& box);
/// Of a polygon that is not empty.
[[nodiscard]] Box bounds(const PlanePolygon& polygon);

/// The part of `subject` inside of `convex` (Sutherland, Hodgman 1974); empty when they share no area.
[[nodiscard]] PlanePolygon clipped(const PlanePolygon& subject, const PlanePolygon& convex);

[[nodiscard]] double area_m2(const PlanePolygon& polygon);
/// In the plane, square degrees.
[[nodiscard]] double area_deg2(const PlanePolygon& polygon);
/// How many square metres a square degree has at a latitude. Falls towards the poles.
[[nodiscard]] double m2_per_deg2(double latitude_deg);
/// Of a polygon with an area; inside of it when it is convex.
[[nodiscard]] PlanePoint centroid(const PlanePolygon& polygon);
/// Whether the point is inside of a convex polygon, not on its rim.
[[nodiscard]] bool contains(const PlanePolygon& convex, PlanePoint point);

/// The whole of WGS 84.
inline constexpr double kEarth_m2 = 5.10065621724089e14;
/// Relative error of circle_polygon()'s area, and of those of its parts relative to the whole circle.
inline constexpr double kCircleAreaError = 1e-4;

/// A circle as a polygon of 360 corners of the same area, with longitudes near that of its centre; its rim and the circle's differ by
/// less than 1e-4 of the radius. Nothing when it is not convex in the plane, as near a pole.
[[nodiscard]] std::optional<PlanePolygon> circle_polygon(const Circle& circle);

}  // namespace presproof::geo
