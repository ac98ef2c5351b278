#include "smt/geometry.h"

#include <algorithm>

#include "base/fault.h"
#include "geo/geodesic.h"

namespace presproof::smt {
namespace {

constexpr int kAzimuths = 16;
/// Relative distance of sample points from a rim: well beyond the rounding of geodesics, well below what people draw.
constexpr double kBesideRim = 1e-4;
constexpr std::size_t kMaxSampledCircles = 40;

}  // namespace

bool Geometry::has(const geo::Position& place, const Pattern& pattern) const {
  const auto inside = [&](CircleId id) { return geo::completely_within(place, circles_[id]); };
  return std::all_of(pattern.inside.begin(), pattern.inside.end(), inside) &&
         std::none_of(pattern.outside.begin(), pattern.outside.end(), inside);
}

std::vector<Pattern> Geometry::exclusions(CircleId a, CircleId b) {
  if (a > b) std::swap(a, b);
  auto known = relations_.find({a, b});
  if (known == relations_.end()) known = relations_.emplace(std::pair(a, b), geo::relation(circles_[a], circles_[b])).first;
  if (seeded(Fault::geometry_overlapping_is_disjoint) && known->second == geo::CircleRelation::overlapping) return {Pattern{{a, b}, {}}};
  switch (known->second) {
    case geo::CircleRelation::disjoint: return {Pattern{{a, b}, {}}};
    case geo::CircleRelation::first_in_second: return {Pattern{{a}, {b}}};
    case geo::CircleRelation::second_in_first: return {Pattern{{b}, {a}}};
    case geo::CircleRelation::overlapping:
    case geo::CircleRelation::unsure: break;
  }
  return {};
}

/// The impossible pairs in the pattern.
std::vector<Pattern> Geometry::pairs(const Pattern& pattern) {
  std::vector<Pattern> found;
  const auto is_in = [](const std::vector<CircleId>& ids, CircleId id) { return std::find(ids.begin(), ids.end(), id) != ids.end(); };
  const auto look = [&](CircleId a, CircleId b) {
    for (Pattern& pair : exclusions(a, b)) {
      const bool here = std::all_of(pair.inside.begin(), pair.inside.end(), [&](CircleId id) { return is_in(pattern.inside, id); }) &&
                        std::all_of(pair.outside.begin(), pair.outside.end(), [&](CircleId id) { return is_in(pattern.outside, id); });
      if (here) found.push_back(std::move(pair));
    }
  };
  for (std::size_t i = 0; i < pattern.inside.size(); ++i) {
    for (std::size_t j = i + 1; j < pattern.inside.size(); ++j) look(pattern.inside[i], pattern.inside[j]);
    for (const CircleId other : pattern.outside) look(pattern.inside[i], other);
  }
  return found;
}

/// Centres first: they are written in the policy.
const geo::Position* Geometry::sample(const Pattern& pattern) {
  samples_.clear();
  std::vector<CircleId> ids = pattern.inside;
  ids.insert(ids.end(), pattern.outside.begin(), pattern.outside.end());
  if (ids.size() > kMaxSampledCircles) ids.resize(kMaxSampledCircles);
  for (const CircleId id : pattern.inside) samples_.push_back(circles_[id].center);
  for (const CircleId id : ids) {
    const geo::Circle& circle = circles_[id];
    for (const double factor : {1 - kBesideRim, 1 + kBesideRim, 0.5}) {
      for (int step = 0; step < kAzimuths; ++step) {
        samples_.push_back(geo::destination(circle.center, 360.0 * step / kAzimuths, circle.radius_m * factor));
      }
    }
  }
  const auto found = std::find_if(samples_.begin(), samples_.end(), [&](const geo::Position& place) { return has(place, pattern); });
  return found == samples_.end() ? nullptr : &*found;
}

/// With bounds rounded outward, or (`without_margins`) inward, so that a point has the pattern certainly.
Outcome Geometry::ask(const Pattern& pattern, bool without_margins, const Limits& limits, const Observer& observer, geo::Position& place) {
  if (seeded(Fault::geometry_bounds_inward)) without_margins = true;
  std::vector<HalfSpace> bounds;
  for (const CircleId id : pattern.inside) {
    const geo::CapBounds cap = geo::cap_bounds(circles_[id]);
    bounds.push_back({cap.axis, without_margins ? cap.outside_at_most : cap.inside_at_least, true, without_margins});
  }
  for (const CircleId id : pattern.outside) {
    const geo::CapBounds cap = geo::cap_bounds(circles_[id]);
    bounds.push_back({cap.axis, without_margins ? cap.inside_at_least : cap.outside_at_most, false, without_margins});
  }
  geo::UnitVector point{};
  const Outcome outcome = solvers_->find_point(bounds, limits, point);
  if (observer) observer(bounds, outcome);
  if (outcome == Outcome::sat) place = geo::position_of(point);
  return outcome;
}

/// A part of an impossible pattern that is impossible already. It keeps a circle to be inside of: a target that is nowhere
/// (unknown location) is outside of all circles, whatever they cover together.
Pattern Geometry::smaller(const Pattern& pattern, const Limits& limits, const Observer& observer) {
  constexpr std::size_t worth_trying = 12;
  Pattern core = pattern;
  if (core.inside.size() + core.outside.size() > worth_trying) return core;
  const auto drop = [&](std::vector<CircleId> Pattern::*side, std::size_t at_least) {
    for (std::size_t i = 0; i < (core.*side).size() && (core.*side).size() > at_least;) {
      Pattern without = core;
      (without.*side).erase((without.*side).begin() + static_cast<std::ptrdiff_t>(i));
      geo::Position ignored;
      if (ask(without, false, limits, observer, ignored) == Outcome::unsat) {
        core = std::move(without);
      } else {
        ++i;
      }
    }
  };
  drop(&Pattern::outside, 0);
  drop(&Pattern::inside, seeded(Fault::geometry_core_outside_of_all) ? 0 : 1);
  return core;
}

Placement Geometry::place(const Pattern& pattern, const Limits& limits, const Observer& observer) {
  if (std::vector<Pattern> impossible = pairs(pattern); !impossible.empty()) return Impossible{std::move(impossible)};
  if (const geo::Position* found = sample(pattern)) return *found;
  geo::Position place;
  switch (ask(pattern, false, limits, observer, place)) {
    case Outcome::unsat: return Impossible{{smaller(pattern, limits, observer)}};
    case Outcome::unknown: return Undetermined{};
    case Outcome::sat: break;
  }
  if (has(place, pattern)) return place;
  switch (ask(pattern, true, limits, observer, place)) {
    case Outcome::unsat: return seeded(Fault::geometry_margin_is_impossible) ? Placement(Impossible{{pattern}}) : InMargin{};
    case Outcome::unknown: return Undetermined{};
    case Outcome::sat: break;
  }
  // A point that exists, but lies closer to a rim than doubles can tell.
  if (!has(place, pattern)) return InMargin{};
  return place;
}

}  // namespace presproof::smt
