#pragma once

#include <utility>

#include "property/cursor.h"
#include "property/formula.h"

namespace presproof::property {

/// A formula of atoms: `not` binds closer than `and`, `and` closer than `or`; parentheses. `parse_atom(cursor)`
/// reads an atom and gives the formula it means.
template <class Atom, class ParseAtom>
[[nodiscard]] Formula<Atom> parse_formula(Cursor& cursor, const ParseAtom& parse_atom);

template <class Atom, class ParseAtom>
[[nodiscard]] Formula<Atom> parse_operand(Cursor& cursor, const ParseAtom& parse_atom) {
  if (cursor.accept("not")) {
    const Cursor::Nested nested(cursor);
    Formula<Atom> negated{Operator::not_, {}, {}};
    negated.operands.push_back(parse_operand<Atom>(cursor, parse_atom));
    return negated;
  }
  if (cursor.accept_symbol("(")) {
    const Cursor::Nested nested(cursor);
    Formula<Atom> inner = parse_formula<Atom>(cursor, parse_atom);
    cursor.expect_symbol(")");
    return inner;
  }
  return parse_atom(cursor);
}

/// One operand, or two and more joined by the operator.
template <class Atom, class ParseOperand>
[[nodiscard]] Formula<Atom> parse_joined(Cursor& cursor, Operator op, std::string_view word,
                                         const ParseOperand& parse_next) {
  Formula<Atom> first = parse_next();
  if (!cursor.accept(word)) return first;
  Formula<Atom> joined{op, {}, {}};
  joined.operands.push_back(std::move(first));
  do {
    joined.operands.push_back(parse_next());
  } while (cursor.accept(word));
  return joined;
}

template <class Atom, class ParseAtom>
Formula<Atom> parse_formula(Cursor& cursor, const ParseAtom& parse_atom) {
  const auto conjunction = [&] {
    return parse_joined<Atom>(cursor, Operator::and_, "and", [&] { return parse_operand<Atom>(cursor, parse_atom); });
  };
  return parse_joined<Atom>(cursor, Operator::or_, "or", conjunction);
}

}  // namespace presproof::property
