#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

#include "geo/position.h"

/// RFC 6772 section 6.5.2 and its worked example in section 7.5: the circle that stands for a place.
namespace presproof::geo {

struct ObfuscationOptions {
  std::string_view presentity;              ///< keys the choice between two allowed centres
  std::uint64_t seed = 0;                   ///< keys it, too
  std::optional<Position> previous_center;  ///< kept when it is one of the two allowed
  std::optional<double> grid_origin_deg;    ///< a grid's origin latitude instead of the band's own
};

/// A grid of landmarks: (i, j) stands at longitude `longitude_step_deg * i`, latitude `origin_deg +
/// latitude_step_deg * j`.
struct Grid {
  double origin_deg = 0;
  double longitude_step_deg = 0;
  double latitude_step_deg = 0;
};

/// The grid for a latitude and a radius. Origin by band: |lat| <= 45: 0; <= 60: +-45; <= 70: +-60; beyond: nothing. 1
/// degree of latitude is 110.6 km and of longitude (pi/180) * 6367.5 km * cos(origin), as in the RFC. A given origin
/// must be 0, or lie on the place's side of the equator and no nearer to the pole, and the grid's distortion at the
/// place be below 1.5 (section 6.5.2, notes on step 1); otherwise nothing: circles could miss the place.
[[nodiscard]] std::optional<Grid> grid_for(double latitude_deg, double radius_m,
                                           std::optional<double> grid_origin_deg = std::nullopt);

/// The latitudes that share a grid's origin: 0..45 on both sides of the equator, then 45..60 and 60..70 on each.
struct LatitudeBand {
  double from_deg = 0;
  double to_deg = 0;
  friend bool operator==(const LatitudeBand&, const LatitudeBand&) = default;
};
/// From south to north; beyond 70 degrees there is no grid.
[[nodiscard]] const std::array<LatitudeBand, 5>& latitude_bands();
[[nodiscard]] std::optional<LatitudeBand> band_at(double latitude_deg);

/// A point of the grid by its number of steps from the origin, east and north.
struct Landmark {
  double i = 0;
  double j = 0;
  friend auto operator<=>(const Landmark&, const Landmark&) = default;
};
/// The landmarks that steps 3 to 6 allow for a place, south or west first; twice the same in the cases of one. Places with the same
/// pair are treated alike.
struct CellId {
  Landmark first;
  Landmark second;
  friend auto operator<=>(const CellId&, const CellId&) = default;
};
[[nodiscard]] CellId cell_at(Position place, const Grid& grid);

/// The one or two centres that steps 3 to 6 allow for a place; `second` is absent in cases C1, C3, C6 and C8.
struct AllowedCenters {
  int case_number = 1;  ///< 1..8 for C1..C8
  Position first;
  std::optional<Position> second;
};
[[nodiscard]] AllowedCenters allowed_centers(Position place, const Grid& grid);

/// The circle of radius `radius_m` that is disclosed for a place; nothing beyond 70 degrees of latitude. A target that
/// is an area: the grid of its enclosing circle's centre with the larger of the two radii. Radius 0 is exact: the
/// shape's own position is for the caller to disclose.
[[nodiscard]] std::optional<Circle> obfuscate(const Shape& target, double radius_m, const ObfuscationOptions& options);

/// draft-ietf-geopriv-policy: coordinates rounded to multiples of the resolution (degrees, above 0; otherwise NaN). The
/// result may lie outside the range of latitudes or longitudes.
[[nodiscard]] double round_to_resolution(double degrees, double resolution_deg);

}  // namespace presproof::geo
