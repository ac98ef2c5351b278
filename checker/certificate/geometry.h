#pragma once

#include "geo/position.h"

/// What a certificate may say about circles: no more than what can be seen from the angle between two centres, by the extreme radii of
/// curvature of WGS 84. A curve on the earth and its image under the map to the unit normal differ in length by a factor between
/// 6335439 m and 6399594 m, the meridian's radius at the equator and the common one at the poles. Coarser than geo/cap.h by up to
/// one per cent, and so simple that whoever checks a certificate can do it again in a few lines.
namespace presproof::certificate {

struct Distance {
  double at_least_m;
  double at_most_m;
};
[[nodiscard]] Distance distance(geo::Position a, geo::Position b);

/// No place is in both.
[[nodiscard]] bool disjoint(const geo::Circle& a, const geo::Circle& b);
/// Each place in `inner` is in `outer`.
[[nodiscard]] bool within(const geo::Circle& inner, const geo::Circle& outer);
/// Whether it is certain on which side of the rim the place is.
[[nodiscard]] bool clear_of_rim(geo::Position place, const geo::Circle& circle);

}  // namespace presproof::certificate
