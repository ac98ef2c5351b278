#include "smt/smtlib.h"

#include <cmath>
#include <cstdint>

#include <fmt/format.h>

namespace presproof::smt {
namespace {

/// A decimal number times 2, `times` times.
std::string doubled(std::string digits, int times) {
  for (; times > 0; --times) {
    int carry = 0;
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit) {
      const int value = (*digit - '0') * 2 + carry;
      *digit = static_cast<char>('0' + value % 10);
      carry = value / 10;
    }
    if (carry != 0) digits.insert(digits.begin(), '1');
  }
  return digits;
}

std::string header(const std::vector<std::string>& legend) {
  std::string text;
  for (const std::string& line : legend) text += "; " + line + "\n";
  return text;
}

std::string reference(const TermStore& terms, Term term) {
  std::string node = "true";
  if (term.node() != 0) node = terms.is_variable(term.node()) ? std::string(terms.name(term.node())) : fmt::format("n{}", term.node());
  return term.negated() ? "(not " + node + ")" : node;
}

/// `(- p)`, `(/ p q)` and the like, as SMT-LIB writes rational constants.
std::string real_constant(double value) {
  std::string digits = exact_rational(std::abs(value));
  if (const std::size_t slash = digits.find('/'); slash != std::string::npos) {
    digits = fmt::format("(/ {}.0 {}.0)", digits.substr(0, slash), digits.substr(slash + 1));
  } else {
    digits += ".0";
  }
  return value < 0 ? "(- " + digits + ")" : digits;
}

}  // namespace

std::string exact_rational(double value) {
  int exponent = 0;
  const double mantissa = std::frexp(std::abs(value), &exponent);
  auto integer = static_cast<std::uint64_t>(std::ldexp(mantissa, 53));
  exponent -= 53;
  if (integer == 0) return "0";
  while ((integer & 1) == 0) {
    integer >>= 1;
    ++exponent;
  }
  const std::string sign = value < 0 ? "-" : "";
  const std::string digits = fmt::format("{}", integer);
  if (exponent >= 0) return sign + doubled(digits, exponent);
  return sign + digits + "/" + doubled("1", -exponent);
}

std::string write_smt2(const TermStore& terms, std::span<const Term> assertions, const std::vector<std::string>& legend) {
  std::string text = header(legend) + "(set-logic QF_UF)\n";
  for (const std::uint32_t node : terms.nodes_below(assertions)) {
    if (node == 0) continue;
    if (terms.is_variable(node)) {
      text += fmt::format("(declare-const {} Bool)\n", terms.name(node));
      continue;
    }
    text += fmt::format("(define-fun n{} () Bool (and", node);
    for (const Term operand : terms.operands(node)) text += " " + reference(terms, operand);
    text += "))\n";
  }
  for (const Term assertion : assertions) text += "(assert " + reference(terms, assertion) + ")\n";
  return text + "(check-sat)\n";
}

std::string write_smt2(std::span<const HalfSpace> bounds, const std::vector<std::string>& legend) {
  std::string text = header(legend) + "(set-logic QF_NRA)\n";
  for (const char* name : {"x", "y", "z"}) text += fmt::format("(declare-const {} Real)\n", name);
  text += "(assert (= (+ (* x x) (* y y) (* z z)) 1.0))\n";
  for (const HalfSpace& half : bounds) {
    const char* sign = half.at_least ? (half.strict ? ">" : ">=") : (half.strict ? "<" : "<=");
    text += fmt::format("(assert ({} (+ (* {} x) (* {} y) (* {} z)) {}))\n", sign, real_constant(half.axis[0]), real_constant(half.axis[1]),
                        real_constant(half.axis[2]), real_constant(half.bound));
  }
  return text + "(check-sat)\n";
}

}  // namespace presproof::smt
