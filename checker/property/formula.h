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

template <class Atom, class Visit>
void each_atom(const Formula<Atom>& formula, const Visit& visit) {
  if (formula.op == Operator::atom) visit(formula.atom);
  for (const auto& operand : formula.operands) each_atom(operand, visit);
}

}  // namespace presproof::property
