#include "verify/place_search.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>
#include <utility>

namespace presproof::verify {
namespace {

using geo::Box;
using geo::PlanePolygon;

constexpr double kMaxTiles = 60000;      // of one window
constexpr std::size_t kMaxCuts = 3'000'000;  // of one search
constexpr double kSmallestPiece = 1e-9;  // of a tile: lines nearer than that are the same line
constexpr double kRounding = 1e-12;      // of a radius from an area
constexpr int kMaxRatio = 24;            // whole numbers up to this are small
constexpr geo::Position kUsualPlace{48.1, 11.6};

geo::Position position_of(geo::PlanePoint point) { return {point.latitude, std::remainder(point.longitude, 360.0)}; }

std::optional<Box> common(const Box& a, const Box& b) {
  if (!a.meets(b)) return std::nullopt;
  return Box{std::max(a.west, b.west), std::max(a.south, b.south), std::min(a.east, b.east), std::min(a.north, b.north)};
}

/// The latitudes with grids, and those without, which matter where coordinates are rounded.
struct Band {
  Box box;
  std::optional<geo::LatitudeBand> grids;
};
std::vector<Band> bands() {
  std::vector<Band> all;
  for (const geo::LatitudeBand& band : geo::latitude_bands()) all.push_back({geo::box_of(band), band});
  all.push_back({{-180, 70, 180, 90}, {}});
  all.push_back({{-180, -90, 180, -70}, {}});
  return all;
}

/// After how many steps of the finest tiling all of them repeat; nothing when they do not soon.
std::optional<double> repetition(const std::vector<geo::Tiling>& tilings) {
  double steps = 1;
  for (const geo::Tiling& tiling : tilings) {
    if (!std::holds_alternative<geo::Grid>(tiling)) return std::nullopt;
    const double ratio = geo::period_of(tiling).latitude / geo::period_of(tilings.front()).latitude;
    int denominator = 1;
    while (denominator <= kMaxRatio && std::abs(ratio * denominator - std::round(ratio * denominator)) > 1e-9) ++denominator;
    if (denominator > kMaxRatio || ratio * denominator > kMaxRatio) return std::nullopt;
    steps = static_cast<double>(std::lcm(static_cast<int>(steps), static_cast<int>(std::round(ratio * denominator))));
  }
  return steps <= 4 * kMaxRatio ? std::optional(steps) : std::nullopt;
}

/// Looks at pieces, window by window.
class PieceSearch {
 public:
  /// Whether what is left is what is sought; certainly, or (`maybe`) within the error.
  using Test = std::function<bool(const Left&)>;
  PieceSearch(const Knowledge& knowledge, Pattern pattern, Test sought, Test surely_not, const smt::Limits& limits)
      : knowledge_(knowledge), pattern_(pattern), sought_(std::move(sought)), surely_not_(std::move(surely_not)), limits_(limits) {
    for (std::size_t i = 0; i < knowledge.regions().circles.size(); ++i) all_circles_.push_back(i);
  }

  void look_at(const Box& window);
  [[nodiscard]] bool complete() const { return complete_; }
  void give_up() { complete_ = false; }
  [[nodiscard]] const std::optional<Place>& found() const { return found_; }
  /// Of the pieces looked at since the last call.
  [[nodiscard]] double take_smallest_deg2() { return std::exchange(smallest_deg2_, std::numeric_limits<double>::infinity()); }

 private:
  void narrow(const PlanePolygon& piece, const std::vector<geo::Tiling>& tilings, std::size_t next, double tile_deg2);
  void consider(const PlanePolygon& piece, std::size_t tilings);
  [[nodiscard]] std::optional<geo::Position> place_in(const PlanePolygon& piece) const;
  [[nodiscard]] bool has_pattern(geo::Position place) const { return knowledge_.regions().pattern_at(place) == pattern_; }
  [[nodiscard]] geo::Position rounded(geo::Position exact, const PlanePolygon& piece) const;

  const Knowledge& knowledge_;
  Pattern pattern_;
  Test sought_;
  Test surely_not_;
  const smt::Limits& limits_;
  std::vector<std::size_t> all_circles_;
  std::optional<Place> found_;
  double smallest_deg2_ = std::numeric_limits<double>::infinity();
  std::size_t cuts_ = 0;
  bool complete_ = true;
};

void PieceSearch::look_at(const Box& window) {
  for (const Band& band : bands()) {
    const auto box = common(window, band.box);
    if (!box) continue;
    const std::vector<geo::Tiling> tilings = knowledge_.tilings(band.grids);
    if (tilings.empty()) continue;
    if (limits_.passed() || geo::tiles_about(*box, tilings.front()) > kMaxTiles) {
      complete_ = false;
      continue;
    }
    const PlanePolygon all = geo::rectangle(band.box);
    for (const PlanePolygon& tile : geo::tiles_in(*box, tilings.front())) {
      narrow(geo::clipped(tile, all), tilings, 1, geo::area_deg2(tile));
    }
  }
}

void PieceSearch::narrow(const PlanePolygon& piece, const std::vector<geo::Tiling>& tilings, std::size_t next, double tile_deg2) {
  if (piece.empty() || geo::area_deg2(piece) < kSmallestPiece * tile_deg2) return;
  if (next == tilings.size()) return consider(piece, tilings.size());
  if (geo::tiles_about(geo::bounds(piece), tilings[next]) > kMaxTiles || cuts_ > kMaxCuts) return give_up();
  for (const PlanePolygon& tile : geo::tiles_in(geo::bounds(piece), tilings[next])) {
    ++cuts_;
    narrow(geo::clipped(piece, tile), tilings, next + 1, tile_deg2);
  }
}

void PieceSearch::consider(const PlanePolygon& piece, std::size_t tilings) {
  smallest_deg2_ = std::min(smallest_deg2_, geo::area_deg2(piece));
  const auto left = knowledge_.left_in(piece, tilings);
  if (left && (surely_not_(*left) || (found_ && left->radius_m >= found_->left.radius_m))) return;
  // The piece counts only when it has a place with the pattern.
  const std::array<Pattern, 1> here = {pattern_};
  const auto part = knowledge_.area_with(piece, all_circles_, here);
  if (part && part->m2 <= kSmallestPiece * geo::area_m2(piece)) return;
  const auto place = left && sought_(*left) ? place_in(piece) : std::nullopt;
  if (!place) {
    complete_ = false;
    return;
  }
  const auto at_place = knowledge_.left_at(*place);
  // Nearer to a line than doubles can tell: another piece than was meant.
  if (!at_place || !sought_(*at_place)) return;
  found_ = Place{*place, *at_place};
}

/// The middle, that of the part inside of the circles of the pattern, or a corner seen from one of these.
std::optional<geo::Position> PieceSearch::place_in(const PlanePolygon& piece) const {
  PlanePolygon part = piece;
  for (std::size_t i = 0; i < all_circles_.size(); ++i) {
    const auto& circle = knowledge_.regions().polygons[i];
    if ((pattern_ >> i & 1U) == 0 || !circle) continue;
    PlanePolygon here = *circle;
    const double turns = std::round((piece.front().longitude - here.front().longitude) / 360);
    for (geo::PlanePoint& corner : here) corner.longitude += 360 * turns;
    part = geo::clipped(part, here);
    if (part.empty()) return std::nullopt;
  }
  const geo::PlanePoint middle = geo::centroid(part);
  std::vector<geo::PlanePoint> candidates = {middle};
  for (const double share : {0.5, 0.1, 0.01, 0.001}) {
    for (std::size_t i = 0; i < part.size(); ++i) {
      const geo::PlanePoint next = part[(i + 1) % part.size()];
      for (const double along : {0.0, 0.5}) {
        const geo::PlanePoint rim{part[i].longitude + along * (next.longitude - part[i].longitude), part[i].latitude + along * (next.latitude - part[i].latitude)};
        candidates.push_back({rim.longitude + share * (middle.longitude - rim.longitude), rim.latitude + share * (middle.latitude - rim.latitude)});
      }
    }
  }
  for (const geo::PlanePoint& candidate : candidates) {
    if (geo::contains(piece, candidate) && has_pattern(position_of(candidate))) return rounded(position_of(candidate), piece);
  }
  return std::nullopt;
}

geo::Position PieceSearch::rounded(geo::Position exact, const PlanePolygon& piece) const {
  for (int decimals = 0; decimals <= 9; ++decimals) {
    const double scale = std::pow(10.0, decimals);
    const geo::Position place{std::round(exact.latitude * scale) / scale, std::round(exact.longitude * scale) / scale};
    if (geo::contains(piece, {place.longitude, place.latitude}) && has_pattern(place)) return place;
  }
  return exact;
}

/// A circle's box, at each turn of the earth that it reaches.
std::vector<Box> boxes_of(const PlanePolygon& circle) {
  const Box box = geo::bounds(circle);
  std::vector<Box> boxes;
  for (const double turn : {-360.0, 0.0, 360.0}) {
    if (const auto part = common({box.west + turn, box.south, box.east + turn, box.north}, {-180, -90, 180, 90})) boxes.push_back(*part);
  }
  return boxes;
}

/// So many steps of the finest tiling around the usual place.
std::optional<Box> around_usual_place(const Knowledge& knowledge, double steps) {
  const auto tilings = knowledge.tilings(geo::band_at(kUsualPlace.latitude));
  if (tilings.empty()) return std::nullopt;
  const geo::PlanePoint step = geo::period_of(tilings.front());
  return common({kUsualPlace.longitude - steps / 2 * step.longitude, kUsualPlace.latitude - steps / 2 * step.latitude,
                 kUsualPlace.longitude + steps / 2 * step.longitude, kUsualPlace.latitude + steps / 2 * step.latitude},
                {-180, -90, 180, 90});
}

/// Whether windows of one repetition show that no piece of a band is small enough.
bool band_is_certain(PieceSearch& search, const Knowledge& knowledge, const geo::LatitudeBand& band, const Bound& bound) {
  const auto tilings = knowledge.tilings(band);
  const auto repeats = repetition(tilings);
  // Without a repetition the windows are a sample.
  const double steps = repeats.value_or(40);
  const geo::PlanePoint step = geo::period_of(tilings.front());
  const geo::PlanePoint coarse = geo::period_of(tilings.back());
  const double wide = (steps + 1) * step.longitude;
  const double poleward = band.to_deg - (steps + 1) * step.latitude - 2 * coarse.latitude;
  const double equatorward = band.from_deg + 2 * coarse.latitude;
  (void)search.take_smallest_deg2();
  for (const double west : {kUsualPlace.longitude, 180 - wide - 2 * coarse.longitude}) {
    search.look_at({west, std::max(poleward, band.from_deg), std::min(west + wide + 2 * coarse.longitude, 180.0), band.to_deg});
    if (band.from_deg > 0) search.look_at({west, band.from_deg, std::min(west + wide + 2 * coarse.longitude, 180.0), std::min(equatorward, band.to_deg)});
    if (search.found()) return false;
  }
  const double least_m2 = search.take_smallest_deg2() * geo::m2_per_deg2(band.to_deg);
  return repeats && bound.is_not_below({radius_of_m(least_m2), least_m2, 0, std::nullopt});
}

void look_at_all_the_earth(PieceSearch& search, const Knowledge& knowledge, const Bound& bound) {
  for (const double steps : {6.0, 40.0}) {
    if (const auto box = around_usual_place(knowledge, steps); box && !search.found()) search.look_at(*box);
  }
  for (const geo::LatitudeBand& band : geo::latitude_bands()) {
    if (search.found()) return;
    if (band.to_deg <= 0) continue;  // a mirror image
    if (!band_is_certain(search, knowledge, band, bound)) search.give_up();
  }
  // Roundings have places beyond the grids, where they grow narrow.
  if (knowledge.tilings(std::nullopt).size() > 1) search.give_up();
}

/// The smallest of the circles that the pattern is inside of.
std::optional<std::size_t> smallest_inside(const Regions& regions, Pattern pattern) {
  std::optional<std::size_t> smallest;
  for (std::size_t i = 0; i < regions.circles.size(); ++i) {
    if ((pattern >> i & 1U) == 0) continue;
    if (!smallest || regions.circles[i].radius_m < regions.circles[*smallest].radius_m) smallest = i;
  }
  return smallest;
}

void look_at_circle(PieceSearch& search, const Knowledge& knowledge, std::size_t circle) {
  const Regions& regions = knowledge.regions();
  const bool grids_end = std::abs(regions.circles[circle].center.latitude) - regions.circles[circle].radius_m / 110000 > 70;
  if (grids_end && knowledge.tilings(std::nullopt).empty()) return;
  if (!regions.polygons[circle]) return search.give_up();
  for (const Box& box : boxes_of(*regions.polygons[circle])) search.look_at(box);
}

/// Whether a place with the pattern may lie beyond 70 degrees of latitude.
bool may_be_beyond_grids(const Regions& regions, std::optional<std::size_t> inside) {
  if (!inside) return true;
  const geo::Circle& circle = regions.circles[*inside];
  return std::abs(circle.center.latitude) + circle.radius_m / 110000 > 70;
}

/// Places beyond 70 degrees, and where the grids begin, for a pattern outside of all circles.
constexpr std::array<geo::Position, 3> kFarPlaces = {{{80, 11.6}, {-80, 11.6}, kUsualPlace}};

}  // namespace

bool Bound::is_below(const Left& left) const {
  if (left.nominal_m) return *left.nominal_m < nominal_m;
  return left.area_m2 && radius_of_m(*left.area_m2 + left.error_m2) < radius_m * (1 - kRounding);
}

bool Bound::is_not_below(const Left& left) const {
  if (left.nominal_m) return *left.nominal_m >= nominal_m;
  return !left.area_m2 || radius_of_m(*left.area_m2 - left.error_m2) >= radius_m * (1 - kRounding);
}

Search find_below(const Knowledge& knowledge, Pattern pattern, geo::Position known, const Bound& bound, const smt::Limits& limits) {
  const auto here = knowledge.left_at(known);
  if (!here) return {};
  if (knowledge.leaves_nothing() || knowledge.shown().empty()) {  // the same everywhere
    if (bound.is_below(*here)) return {Place{known, *here}, true};
    return {std::nullopt, bound.is_not_below(*here)};
  }
  const Left alone = knowledge.left_by_first();
  const bool only_one = knowledge.shown().size() == 1;
  if (only_one && !knowledge.tells_region()) {
    if (bound.is_not_below(alone)) return {std::nullopt, true};
    if (bound.is_below(*here)) return {Place{known, *here}, true};
  }
  PieceSearch search(
      knowledge, pattern, [&](const Left& left) { return bound.is_below(left); }, [&](const Left& left) { return bound.is_not_below(left); }, limits);
  const auto inside = smallest_inside(knowledge.regions(), pattern);
  if (inside) {
    look_at_circle(search, knowledge, *inside);
  } else {
    for (const std::size_t circle : knowledge.mattering()) look_at_circle(search, knowledge, circle);
    if (!only_one && !search.found()) look_at_all_the_earth(search, knowledge, bound);
  }
  if (search.found()) return {search.found(), true};
  if (bound.is_below(*here)) return {Place{known, *here}, true};
  // Far from all circles one radius alone is what is left; beyond the grids, what the regions tell.
  if (only_one && !inside && !bound.is_not_below(alone)) search.give_up();
  const auto beyond = knowledge.left_by_region();
  if (may_be_beyond_grids(knowledge.regions(), inside) && (!beyond || !bound.is_not_below(*beyond))) search.give_up();
  return {std::nullopt, search.complete()};
}

Search find_not_below(const Knowledge& knowledge, Pattern pattern, geo::Position known, const Bound& bound, const smt::Limits& limits) {
  const Regions& regions = knowledge.regions();
  const auto inside = smallest_inside(regions, pattern);
  std::vector<geo::Position> places = {known};
  if (!inside) places.insert(places.end(), kFarPlaces.begin(), kFarPlaces.end());
  bool certain = true;
  for (const geo::Position& place : places) {
    if (regions.pattern_at(place) != pattern) continue;
    const auto left = knowledge.left_at(place);
    if (left && bound.is_not_below(*left)) return {Place{place, *left}, true};
    certain = certain && left && bound.is_below(*left);
  }
  const bool beyond_grids = may_be_beyond_grids(regions, inside);
  if (knowledge.leaves_nothing() || knowledge.shown().empty()) return {std::nullopt, certain};
  if (knowledge.shown().size() == 1 && !knowledge.tells_region()) {
    return {std::nullopt, certain && (!beyond_grids || knowledge.shown().front().rounding)};
  }
  PieceSearch search(
      knowledge, pattern, [&](const Left& left) { return bound.is_not_below(left); }, [&](const Left& left) { return bound.is_below(left); }, limits);
  if (inside) {
    look_at_circle(search, knowledge, *inside);
  } else {
    search.give_up();
    if (const auto box = around_usual_place(knowledge, 6)) search.look_at(*box);
  }
  if (search.found()) return {search.found(), true};
  // No piece is larger than a cell of the finest grid: 1 / 3 of its radius squared, and 1.5 percent for the ellipsoid.
  const bool some_grid = !knowledge.shown().front().rounding && !beyond_grids;
  const double largest_m2 = 1.015 / 3 * knowledge.shown().front().radius_m * knowledge.shown().front().radius_m;
  const bool small = some_grid && knowledge.shown().size() > 1 && bound.is_below({radius_of_m(largest_m2), largest_m2, 0, std::nullopt});
  return {std::nullopt, small || (certain && search.complete() && !beyond_grids)};
}

}  // namespace presproof::verify
