#include "geo/cell.h"

#include <algorithm>
#include <cmath>

#include "base/overloaded.h"

namespace presproof::geo {
namespace {

const double kP = std::sqrt(3.0) / 6;  // RFC 6772 section 6.5.2, step 5

/// Corners in steps from a landmark: of the square around it, and of the hexagon to the next one in the east.
PlanePolygon square() { return {{-kP, -kP}, {kP, -kP}, {kP, kP}, {-kP, kP}}; }
PlanePolygon hexagon() { return {{kP, -kP}, {0.5, -0.5}, {1 - kP, -kP}, {1 - kP, kP}, {0.5, 0.5}, {kP, kP}}; }

PlanePolygon rounded_tile(double row, double column, const Rounding& rounding) {
  return rectangle({(column - 0.5) * rounding.longitude_deg, (row - 0.5) * rounding.latitude_deg, (column + 0.5) * rounding.longitude_deg,
                    (row + 0.5) * rounding.latitude_deg});
}

/// Whole numbers that reach from the first to the last step, and one more on each side.
struct Steps {
  double first;
  double last;
};
Steps steps(double from_deg, double to_deg, double step_deg) { return {std::floor(from_deg / step_deg) - 1, std::ceil(to_deg / step_deg) + 1}; }

}  // namespace

PlanePolygon cell_polygon(const CellId& cell, const Grid& grid) {
  const bool is_square = cell.first == cell.second;
  const bool upright = !is_square && cell.first.i == cell.second.i;
  PlanePolygon polygon = is_square ? square() : hexagon();
  for (PlanePoint& corner : polygon) {
    // The hexagon to the north is that to the east, mirrored at the diagonal.
    if (upright) std::swap(corner.longitude, corner.latitude);
    corner.longitude = (cell.first.i + corner.longitude) * grid.longitude_step_deg;
    corner.latitude = grid.origin_deg + (cell.first.j + corner.latitude) * grid.latitude_step_deg;
  }
  if (upright) std::reverse(polygon.begin(), polygon.end());
  return polygon;
}

PlanePolygon tile_at(Position place, const Tiling& tiling) {
  return std::visit(Overloaded{
                        [&](const Grid& grid) { return cell_polygon(cell_at(place, grid), grid); },
                        [&](const Rounding& rounding) {
                          return rounded_tile(std::round(place.latitude / rounding.latitude_deg), std::round(place.longitude / rounding.longitude_deg),
                                              rounding);
                        },
                    },
                    tiling);
}

std::vector<PlanePolygon> tiles_in(const Box& box, const Tiling& tiling) {
  std::vector<PlanePolygon> tiles;
  const auto add = [&](PlanePolygon tile) {
    if (bounds(tile).meets(box)) tiles.push_back(std::move(tile));
  };
  std::visit(Overloaded{
                 [&](const Grid& grid) {
                   const Steps east = steps(box.west, box.east, grid.longitude_step_deg);
                   const Steps north = steps(box.south - grid.origin_deg, box.north - grid.origin_deg, grid.latitude_step_deg);
                   for (double j = north.first; j <= north.last; ++j) {
                     for (double i = east.first; i <= east.last; ++i) {
                       const Landmark here{i, j};
                       for (const Landmark& next : {here, Landmark{i + 1, j}, Landmark{i, j + 1}}) add(cell_polygon({here, next}, grid));
                     }
                   }
                 },
                 [&](const Rounding& rounding) {
                   const Steps east = steps(box.west, box.east, rounding.longitude_deg);
                   const Steps north = steps(box.south, box.north, rounding.latitude_deg);
                   for (double row = north.first; row <= north.last; ++row) {
                     for (double column = east.first; column <= east.last; ++column) add(rounded_tile(row, column, rounding));
                   }
                 },
             },
             tiling);
  return tiles;
}

double tiles_about(const Box& box, const Tiling& tiling) {
  const PlanePoint step = period_of(tiling);
  const double each = std::holds_alternative<Grid>(tiling) ? 3 : 1;
  return each * ((box.east - box.west) / step.longitude + 2) * ((box.north - box.south) / step.latitude + 2);
}

PlanePoint period_of(const Tiling& tiling) {
  return std::visit(Overloaded{
                        [](const Grid& grid) { return PlanePoint{grid.longitude_step_deg, grid.latitude_step_deg}; },
                        [](const Rounding& rounding) { return PlanePoint{rounding.longitude_deg, rounding.latitude_deg}; },
                    },
                    tiling);
}

}  // namespace presproof::geo
