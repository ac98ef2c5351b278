#pragma once

#include "geo/position.h"
#include "smt/cells.h"
#include "smt/finite_variable.h"
#include "smt/term.h"

/// Where the target is, roughly: a cell of a map of the earth, as two more variables. Circles far from each other need no clause
/// for each pair then: each says once which cells it touches, and two that share none exclude each other by the bits of the
/// map (the idea of a spatial index, in terms). Near ones are still for geometry.h to tell.
///
/// Latitudes and longitudes of the map are geodetic, as those of the unit normals in geo/cap.h; the cells of a circle are those of the box
/// around its outward-rounded cap, again rounded outward, by more than what its computation in doubles is off.
namespace presproof::smt {

class PlaceGrid {
 public:
  explicit PlaceGrid(TermStore& terms);

  /// That the target is in a cell that the circle touches: true of every place inside.
  [[nodiscard]] Term touches(const geo::Circle& circle);

  /// Cells of latitude and of longitude; both empty for a circle that no place is in for certain.
  struct Box {
    CellSet latitudes;
    CellSet longitudes;
  };
  [[nodiscard]] static Box box_of(const geo::Circle& circle);
  /// Whether the map tells that no place is in both.
  [[nodiscard]] static bool apart(const Box& a, const Box& b);

  static constexpr std::uint32_t kCells = 1U << 14;  ///< each way: 1.2 km of latitude

 private:
  TermStore* terms_;
  FiniteVariable latitude_;
  FiniteVariable longitude_;
};

}  // namespace presproof::smt
