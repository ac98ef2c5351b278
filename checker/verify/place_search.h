#pragma once

#include <optional>
#include <string>

#include "smt/solver.h"
#include "verify/knowledge.h"

/// Where on earth what a watcher knows leaves less than a length.
///
/// Grids of different radii cut each other into pieces; every piece that meets a window of the earth is measured as it is. Where the target
/// is known to be inside of a circle, the window is all of it. Elsewhere two grids whose radii are as small whole numbers repeat after a
/// few steps, and windows of one repetition have every piece that there is: inside of each latitude band at its poleward end, where pieces
/// are smallest, along both of its edges and along the antimeridian (south and west are mirror images). Radii that are not leave pieces
/// as small as one likes somewhere: a piece is shown when it is found within a fixed amount of search; otherwise nothing is claimed.
namespace presproof::verify {

/// Below this radius something must be left; radii alone compare with `nominal_m` as in claims about one run.
struct Bound {
  double radius_m = 0;
  double nominal_m = 0;
  /// Certainly below; certainly not below; neither within the error.
  [[nodiscard]] bool is_below(const Left& left) const;
  [[nodiscard]] bool is_not_below(const Left& left) const;
};

struct Place {
  geo::Position place;
  Left left;
};

struct Search {
  std::optional<Place> found;  ///< a place with what is asked for; of several that were looked at the one with the least left
  bool certain = false;        ///< without one: that there is none
};

/// A place with this pattern where less than the bound is left. `known` is a place with the pattern.
[[nodiscard]] Search find_below(const Knowledge& knowledge, Pattern pattern, geo::Position known, const Bound& bound, const smt::Limits& limits);
/// A place with this pattern where it is not less.
[[nodiscard]] Search find_not_below(const Knowledge& knowledge, Pattern pattern, geo::Position known, const Bound& bound, const smt::Limits& limits);

}  // namespace presproof::verify
