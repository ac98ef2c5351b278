#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace presproof::generator {

/// A stream of random numbers that is the same with every compiler and library: xoshiro256** (Blackman and Vigna 2018),
/// seeded through splitmix64. std::uniform_* differ between libraries and are not used.
class Random {
 public:
  explicit Random(std::uint64_t seed) {
    for (std::uint64_t& word : state_) {
      seed += 0x9E3779B97F4A7C15U;
      std::uint64_t mixed = seed;
      mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
      mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
      word = mixed ^ (mixed >> 31U);
    }
  }

  std::uint64_t next() {
    const std::uint64_t result = rotated(state_[1] * 5, 7) * 9;
    const std::uint64_t shifted = state_[1] << 17U;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = rotated(state_[3], 45);
    return result;
  }

  /// 0 .. bound - 1; the bound is above 0. The remainder's bias is far below anything that matters here.
  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(next() % bound); }
  /// first .. last.
  std::size_t between(std::size_t first, std::size_t last) { return first + below(last - first + 1); }
  bool chance(unsigned percent) { return below(100) < percent; }
  /// An element of a vector or array that is not empty.
  template <class Values>
  const auto& pick(const Values& values) {
    return values[below(values.size())];
  }

 private:
  static std::uint64_t rotated(std::uint64_t value, unsigned bits) { return (value << bits) | (value >> (64U - bits)); }

  std::array<std::uint64_t, 4> state_{};
};

}  // namespace presproof::generator
