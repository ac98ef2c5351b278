#pragma once

#include "geo/position.h"

namespace presproof::geo {

/// Length of the shortest geodesic on WGS 84, in metres (Karney 2013, by GeographicLib; error below 15 nm).
[[nodiscard]] double distance_m(Position a, Position b);

/// Whether that length is at most so many metres, mostly without measuring it: taking the latitudes of WGS 84 for those of a sphere scales every
/// length by a number between the radii of curvature, so the angle on the sphere decides unless it is near.
[[nodiscard]] bool is_within_m(Position a, Position b, double metres);

/// Azimuth at `from` of the shortest geodesic to `to`, degrees clockwise from north, in -180..180. Where there is no single one (the
/// same place, antipodes) it is one of them.
[[nodiscard]] double azimuth_deg(Position from, Position to);

/// The point `distance_m` metres from `from` along the geodesic of initial azimuth `azimuth_deg`.
[[nodiscard]] Position destination(Position from, double azimuth_deg, double distance_m);

/// RFC 6772 section 4.1: whether the shape lies completely within the closed circle. A point: its geodesic distance
/// is at most the radius. Other shapes: decided by their farthest point from the centre; a shape whose farthest point
/// is within 1 mm of the rim counts as within only when it provably is.
[[nodiscard]] bool completely_within(const Shape& shape, const Circle& circle);

/// A circle that contains the shape: its centre, and the distance to the shape's farthest point.
[[nodiscard]] Circle enclosing_circle(const Shape& shape);

}  // namespace presproof::geo
