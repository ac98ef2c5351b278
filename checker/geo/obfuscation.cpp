#include "geo/obfuscation.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <string>

#include "geo/geodesic.h"
#include "geo/stable_hash.h"

namespace presproof::geo {
namespace {

constexpr double kMetresPerLatitudeDegree = 110600;  // RFC 6772 section 7.5, step 1
constexpr double kMeridionalRadius_m = 6367500;      // M there
constexpr double kMaxDistortion = 1.5;               // section 6.5.2, notes on step 1
constexpr double kRadian = std::numbers::pi / 180;
const double kP = std::sqrt(3.0) / 6;  // step 5
const double kQ = 1 - kP;

/// The landmarks that a place may be shown at; `first` and `second` are the same in the cases of one.
struct Choice {
  int case_number;
  Landmark first;
  Landmark second;
};

/// Corners of a cell, as steps from its SW.
enum Corner { sw, se, nw, ne };
struct CaseRow {
  Corner first;
  Corner second;
};
constexpr std::array<CaseRow, 8> kCenters = {
    {{sw, sw}, {sw, se}, {se, se}, {sw, nw}, {se, ne}, {nw, nw}, {nw, ne}, {ne, ne}}};

/// Step 5. Once the four corners are taken, the diagonals tell the other cases apart: p and q need no second look.
int case_of(double x, double y) {
  if (x < kP && y < kP) return 1;
  if (kQ <= x && y < kP) return 3;
  if (x < kP && kQ <= y) return 6;
  if (kQ <= x && kQ <= y) return 8;
  const bool below_falling_diagonal = y < 1 - x;
  if (y < x) return below_falling_diagonal ? 2 : 5;
  return below_falling_diagonal ? 4 : 7;
}

/// Steps 3 to 5, with floor((n - o) / d2) as section 7.5 computes it.
Choice choose(Position place, const Grid& grid) {
  // Appendix B: -180 < m <= 180, so the antimeridian has one longitude.
  const double longitude = place.longitude == -180 ? 180 : place.longitude;
  const double across = longitude / grid.longitude_step_deg;
  const double up = (place.latitude - grid.origin_deg) / grid.latitude_step_deg;
  const Landmark south_west{std::floor(across), std::floor(up)};
  const int number = case_of(across - south_west.i, up - south_west.j);
  const CaseRow row = kCenters.at(static_cast<std::size_t>(number - 1));
  const auto corner = [&](Corner which) {
    return Landmark{south_west.i + (which == se || which == ne ? 1 : 0),
                    south_west.j + (which == nw || which == ne ? 1 : 0)};
  };
  return {number, corner(row.first), corner(row.second)};
}

/// Where a landmark stands. Cells of large grids reach across the antimeridian and beyond a pole: the map goes on over
/// the pole and down the opposite meridian, so that neighbouring landmarks stay neighbours.
Position position_of(Landmark landmark, const Grid& grid) {
  double latitude = std::remainder(grid.origin_deg + grid.latitude_step_deg * landmark.j, 360.0);
  double longitude = grid.longitude_step_deg * landmark.i;
  if (std::abs(latitude) > 90) {
    latitude = std::copysign(180.0, latitude) - latitude;
    longitude += 180;
  }
  longitude = std::remainder(longitude, 360.0);
  return {latitude, longitude};
}

bool is_at(const Position& shown, const Position& landmark, const Grid& grid) {
  // Landmarks are a step apart; a previous centre that was printed and read again is still nearest to its own.
  constexpr double tolerance = 0.01;
  return std::abs(shown.latitude - landmark.latitude) <= tolerance * grid.latitude_step_deg &&
         std::abs(std::remainder(shown.longitude - landmark.longitude, 360.0)) <= tolerance * grid.longitude_step_deg;
}

void append(std::string& bytes, std::uint64_t word) {
  for (unsigned shift = 0; shift < 64; shift += 8) bytes += static_cast<char>((word >> shift) & 0xFFU);
}

std::uint64_t whole(double number) {
  return static_cast<std::uint64_t>(static_cast<std::int64_t>(std::llround(number)));
}

/// One bit from presentity, seed, grid and the pair of landmarks. The pair, not the cell: both cells beside a grid edge
/// offer the same two centres, and crossing the edge must not change the answer.
bool takes_second(const Choice& choice, const Grid& grid, double radius_m, const ObfuscationOptions& options) {
  std::string bytes;
  append(bytes, whole(radius_m * 1000));
  append(bytes, whole(grid.origin_deg * 1e6));
  for (const Landmark& landmark : {choice.first, choice.second}) {
    append(bytes, whole(landmark.i));
    append(bytes, whole(landmark.j));
  }
  bytes += options.presentity;
  return (siphash(bytes, options.seed, 0) & 1U) != 0;
}

}  // namespace

const std::array<LatitudeBand, 5>& latitude_bands() {
  static constexpr std::array<LatitudeBand, 5> bands = {{{-70, -60}, {-60, -45}, {-45, 45}, {45, 60}, {60, 70}}};
  return bands;
}

std::optional<LatitudeBand> band_at(double latitude_deg) {
  // A latitude between two bands belongs to the one nearer to the equator.
  const double latitude = std::abs(latitude_deg);
  for (const LatitudeBand& band : latitude_bands()) {
    if (band.to_deg <= 0 || latitude > band.to_deg) continue;
    const bool south = std::signbit(latitude_deg) && band.from_deg > 0;
    return south ? LatitudeBand{-band.to_deg, -band.from_deg} : band;
  }
  return std::nullopt;
}

CellId cell_at(Position place, const Grid& grid) {
  const Choice choice = choose(place, grid);
  return {choice.first, choice.second};
}

std::optional<Grid> grid_for(double latitude_deg, double radius_m, std::optional<double> grid_origin_deg) {
  const double latitude = std::abs(latitude_deg);
  const std::optional<LatitudeBand> band = band_at(latitude);
  if (!band || !(radius_m > 0) || !std::isfinite(radius_m)) return std::nullopt;
  const double origin = grid_origin_deg.value_or(std::copysign(std::max(band->from_deg, 0.0), latitude_deg));
  // Section 7.5: a degree of longitude is longest at the origin's latitude, which lies between the equator and the
  // place. Otherwise circles would miss their target. (`copysign` gives the equator's grid either sign of zero.)
  const bool poleward =
      origin == 0 || (std::signbit(origin) == std::signbit(latitude_deg) && std::abs(origin) <= latitude);
  const double scale = std::cos(origin * kRadian);
  if (!poleward || !(scale / std::cos(latitude_deg * kRadian) < kMaxDistortion)) return std::nullopt;
  return Grid{origin + 0.0, radius_m / (kMeridionalRadius_m * kRadian * scale), radius_m / kMetresPerLatitudeDegree};
}

AllowedCenters allowed_centers(Position place, const Grid& grid) {
  const Choice choice = choose(place, grid);
  const CaseRow row = kCenters.at(static_cast<std::size_t>(choice.case_number - 1));
  AllowedCenters centers{choice.case_number, position_of(choice.first, grid), std::nullopt};
  if (row.first != row.second) centers.second = position_of(choice.second, grid);
  return centers;
}

std::optional<Circle> obfuscate(const Shape& target, double radius_m, const ObfuscationOptions& options) {
  if (!(radius_m > 0)) return std::nullopt;
  const Circle enclosing = enclosing_circle(target);
  const double radius = std::max(radius_m, enclosing.radius_m);
  const std::optional<Grid> grid = grid_for(enclosing.center.latitude, radius, options.grid_origin_deg);
  if (!grid) return std::nullopt;
  const AllowedCenters centers = allowed_centers(enclosing.center, *grid);
  if (!centers.second) return Circle{centers.first, radius};
  if (options.previous_center) {
    if (is_at(*options.previous_center, centers.first, *grid)) return Circle{centers.first, radius};
    if (is_at(*options.previous_center, *centers.second, *grid)) return Circle{*centers.second, radius};
  }
  const bool second = takes_second(choose(enclosing.center, *grid), *grid, radius, options);
  return Circle{second ? *centers.second : centers.first, radius};
}

double round_to_resolution(double degrees, double resolution_deg) {
  if (!(resolution_deg > 0)) return std::numeric_limits<double>::quiet_NaN();
  return std::round(degrees / resolution_deg) * resolution_deg;
}

}  // namespace presproof::geo
