#include "geo/plane.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "geo/geodesic.h"

namespace presproof::geo {
namespace {

constexpr double kRadian = std::numbers::pi / 180;
constexpr double kFlattening = 1 / 298.257223563;  // WGS 84
constexpr double kEquatorialRadius_m = 6378137;
constexpr double kSquaredEccentricity = kFlattening * (2 - kFlattening);
constexpr int kCorners = 360;

/// Area between the equator and the latitude for one degree of longitude (Snyder 1987, equation 3-12, times b^2 / 2).
double zone_m2(double latitude_deg) {
  const double e = std::sqrt(kSquaredEccentricity);
  const double s = std::sin(latitude_deg * kRadian);
  const double b = kEquatorialRadius_m * (1 - kFlattening);
  return kRadian * b * b / 2 * (s / (1 - kSquaredEccentricity * s * s) + std::atanh(e * s) / e);
}

/// Twice the signed area of a triangle.
double turn(PlanePoint a, PlanePoint b, PlanePoint c) {
  return (b.longitude - a.longitude) * (c.latitude - a.latitude) - (b.latitude - a.latitude) * (c.longitude - a.longitude);
}

/// The integral of (zone - base) d(longitude) along an edge.
double under_edge(PlanePoint from, PlanePoint to, double base_m2) {
  const double width = to.longitude - from.longitude;
  const double height = to.latitude - from.latitude;
  if (width == 0) return 0;
  const int pieces = std::max(1, static_cast<int>(std::ceil(std::abs(height) * 2)));
  double sum = 0;
  for (int piece = 0; piece < pieces; ++piece) {
    const double south = from.latitude + height * piece / pieces;
    const double north = from.latitude + height * (piece + 1) / pieces;
    sum += (zone_m2(south) - base_m2) + 4 * (zone_m2((south + north) / 2) - base_m2) + (zone_m2(north) - base_m2);
  }
  return width * sum / (6 * pieces);
}

PlanePoint crossing(PlanePoint a, PlanePoint b, double side_a, double side_b) {
  const double t = side_a / (side_a - side_b);
  return {a.longitude + t * (b.longitude - a.longitude), a.latitude + t * (b.latitude - a.latitude)};
}

/// The part on the left of the line.
PlanePolygon left_of(PlanePolygon subject, PlanePoint from, PlanePoint to) {
  if (std::all_of(subject.begin(), subject.end(), [&](PlanePoint corner) { return turn(from, to, corner) >= 0; })) return subject;
  PlanePolygon result;
  result.reserve(subject.size() + 1);
  for (std::size_t i = 0; i < subject.size(); ++i) {
    const PlanePoint a = subject[i];
    const PlanePoint b = subject[(i + 1) % subject.size()];
    const double side_a = turn(from, to, a);
    const double side_b = turn(from, to, b);
    if (side_a >= 0) result.push_back(a);
    if ((side_a > 0 && side_b < 0) || (side_a < 0 && side_b > 0)) result.push_back(crossing(a, b, side_a, side_b));
  }
  return result;
}

}  // namespace

PlanePolygon rectangle(const Box& box) {
  return {{box.west, box.south}, {box.east, box.south}, {box.east, box.north}, {box.west, box.north}};
}

Box bounds(const PlanePolygon& polygon) {
  Box box{polygon.front().longitude, polygon.front().latitude, polygon.front().longitude, polygon.front().latitude};
  for (const PlanePoint& corner : polygon) {
    box.west = std::min(box.west, corner.longitude);
    box.east = std::max(box.east, corner.longitude);
    box.south = std::min(box.south, corner.latitude);
    box.north = std::max(box.north, corner.latitude);
  }
  return box;
}

PlanePolygon clipped(const PlanePolygon& subject, const PlanePolygon& convex) {
  PlanePolygon result = subject;
  for (std::size_t i = 0; i < convex.size() && !result.empty(); ++i) {
    result = left_of(std::move(result), convex[i], convex[(i + 1) % convex.size()]);
  }
  if (result.size() < 3 || !(area_deg2(result) > 0)) return {};
  return result;
}

double area_m2(const PlanePolygon& polygon) {
  if (polygon.size() < 3) return 0;
  const double base = zone_m2(polygon.front().latitude);
  double sum = 0;
  for (std::size_t i = 0; i < polygon.size(); ++i) sum -= under_edge(polygon[i], polygon[(i + 1) % polygon.size()], base);
  return sum;
}

double area_deg2(const PlanePolygon& polygon) {
  double twice = 0;
  for (std::size_t i = 2; i < polygon.size(); ++i) twice += turn(polygon[0], polygon[i - 1], polygon[i]);
  return twice / 2;
}

double m2_per_deg2(double latitude_deg) {
  const double s = std::sin(latitude_deg * kRadian);
  const double w = 1 - kSquaredEccentricity * s * s;
  return kRadian * kRadian * kEquatorialRadius_m * kEquatorialRadius_m * (1 - kSquaredEccentricity) * std::cos(latitude_deg * kRadian) / (w * w);
}

PlanePoint centroid(const PlanePolygon& polygon) {
  const PlanePoint origin = polygon.front();
  double twice = 0;
  PlanePoint sum;
  for (std::size_t i = 2; i < polygon.size(); ++i) {
    const double area = turn(origin, polygon[i - 1], polygon[i]);
    twice += area;
    sum.longitude += area * (polygon[i - 1].longitude - origin.longitude + polygon[i].longitude - origin.longitude) / 3;
    sum.latitude += area * (polygon[i - 1].latitude - origin.latitude + polygon[i].latitude - origin.latitude) / 3;
  }
  return {origin.longitude + sum.longitude / twice, origin.latitude + sum.latitude / twice};
}

bool contains(const PlanePolygon& convex, PlanePoint point) {
  for (std::size_t i = 0; i < convex.size(); ++i) {
    if (!(turn(convex[i], convex[(i + 1) % convex.size()], point) > 0)) return false;
  }
  return convex.size() >= 3;
}

std::optional<PlanePolygon> circle_polygon(const Circle& circle) {
  const double step = 360.0 / kCorners;
  // A circle this near a pole is not worth looking at; one around it is no polygon of the plane.
  if (90 - std::abs(circle.center.latitude) < 1.1 * circle.radius_m / 110574) return std::nullopt;
  const double reach_m = circle.radius_m * std::sqrt(step * kRadian / std::sin(step * kRadian));
  PlanePolygon polygon;
  for (int i = 0; i < kCorners; ++i) {
    const Position corner = destination(circle.center, -step * i, reach_m);
    polygon.push_back({circle.center.longitude + std::remainder(corner.longitude - circle.center.longitude, 360.0), corner.latitude});
  }
  for (std::size_t i = 0; i < polygon.size(); ++i) {
    if (!(turn(polygon[i], polygon[(i + 1) % polygon.size()], polygon[(i + 2) % polygon.size()]) > 0)) return std::nullopt;
  }
  return polygon;
}

}  // namespace presproof::geo
