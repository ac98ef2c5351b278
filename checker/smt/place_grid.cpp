#include "smt/place_grid.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numbers>

#include "geo/cap.h"

namespace presproof::smt {
namespace {

constexpr double kDegree = std::numbers::pi / 180;
/// Beyond what sines and arcs of doubles are off: 1e-7 degrees are a centimetre.
constexpr double kMargin_deg = 1e-7;

/// The cells of a span of degrees that begins at 0 and has `whole` of them; ends are rounded outward to an eighth of the span or finer, so
/// that few blocks of bits make it up.
CellSet::Range cells_between(double low_deg, double high_deg, double whole_deg) {
  const double cell_deg = whole_deg / PlaceGrid::kCells;
  const auto clamp = [](double cell) { return static_cast<std::uint32_t>(std::clamp(cell, 0.0, static_cast<double>(PlaceGrid::kCells))); };
  const std::uint32_t first = clamp(std::floor(low_deg / cell_deg));
  const std::uint32_t end = clamp(std::floor(high_deg / cell_deg) + 1);
  if (first >= end) return {first, first};
  const std::uint32_t step = std::bit_floor(std::max(1U, (end - first) / 8));
  return {first / step * step, std::min(PlaceGrid::kCells, (end + step - 1) / step * step)};
}

CellSet longitudes_around(double center_deg, double reach_deg) {
  if (reach_deg >= 180) return CellSet({{0, PlaceGrid::kCells}});
  const double low = std::fmod(center_deg + 720 - reach_deg, 360.0);
  const double high = low + 2 * reach_deg;
  return CellSet({cells_between(low, std::min(high, 360.0), 360), cells_between(0, std::max(high - 360, -1.0), 360)});
}

}  // namespace

PlaceGrid::PlaceGrid(TermStore& terms) : terms_(&terms), latitude_(terms, "place.latitude", kCells), longitude_(terms, "place.longitude", kCells) {}

/// A cap of angle t around latitude f spans the latitudes f - t .. f + t and, unless it holds a pole, the longitudes within
/// asin(sin t / cos f) of its centre's.
PlaceGrid::Box PlaceGrid::box_of(const geo::Circle& circle) {
  const double bound = geo::cap_bounds(circle).inside_at_least;
  if (!(bound <= 1)) return {};
  const double angle_deg = std::acos(std::clamp(bound, -1.0, 1.0)) / kDegree + kMargin_deg;
  const double low = circle.center.latitude - angle_deg;
  const double high = circle.center.latitude + angle_deg;
  double reach_deg = 180;
  if (low > -90 && high < 90) {
    const double sine = std::sin(angle_deg * kDegree) / std::cos(circle.center.latitude * kDegree);
    if (sine < 1) reach_deg = std::asin(sine) / kDegree + kMargin_deg;
  }
  return {CellSet({cells_between(low + 90, high + 90, 180)}), longitudes_around(circle.center.longitude, reach_deg)};
}

bool PlaceGrid::apart(const Box& a, const Box& b) {
  return a.latitudes.intersect(b.latitudes).empty() || a.longitudes.intersect(b.longitudes).empty();
}

Term PlaceGrid::touches(const geo::Circle& circle) {
  const Box box = box_of(circle);
  return terms_->both(latitude_.in(box.latitudes), longitude_.in(box.longitudes));
}

}  // namespace presproof::smt
