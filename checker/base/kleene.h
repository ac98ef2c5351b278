#pragma once

#include <cstdint>

/// Kleene's strong logic of three values, for what is known of a condition when not everything is known of the state. Conjunction is
/// std::min, disjunction std::max.
namespace presproof {

enum class Tri : std::uint8_t { no, maybe, yes };
[[nodiscard]] constexpr Tri operator!(Tri value) { return static_cast<Tri>(2 - static_cast<int>(value)); }
[[nodiscard]] constexpr Tri known(bool value) { return value ? Tri::yes : Tri::no; }

}  // namespace presproof
