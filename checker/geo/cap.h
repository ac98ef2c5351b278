#pragma once

#include <array>

#include "geo/position.h"

/// Circles on WGS 84 as caps of the unit sphere, with bounds that err on a known side.
///
/// A place is mapped to the unit normal of the ellipsoid there: its geodetic latitude and longitude taken as spherical
/// ones. The principal radii of curvature lie between 6335.439 km (meridian, at the equator) and 6399.594 km (at the
/// poles), so a geodesic of s metres spans an angle between s / 6399594 and s / 6335439 radians on that sphere: every
/// bound here follows from this and is widened by the rounding of doubles.
namespace presproof::geo {

using UnitVector = std::array<double, 3>;

[[nodiscard]] UnitVector unit_vector(Position place);
[[nodiscard]] Position position_of(const UnitVector& vector);

/// For a circle: every place inside has normal . axis >= inside_at_least; every place outside has
/// normal . axis <= outside_at_most. inside_at_least <= outside_at_most; between the two lies the margin, where a place
/// may be either.
struct CapBounds {
  UnitVector axis;
  double inside_at_least;
  double outside_at_most;
};
[[nodiscard]] CapBounds cap_bounds(const Circle& circle);

/// What two closed circles certainly are to each other; `unsure` when the margin decides.
enum class CircleRelation { disjoint, first_in_second, second_in_first, overlapping, unsure };
[[nodiscard]] CircleRelation relation(const Circle& first, const Circle& second);

}  // namespace presproof::geo
