#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "geo/cell.h"
#include "geo/plane.h"
#include "geo/position.h"
#include "verify/appearance.h"

/// What a watcher knows of a place over time, and how much of the earth that leaves.
///
/// Each radius shown leaves the cell of its grid (geo/cell.h), each rounding its rectangle, and conditions on circles the patterns of
/// inside and outside in which everything that the watcher was shown would have looked the same. One radius alone counts as its circle,
/// as in claims about one run (with `effective`: by RFC 6772 section 13.3), and so does one circle of a condition; as soon as
/// regions meet, they are intersected and measured. Measures a region by the circle of the same area.
namespace presproof::verify {

/// Bit i: inside of circle i.
using Pattern = std::uint32_t;
inline constexpr std::size_t kMaxCircles = 8;

/// The circles that conditions and guards are about, and the patterns that some place has.
struct Regions {
  explicit Regions(std::vector<geo::Circle> the_circles);
  [[nodiscard]] Pattern pattern_at(geo::Position place) const;
  std::vector<geo::Circle> circles;
  std::vector<std::optional<geo::PlanePolygon>> polygons;  ///< nothing for one near a pole
  std::vector<geo::Box> boxes;                             ///< of the polygons
  std::vector<Pattern> possible;                           ///< ascending; filled in by the caller
};

struct Left {
  double radius_m = 0;  ///< of the circle of the same area; infinite when nothing is known
  std::optional<double> area_m2;
  double error_m2 = 0;  ///< bound on the area's error
  /// For one radius alone: itself.
  std::optional<double> nominal_m;
};
[[nodiscard]] double radius_of_m(double area_m2);

class Knowledge {
 public:
  /// `alike`, ascending: the possible patterns that the watcher cannot tell from the one at the place. `regions` must outlive it.
  Knowledge(std::vector<GeodeticShown> shown, const Regions& regions, std::vector<Pattern> alike, bool effective);

  [[nodiscard]] const std::vector<GeodeticShown>& shown() const { return shown_; }
  [[nodiscard]] const Regions& regions() const { return *regions_; }
  /// Whether conditions on circles tell anything.
  [[nodiscard]] bool tells_region() const { return !mattering_.empty(); }
  /// The circles that do.
  [[nodiscard]] const std::vector<std::size_t>& mattering() const { return mattering_; }
  /// Whether nothing of the earth is left, or a line, wherever the target is: exact, or a rounding of one coordinate beside something else.
  [[nodiscard]] bool leaves_nothing() const;

  /// How the places of these latitudes are cut, the finest first; `band` of nothing: beyond 70 degrees, where only roundings are.
  [[nodiscard]] std::vector<geo::Tiling> tilings(const std::optional<geo::LatitudeBand>& band) const;

  /// What is left for a place; nothing when it cannot be measured.
  [[nodiscard]] std::optional<Left> left_at(geo::Position place) const;
  /// For all places in the intersection of tiles, one of each of so many tilings (one or more).
  [[nodiscard]] std::optional<Left> left_in(const geo::PlanePolygon& tiles, std::size_t tilings) const;
  /// By the smallest radius alone. There must be one.
  [[nodiscard]] Left left_by_first() const;
  /// By conditions on circles alone.
  [[nodiscard]] std::optional<Left> left_by_region() const;
  /// The area of the tiles' places with a pattern over the circles given by number.
  struct Area {
    double m2 = 0;
    double error_m2 = 0;
  };
  [[nodiscard]] std::optional<Area> area_with(const std::optional<geo::PlanePolygon>& tiles, std::span<const std::size_t> circles,
                                              std::span<const Pattern> patterns) const;

  friend bool operator==(const Knowledge& a, const Knowledge& b) {
    return a.shown_ == b.shown_ && a.mattering_ == b.mattering_ && a.alike_ == b.alike_ && a.effective_ == b.effective_;
  }

 private:
  [[nodiscard]] Left left_by(const GeodeticShown& shown) const;

  std::vector<GeodeticShown> shown_;
  const Regions* regions_;
  std::vector<std::size_t> mattering_;
  std::vector<Pattern> alike_;       ///< over mattering_: bit k is for circle mattering_[k]
  std::optional<std::size_t> inside_;  ///< when all that the region tells is being inside of this circle
  bool effective_;
};

}  // namespace presproof::verify
