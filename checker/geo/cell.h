#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "geo/obfuscation.h"
#include "geo/plane.h"
#include "geo/position.h"

/// What a watcher knows who knows the algorithm: the places that are treated alike (RFC 6772 sections 6.5.2 and 13.2).
///
/// Around each landmark of a grid lies a square (cases C1, C3, C6, C8), and along each edge between two landmarks a hexagon (the case on
/// either side of it: C2 and C7, C4 and C5). Of the two centres that a hexagon allows a server may choose afresh each time (13.2), so over
/// time both are shown, and the choice itself is no secret: the hexagon is what is left. All are convex in longitude and latitude and
/// have a third of a step squared. With the nominal radius as the step that is 1 / (3 pi) = 0.106 of the nominal area where the grid is
/// not distorted, and down to 0.072 at 70 degrees: section 13.3's 0.13 is optimistic. Cells end where their grid does: at the
/// latitudes where the origin changes, and at the antimeridian.
namespace presproof::geo {

/// Smallest ratio of a whole cell's area to that of the nominal circle, for radii up to 100 km: at 70 degrees of latitude.
inline constexpr double kSmallestCell = 0.072;

/// The polygon of a cell, before it is cut where the grid ends.
[[nodiscard]] PlanePolygon cell_polygon(const CellId& cell, const Grid& grid);

/// How a latitude band is cut into places that are shown alike: the grid of a radius, or an older dialect's rectangles around
/// multiples of a resolution (degrees, above 0).
struct Rounding {
  double latitude_deg = 0;
  double longitude_deg = 0;
};
using Tiling = std::variant<Grid, Rounding>;

/// The tile of a place.
[[nodiscard]] PlanePolygon tile_at(Position place, const Tiling& tiling);
/// Those that meet the box, row by row from the south-west.
[[nodiscard]] std::vector<PlanePolygon> tiles_in(const Box& box, const Tiling& tiling);
/// About how many those are.
[[nodiscard]] double tiles_about(const Box& box, const Tiling& tiling);
/// Longitude and latitude after which the tiling repeats, degrees.
[[nodiscard]] PlanePoint period_of(const Tiling& tiling);

/// Where a band's grid lies: from -180 to 180.
[[nodiscard]] inline Box box_of(const LatitudeBand& band) { return {-180, band.from_deg, 180, band.to_deg}; }

}  // namespace presproof::geo
