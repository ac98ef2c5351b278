#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "enumerate/budget.h"
#include "geo/position.h"

/// Places enough: the rims of circles cut the earth into faces, and whatever asks "inside of these, outside of those" (RFC 6772
/// section 4.1) is answered alike all over a face. By geodesics on WGS 84 alone: no projection, no algebra.
///
/// Every face has a rim on its border. Either two rims cross on that border, and then the face is one of the four around the
/// crossing: a step into each is a place of each. Or the border has a whole rim that no other crosses: a step to either side of it.
/// A step counts when no third rim is within twice its length, and when both sides are told apart by more than geodesics err. Where
/// that cannot be had even for the shortest step (rims that touch, three through one point), the arrangement is not `certain`:
/// a pattern that only such a place has may be missing.
namespace presproof::enumerate {

struct Arrangement {
  std::vector<geo::Position> places;  ///< no two inside of the same circles
  bool certain = true;
};

/// Arrangements of some of the same circles, over and over; what two rims are to each other is found once.
class Arrangements {
 public:
  using CircleId = std::uint32_t;

  /// The same number for an equal circle.
  CircleId add(const geo::Circle& circle);

  /// `ids` ascending, each once. Not certain when the budget ends before it is done.
  [[nodiscard]] const Arrangement& of(const std::vector<CircleId>& ids, Budget& budget);

 private:
  /// Where two rims cross, and in what directions the centres lie from there.
  struct Crossing {
    geo::Position place;
    double to_first_deg = 0;
    double to_second_deg = 0;
  };
  struct Pair {
    std::vector<Crossing> crossings;
    bool certain = true;
  };
  [[nodiscard]] const Pair& pair(CircleId first, CircleId second);
  [[nodiscard]] Pair find_crossings(const geo::Circle& first, const geo::Circle& second) const;
  [[nodiscard]] bool has_rim(const geo::Circle& circle) const;
  [[nodiscard]] bool is_clear(geo::Position place, std::span<const CircleId> ids, CircleId but, CircleId and_but, double by_m) const;
  /// Steps around a crossing, or to both sides of a rim; false when no step counts.
  [[nodiscard]] bool around(const Crossing& crossing, CircleId first, CircleId second, std::span<const CircleId> ids,
                            std::vector<geo::Position>& places) const;
  [[nodiscard]] bool beside(CircleId id, std::span<const CircleId> ids, std::vector<geo::Position>& places) const;
  [[nodiscard]] Arrangement make(const std::vector<CircleId>& ids, Budget& budget);

  std::vector<geo::Circle> circles_;
  std::map<std::pair<std::pair<double, double>, double>, CircleId> known_;
  std::map<std::pair<CircleId, CircleId>, Pair> pairs_;
  std::map<std::vector<CircleId>, Arrangement> made_;
};

}  // namespace presproof::enumerate
