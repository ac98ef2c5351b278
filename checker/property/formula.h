#pragma once

#include <cstdint>
#include <vector>

namespace presproof::property {

enum class Operator : std::uint8_t { atom, and_, or_, not_ };

/// A formula over atoms: `atom` has no operands, `not_` one, `and_` and `or_` two or more. Its depth is bounded by the
/// parser.
template <class Atom>
struct Formula {
  Operator op = Operator::atom;
  Atom atom{};
  std::vector<Formula> operands;
  friend bool operator==(const Formula&, const Formula&) = default;
};

}  // namespace presproof::property
