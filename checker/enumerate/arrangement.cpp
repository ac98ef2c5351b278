#include "enumerate/arrangement.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <set>

#include "geo/cap.h"
#include "geo/fan.h"
#include "geo/geodesic.h"

namespace presproof::enumerate {
namespace {

using geo::Circle;
using geo::Position;

constexpr double kLongestStep_m = 100;
constexpr double kShortestStep_m = 1e-4;
/// A side of a rim is told by more than this: a thousand times the error of a distance.
constexpr double kSide_m = 1e-6;
/// Beyond, a place at that distance along a geodesic may be nearer by another (the cut locus), and a rim be no simple curve.
constexpr double kSimpleRim_m = 19.9e6;

double distance_to_rim_m(Position place, const Circle& circle) { return geo::distance_m(place, circle.center) - circle.radius_m; }

/// Whether the place is inside, or outside, by more than any doubt.
bool is_on_side(Position place, const Circle& circle, bool inside) {
  const double beyond_m = distance_to_rim_m(place, circle);
  return inside ? beyond_m < -kSide_m : beyond_m > kSide_m;
}

double direction_deg(double first_deg, double first_sign, double second_deg, double second_sign) {
  const double a = first_deg * std::numbers::pi / 180;
  const double b = second_deg * std::numbers::pi / 180;
  const double north = first_sign * std::cos(a) + second_sign * std::cos(b);
  const double east = first_sign * std::sin(a) + second_sign * std::sin(b);
  return std::atan2(east, north) * 180 / std::numbers::pi;
}

}  // namespace

Arrangements::CircleId Arrangements::add(const Circle& circle) {
  // Adding zero makes -0.0 the same as 0.0.
  const std::pair key{std::pair{circle.center.latitude + 0.0, circle.center.longitude + 0.0}, circle.radius_m + 0.0};
  const auto [place, is_new] = known_.try_emplace(key, static_cast<CircleId>(circles_.size()));
  if (is_new) circles_.push_back(circle);
  return place->second;
}

/// Without one a circle holds every place, or none.
bool Arrangements::has_rim(const Circle& circle) const { return circle.radius_m >= 0 && circle.radius_m < geo::kHalfCircumference_m; }

/// Walks along the smaller rim, from where it is nearest to the other centre, and looks where it enters or leaves the other circle.
Arrangements::Pair Arrangements::find_crossings(const Circle& first, const Circle& second) const {
  if (!has_rim(first) || !has_rim(second)) return {};
  switch (geo::relation(first, second)) {
    case geo::CircleRelation::disjoint:
    case geo::CircleRelation::first_in_second:
    case geo::CircleRelation::second_in_first: return {};
    case geo::CircleRelation::unsure: return {{}, false};
    case geo::CircleRelation::overlapping: break;
  }
  const bool first_is_smaller = first.radius_m <= second.radius_m;
  const Circle& walked = first_is_smaller ? first : second;
  const Circle& other = first_is_smaller ? second : first;
  // On a sphere two rims cross twice at most; so do those of convex discs here. Larger ones are looked at more closely.
  const int steps = other.radius_m < geo::kConvexityRadius_m ? 36 : 720;
  const double start_deg = geo::azimuth_deg(walked.center, other.center);
  const auto at = [&](double turn_deg) { return geo::destination(walked.center, start_deg + turn_deg, walked.radius_m); };
  const auto is_inside = [&](double turn_deg) { return distance_to_rim_m(at(turn_deg), other) <= 0; };
  Pair found;
  bool before = is_inside(0);
  for (int step = 1; step <= steps; ++step) {
    double low = 360.0 * (step - 1) / steps;
    double high = 360.0 * step / steps;
    const bool after = step == steps ? is_inside(0) : is_inside(high);
    if (before != after) {
      constexpr int halvings = 52;
      for (int i = 0; i < halvings; ++i) {
        const double middle = (low + high) / 2;
        (is_inside(middle) == before ? low : high) = middle;
      }
      const Position place = at(high);
      found.crossings.push_back({place, geo::azimuth_deg(place, first.center), geo::azimuth_deg(place, second.center)});
    }
    before = after;
  }
  found.certain = !found.crossings.empty();  // else they overlap in less than a step
  return found;
}

const Arrangements::Pair& Arrangements::pair(CircleId first, CircleId second) {
  const auto known = pairs_.find({first, second});
  if (known != pairs_.end()) return known->second;
  return pairs_.emplace(std::pair(first, second), find_crossings(circles_[first], circles_[second])).first->second;
}

/// Whether the rims of all but two circles are farther away than this.
bool Arrangements::is_clear(Position place, std::span<const CircleId> ids, CircleId but, CircleId and_but, double by_m) const {
  return std::none_of(ids.begin(), ids.end(), [&](CircleId id) {
    if (id == but || id == and_but || !has_rim(circles_[id])) return false;
    const auto& [center, radius_m] = circles_[id];
    return geo::is_within_m(place, center, radius_m + by_m) && !geo::is_within_m(place, center, radius_m - by_m);
  });
}

bool Arrangements::around(const Crossing& crossing, CircleId first, CircleId second, std::span<const CircleId> ids,
                          std::vector<Position>& places) const {
  const double longest_m = std::min(kLongestStep_m, std::min(circles_[first].radius_m, circles_[second].radius_m) / 100);
  for (double step_m = longest_m; step_m >= kShortestStep_m; step_m /= 10) {
    if (!is_clear(crossing.place, ids, first, second, 2 * step_m)) continue;
    std::array<Position, 4> steps;
    bool all_told = true;
    for (std::size_t i = 0; i < steps.size(); ++i) {
      const bool in_first = i % 2 == 0;
      const bool in_second = i < 2;
      const double towards = direction_deg(crossing.to_first_deg, in_first ? 1 : -1, crossing.to_second_deg, in_second ? 1 : -1);
      steps[i] = geo::destination(crossing.place, towards, step_m);
      all_told = all_told && is_on_side(steps[i], circles_[first], in_first) && is_on_side(steps[i], circles_[second], in_second);
    }
    if (!all_told) continue;
    places.insert(places.end(), steps.begin(), steps.end());
    return true;
  }
  return false;
}

bool Arrangements::beside(CircleId id, std::span<const CircleId> ids, std::vector<Position>& places) const {
  const Circle& circle = circles_[id];
  // The centre alone is the inside of a circle of no radius.
  const bool is_point = circle.radius_m == 0;
  for (double step_m = is_point ? kLongestStep_m : std::min(kLongestStep_m, circle.radius_m / 100); step_m >= kShortestStep_m; step_m /= 10) {
    constexpr int azimuths = 16;
    for (int i = 0; i < azimuths; ++i) {
      const double azimuth_deg = 360.0 * i / azimuths + 1;
      const Position rim = geo::destination(circle.center, azimuth_deg, circle.radius_m);
      if (!is_clear(rim, ids, id, id, 2 * step_m)) continue;
      const Position within = is_point ? circle.center : geo::destination(circle.center, azimuth_deg, circle.radius_m - step_m);
      const Position without = geo::destination(circle.center, azimuth_deg, circle.radius_m + step_m);
      if ((!is_point && !is_on_side(within, circle, true)) || !is_on_side(without, circle, false)) continue;
      places.insert(places.end(), {within, without});
      return true;
    }
  }
  return false;
}

Arrangement Arrangements::make(const std::vector<CircleId>& ids, Budget& budget) {
  constexpr std::uint64_t distances_of_a_crossing = 250;
  Arrangement made;
  std::vector<Position> places;
  for (const CircleId id : ids) places.push_back(circles_[id].center);
  std::vector<bool> is_crossed(ids.size());
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const bool simple = !has_rim(circles_[ids[i]]) || circles_[ids[i]].radius_m < kSimpleRim_m;
    made.certain = made.certain && simple && budget.spend(ids.size());
    for (std::size_t j = i + 1; j < ids.size() && !budget.exhausted(); ++j) {
      const Pair& both = pair(ids[i], ids[j]);
      made.certain = made.certain && both.certain;
      if (both.certain && both.crossings.empty()) continue;
      is_crossed[i] = is_crossed[j] = true;
      for (const Crossing& crossing : both.crossings) {
        made.certain = budget.spend(ids.size() + distances_of_a_crossing) && around(crossing, ids[i], ids[j], ids, places) && made.certain;
      }
    }
    const bool alone = has_rim(circles_[ids[i]]) && !is_crossed[i];
    if (alone) made.certain = budget.spend(ids.size()) && beside(ids[i], ids, places) && made.certain;
  }
  made.certain = budget.spend(ids.size() * places.size()) && made.certain;
  if (budget.exhausted()) return {{}, false};
  std::set<std::vector<bool>> seen;
  for (const Position& place : places) {
    std::vector<bool> inside;
    for (const CircleId id : ids) inside.push_back(geo::completely_within(place, circles_[id]));
    if (seen.insert(std::move(inside)).second) made.places.push_back(place);
  }
  return made;
}

const Arrangement& Arrangements::of(const std::vector<CircleId>& ids, Budget& budget) {
  const auto known = made_.find(ids);
  if (known != made_.end()) return known->second;
  Arrangement made = make(ids, budget);
  if (!budget.exhausted()) return made_.emplace(ids, std::move(made)).first->second;
  static const Arrangement kGivenUp{{}, false};
  return kGivenUp;
}

}  // namespace presproof::enumerate
