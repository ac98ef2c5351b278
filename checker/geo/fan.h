#pragma once

#include "geo/position.h"

/// Regions in geodesic polar coordinates around an apex: ellipses and arc bands. A place belongs to a fan when its
/// azimuth from the apex is within the opening and its distance between `near_m` and the reach at that azimuth.
///
/// How far a sector of half-angle h (radians) lies from a centre, at most. A place at azimuth a and distance s is at
/// most s * h from the place at the sector's middle azimuth and the same distance: geodesics from one point spread more
/// slowly on a surface of positive curvature than in the plane (Rauch). That place lies on the radial geodesic between
/// `near_m` and the sector's largest reach, and a disc of less than the convexity radius holds the whole geodesic when
/// it holds both ends.
namespace presproof::geo {

/// pi / 2 times the polar radius of WGS 84 (the curvature is at most 1 / 6356752^2, at the equator) is 9,985 km: discs
/// of a smaller radius are convex, and geodesics of such a length are the shortest ones.
inline constexpr double kConvexityRadius_m = 9.98e6;

/// No two places are farther apart: half a meridian ellipse is 20,003,931.459 m, rounded up.
inline constexpr double kHalfCircumference_m = 20003931.46;

/// Bound on the error of distance_m (15 nm) and of the sums made with it.
inline constexpr double kDistanceError_m = 1e-7;

class Fan {
 public:
  explicit Fan(const Ellipse& ellipse);
  explicit Fan(const ArcBand& band);

  /// The lengths are finite, not negative, ordered, and small enough for the bounds to hold.
  [[nodiscard]] bool measurable() const;

  /// Whether every place of the fan is provably at most `radius_m` (below the convexity radius) from the centre. A fan
  /// whose farthest place is more than 1 mm inside the rim is found to be within.
  [[nodiscard]] bool within(const Circle& circle) const;

  /// A bound on the distance of the farthest place from the centre, above it by at most a percent of the reach; half
  /// the circumference of the earth when the fan is too large to say.
  [[nodiscard]] double farthest_at_most_m(Position center) const;

 private:
  struct Sector {
    double middle_deg;
    double half_deg;
  };
  [[nodiscard]] double reach_m(double azimuth_deg) const;
  [[nodiscard]] double largest_reach_m(const Sector& sector) const;
  [[nodiscard]] double bound_m(const Sector& sector, Position center) const;

  Position apex_;
  double start_deg_;
  double opening_deg_;
  double near_m_;
  double major_m_;  ///< reach along the axis; an arc band has the same reach everywhere
  double minor_m_;
  double axis_deg_;
};

}  // namespace presproof::geo
