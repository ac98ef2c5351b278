#include "verify/knowledge.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numbers>

#include "geo/geodesic.h"
#include "property/property.h"

namespace presproof::verify {
namespace {

/// How far a circle_polygon()'s rim is from the circle's, relative to the radius.
constexpr double kRimError = 6e-5;
/// Of what is the same up to rounding.
constexpr double kSame = 1e-9;
constexpr double kMetresPerDegree = 111700;  // at most, of latitude or longitude

bool is_line(const GeodeticShown& shown) { return shown.rounding && (!shown.rounding->latitude_deg || !shown.rounding->longitude_deg); }

void sort_unique(std::vector<Pattern>& patterns) {
  std::sort(patterns.begin(), patterns.end());
  patterns.erase(std::unique(patterns.begin(), patterns.end()), patterns.end());
}

/// The pattern over the circles given by number.
Pattern over(std::span<const std::size_t> circles, Pattern pattern) {
  Pattern result = 0;
  for (std::size_t k = 0; k < circles.size(); ++k) result |= ((pattern >> circles[k]) & 1U) << k;
  return result;
}

std::vector<Pattern> over(std::span<const std::size_t> circles, const std::vector<Pattern>& patterns) {
  std::vector<Pattern> result;
  for (const Pattern pattern : patterns) result.push_back(over(circles, pattern));
  sort_unique(result);
  return result;
}

bool disjoint(const std::vector<Pattern>& a, const std::vector<Pattern>& b) {
  return std::none_of(a.begin(), a.end(), [&](Pattern each) { return std::binary_search(b.begin(), b.end(), each); });
}

/// The part of the tiles inside of a circle, whichever turn of the earth its polygon is at.
geo::PlanePolygon inside_of(const geo::PlanePolygon& circle, const geo::Box& bounds, const geo::PlanePolygon& tiles) {
  const geo::Box there = geo::bounds(tiles);
  const double turns = 360 * std::round(((there.west + there.east) - (bounds.west + bounds.east)) / 720);
  if (!there.meets({bounds.west + turns, bounds.south, bounds.east + turns, bounds.north})) return {};
  if (turns == 0) return geo::clipped(tiles, circle);
  geo::PlanePolygon beside = circle;
  for (geo::PlanePoint& corner : beside) corner.longitude += turns;
  return geo::clipped(tiles, beside);
}

double perimeter_at_most_m(const geo::PlanePolygon& convex) {
  const geo::Box box = geo::bounds(convex);
  return 2 * kMetresPerDegree * (box.east - box.west + box.north - box.south);
}

}  // namespace

double radius_of_m(double area_m2) { return std::sqrt(std::max(area_m2, 0.0) / std::numbers::pi); }

Regions::Regions(std::vector<geo::Circle> the_circles) : circles(std::move(the_circles)) {
  for (const geo::Circle& circle : circles) {
    polygons.push_back(geo::circle_polygon(circle));
    boxes.push_back(polygons.back() ? geo::bounds(*polygons.back()) : geo::Box{});
  }
}

Pattern Regions::pattern_at(geo::Position place) const {
  Pattern pattern = 0;
  for (std::size_t i = 0; i < circles.size(); ++i) pattern |= (geo::completely_within(place, circles[i]) ? 1U : 0U) << i;
  return pattern;
}

Knowledge::Knowledge(std::vector<GeodeticShown> shown, const Regions& regions, std::vector<Pattern> alike, bool effective)
    : shown_(std::move(shown)), regions_(&regions), effective_(effective) {
  std::sort(shown_.begin(), shown_.end(), [](const GeodeticShown& a, const GeodeticShown& b) { return a.radius_m < b.radius_m; });
  std::vector<Pattern> others;
  std::set_difference(regions.possible.begin(), regions.possible.end(), alike.begin(), alike.end(), std::back_inserter(others));
  for (std::size_t i = 0; i < regions.circles.size(); ++i) mattering_.push_back(i);
  // A circle does not matter when the rest of the pattern tells alike from others.
  for (std::size_t i = 0; i < regions.circles.size(); ++i) {
    std::vector<std::size_t> without = mattering_;
    std::erase(without, i);
    if (disjoint(over(without, alike), over(without, others))) mattering_ = std::move(without);
  }
  alike_ = over(mattering_, alike);
  if (mattering_.size() == 1 && alike_ == std::vector<Pattern>{1}) inside_ = mattering_.front();
}

bool Knowledge::leaves_nothing() const {
  const bool more = shown_.size() > 1 || tells_region();
  return std::any_of(shown_.begin(), shown_.end(), [&](const GeodeticShown& shown) { return shown.rounding ? more && is_line(shown) : shown.radius_m == 0; });
}

Left Knowledge::left_by(const GeodeticShown& shown) const {
  const double radius = effective_ ? shown.radius_m * property::kEffectiveRadius : shown.radius_m;
  return {radius, std::numbers::pi * radius * radius, 0, shown.radius_m};
}

Left Knowledge::left_by_first() const { return left_by(shown_.front()); }

std::vector<geo::Tiling> Knowledge::tilings(const std::optional<geo::LatitudeBand>& band) const {
  std::vector<geo::Tiling> result;
  for (const GeodeticShown& shown : shown_) {
    if (shown.rounding) {
      result.emplace_back(geo::Rounding{shown.rounding->latitude_deg.value_or(0), shown.rounding->longitude_deg.value_or(0)});
    } else if (band && shown.radius_m > 0) {
      const auto grid = geo::grid_for((band->from_deg + band->to_deg) / 2, shown.radius_m);
      if (grid) result.emplace_back(*grid);
    }
  }
  std::stable_sort(result.begin(), result.end(), [](const geo::Tiling& a, const geo::Tiling& b) {
    return geo::period_of(a).latitude * geo::period_of(a).longitude < geo::period_of(b).latitude * geo::period_of(b).longitude;
  });
  return result;
}

std::optional<Left> Knowledge::left_at(geo::Position place) const {
  if (leaves_nothing()) return Left{0, 0, 0, std::nullopt};
  const auto band = geo::band_at(place.latitude);
  const std::vector<geo::Tiling> cuts = tilings(band);
  if (cuts.empty()) return left_by_region();
  if (is_line(shown_.front())) return left_by_first();  // it is alone
  geo::PlanePolygon tiles = geo::rectangle(band ? geo::box_of(*band) : geo::Box{-180, -90, 180, 90});
  for (const geo::Tiling& cut : cuts) tiles = geo::clipped(geo::tile_at(place, cut), tiles);
  return left_in(tiles, cuts.size());
}

std::optional<Left> Knowledge::left_in(const geo::PlanePolygon& tiles, std::size_t tilings) const {
  const double whole = geo::area_m2(tiles);
  Area area{whole, 0};
  if (tells_region()) {
    const auto measured = area_with(tiles, mattering_, alike_);
    if (!measured) return std::nullopt;
    area = *measured;
    // All of one circle is left, which is known better than its polygon.
    if (inside_ && area.m2 >= geo::area_m2(*regions_->polygons[*inside_]) * (1 - kSame)) return left_by_region();
  }
  if (tilings == 1 && area.m2 >= whole * (1 - kSame)) {
    // Beyond the grids a rounding may be the only one of several that is there.
    const auto finite = std::find_if(shown_.begin(), shown_.end(), [&](const GeodeticShown& shown) { return shown_.size() == 1 || shown.rounding; });
    if (finite == shown_.end()) return std::nullopt;
    return left_by(*finite);
  }
  return Left{radius_of_m(area.m2), area.m2, area.error_m2, std::nullopt};
}

std::optional<Left> Knowledge::left_by_region() const {
  if (!tells_region()) return Left{std::numeric_limits<double>::infinity(), std::nullopt, 0, std::nullopt};
  if (inside_) {
    const double radius = regions_->circles[*inside_].radius_m;
    return Left{radius, std::numbers::pi * radius * radius, 0, std::nullopt};
  }
  const auto area = area_with(std::nullopt, mattering_, alike_);
  if (!area) return std::nullopt;
  return Left{radius_of_m(area->m2), area->m2, area->error_m2, std::nullopt};
}

std::optional<Knowledge::Area> Knowledge::area_with(const std::optional<geo::PlanePolygon>& tiles, std::span<const std::size_t> circles,
                                                    std::span<const Pattern> patterns) const {
  Area result;
  // The area inside of every set of circles, then by inclusion and exclusion that of every exact pattern.
  std::vector<std::optional<geo::PlanePolygon>> parts(std::size_t{1} << circles.size());
  std::vector<double> areas(parts.size(), 0);
  parts[0] = tiles;
  areas[0] = tiles ? geo::area_m2(*tiles) : geo::kEarth_m2;
  if (tiles && geo::bounds(*tiles).east - geo::bounds(*tiles).west > 180) return std::nullopt;
  for (std::size_t set = 1; set < parts.size(); ++set) {
    const std::size_t top = std::bit_width(set) - 1;
    const std::size_t rest = set ^ (std::size_t{1} << top);
    const auto& circle = regions_->polygons[circles[top]];
    if (!circle) return std::nullopt;
    const auto& base = parts[rest];
    if (!base) {  // all the earth
      parts[set] = circle;
    } else if (base->empty()) {
      parts[set] = geo::PlanePolygon{};
    } else {
      parts[set] = inside_of(*circle, regions_->boxes[circles[top]], *base);
    }
    areas[set] = geo::area_m2(*parts[set]);
    const bool cut = areas[set] > kSame * areas[rest] && areas[set] < (1 - kSame) * areas[rest];
    if (rest != 0 || !cut) continue;
    const double radius = regions_->circles[circles[top]].radius_m;
    result.error_m2 += kRimError * radius * std::min(7 * radius, tiles ? perimeter_at_most_m(*tiles) : 7 * radius);
  }
  for (std::size_t k = 0; k < circles.size(); ++k) {
    for (std::size_t set = 0; set < areas.size(); ++set) {
      if ((set >> k & 1U) == 0) areas[set] -= areas[set | (std::size_t{1} << k)];
    }
  }
  for (const Pattern pattern : patterns) result.m2 += std::max(areas[pattern], 0.0);
  return result;
}

}  // namespace presproof::verify
