#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <variant>
#include <vector>

#include "geo/cap.h"
#include "geo/position.h"
#include "smt/solver.h"

/// Which patterns of "inside these circles, outside of those" exist on earth.
///
/// A pattern exists when a place is found that real geodesics put there: among centres and points at the rims, else where nlsat finds one. It
/// does not exist when no point of the unit sphere is in the caps with their bounds rounded outward (geo/cap.h). Between the two lie
/// patterns that only the rounding margins could hold: those are neither proved nor refuted.
namespace presproof::smt {

using CircleId = std::uint32_t;

struct Pattern {
  std::vector<CircleId> inside;
  std::vector<CircleId> outside;
  friend auto operator<=>(const Pattern&, const Pattern&) = default;
};

/// No place has any of these patterns.
struct Impossible {
  std::vector<Pattern> patterns;
};
/// A place might have the pattern in the margins alone; none was found.
struct InMargin {};
/// The solver gave up.
struct Undetermined {};
using Placement = std::variant<geo::Position, Impossible, InMargin, Undetermined>;

class Geometry {
 public:
  /// Sees each problem that nlsat is given, and its answer.
  using Observer = std::function<void(std::span<const HalfSpace>, Outcome)>;
  Geometry(std::span<const geo::Circle> circles, SolverFactory& solvers) : circles_(circles), solvers_(&solvers) {}

  /// A place with the pattern, or why there is none. At least one circle must be to be inside of.
  [[nodiscard]] Placement place(const Pattern& pattern, const Limits& limits, const Observer& observer);
  /// By real geodesics.
  [[nodiscard]] bool has(const geo::Position& place, const Pattern& pattern) const;
  /// What two circles are to each other, as impossible patterns; none when they overlap or the margin decides.
  [[nodiscard]] std::vector<Pattern> exclusions(CircleId a, CircleId b);

 private:
  [[nodiscard]] std::vector<Pattern> pairs(const Pattern& pattern);
  [[nodiscard]] const geo::Position* sample(const Pattern& pattern);
  [[nodiscard]] Outcome ask(const Pattern& pattern, bool without_margins, const Limits& limits, const Observer& observer, geo::Position& place);
  [[nodiscard]] Pattern smaller(const Pattern& pattern, const Limits& limits, const Observer& observer);

  std::span<const geo::Circle> circles_;
  SolverFactory* solvers_;
  std::map<std::pair<CircleId, CircleId>, geo::CircleRelation> relations_;
  std::vector<geo::Position> samples_;
};

}  // namespace presproof::smt
