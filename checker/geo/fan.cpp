#include "geo/fan.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "geo/geodesic.h"

namespace presproof::geo {
namespace {

constexpr double kRadian = std::numbers::pi / 180;
/// An ellipse may be as thin as a line; a micrometre keeps its polar form defined, and errs outwards.
constexpr double kThinnest_m = 1e-6;
/// Sectors are halved until the bound is this close to the sector's places; below, nothing is claimed.
constexpr double kFinest_m = 2.5e-4;
constexpr int kMaxSectors = 200000;

}  // namespace

Fan::Fan(const Ellipse& ellipse)
    : apex_(ellipse.center),
      start_deg_(0),
      opening_deg_(360),
      near_m_(0),
      major_m_(std::max(ellipse.semi_major_m, ellipse.semi_minor_m)),
      minor_m_(std::min(ellipse.semi_major_m, ellipse.semi_minor_m)),
      axis_deg_(ellipse.orientation_deg + (ellipse.semi_major_m < ellipse.semi_minor_m ? 90 : 0)) {}

Fan::Fan(const ArcBand& band)
    : apex_(band.center),
      start_deg_(band.start_angle_deg),
      opening_deg_(std::min(band.opening_angle_deg, 360.0)),
      near_m_(band.inner_radius_m),
      major_m_(band.outer_radius_m),
      minor_m_(band.outer_radius_m),
      axis_deg_(0) {}

bool Fan::measurable() const {
  return near_m_ >= 0 && minor_m_ >= 0 && near_m_ <= major_m_ && major_m_ < kConvexityRadius_m && opening_deg_ >= 0 &&
         std::isfinite(start_deg_) && std::isfinite(axis_deg_) && std::isfinite(opening_deg_);
}

double Fan::reach_m(double azimuth_deg) const {
  if (major_m_ == minor_m_) return major_m_;
  const double minor = std::max(minor_m_, kThinnest_m);
  const double major = std::max(major_m_, minor);
  const double angle = (azimuth_deg - axis_deg_) * kRadian;
  return major * minor / std::hypot(minor * std::cos(angle), major * std::sin(angle));
}

double Fan::largest_reach_m(const Sector& sector) const {
  // The reach of an ellipse falls from the major axis to the minor one: it is largest on the axis, or at an end of the
  // sector.
  const double off_axis = std::remainder(sector.middle_deg - axis_deg_, 180.0);
  constexpr double rounding = 1 + 1e-9;
  if (std::abs(off_axis) <= sector.half_deg) return std::max(major_m_, kThinnest_m) * rounding;
  return std::max(reach_m(sector.middle_deg - sector.half_deg), reach_m(sector.middle_deg + sector.half_deg)) *
         rounding;
}

double Fan::bound_m(const Sector& sector, Position center) const {
  const double reach = largest_reach_m(sector);
  const double nearest = distance_m(center, destination(apex_, sector.middle_deg, near_m_));
  const double farthest = distance_m(center, destination(apex_, sector.middle_deg, reach));
  return std::max(nearest, farthest) + reach * sector.half_deg * kRadian + kDistanceError_m;
}

bool Fan::within(const Circle& circle) const {
  if (!measurable() || !(circle.radius_m < kConvexityRadius_m)) return false;
  std::vector<Sector> open;
  constexpr int first_sectors = 16;
  const double half_deg = opening_deg_ / (2 * first_sectors);
  for (int k = 0; k < first_sectors; ++k) open.push_back({start_deg_ + (2 * k + 1) * half_deg, half_deg});
  for (int seen = 0; !open.empty(); ++seen) {
    const Sector sector = open.back();
    open.pop_back();
    if (bound_m(sector, circle.center) <= circle.radius_m) continue;
    const Position rim = destination(apex_, sector.middle_deg, reach_m(sector.middle_deg));
    const bool outside = !(distance_m(circle.center, rim) <= circle.radius_m);
    const bool too_fine = largest_reach_m(sector) * sector.half_deg * kRadian < kFinest_m;
    if (outside || too_fine || seen > kMaxSectors) return false;
    const double quarter = sector.half_deg / 2;
    open.push_back({sector.middle_deg - quarter, quarter});
    open.push_back({sector.middle_deg + quarter, quarter});
  }
  return true;
}

double Fan::farthest_at_most_m(Position center) const {
  if (!measurable()) return kHalfCircumference_m;
  constexpr int sectors = 512;
  const double half_deg = opening_deg_ / (2 * sectors);
  double farthest = 0;
  for (int k = 0; k < sectors; ++k) {
    farthest = std::max(farthest, bound_m({start_deg_ + (2 * k + 1) * half_deg, half_deg}, center));
  }
  return farthest < kConvexityRadius_m ? farthest : kHalfCircumference_m;
}

}  // namespace presproof::geo
