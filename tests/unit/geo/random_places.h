#pragma once

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>

#include "geo/geodesic.h"
#include "geo/position.h"

/// Seeded random places and lengths. Made from the generator's bits alone, so every platform draws the same ones.
namespace presproof::geo {

class RandomPlaces {
 public:
  explicit RandomPlaces(std::uint64_t seed) : random_(seed) {}

  double between(double low, double high) {
    return low + (high - low) * static_cast<double>(random_() >> 11U) * 0x1p-53;
  }
  /// Evenly spread over the earth between two latitudes.
  Position place(double south = -90, double north = 90) {
    const double radian = std::numbers::pi / 180;
    const double sine = between(std::sin(south * radian), std::sin(north * radian));
    return {std::clamp(std::asin(sine) / radian, south, north), between(-180, 180)};
  }
  /// Evenly spread over the orders of magnitude.
  double length_m(double low, double high) { return low * std::pow(high / low, between(0, 1)); }

 private:
  std::mt19937_64 random_;
};

}  // namespace presproof::geo
