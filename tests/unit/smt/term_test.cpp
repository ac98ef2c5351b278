#include "smt/term.h"

#include <array>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "smt/finite_variable.h"
#include "smt/solver.h"

namespace presproof {

using namespace smt;

TEST_CASE("equal terms are one, and what is plain is folded") {
  TermStore terms;
  const Term a = terms.variable("a");
  const Term b = terms.variable("b");
  CHECK(terms.both(a, b) == terms.both(b, a));
  CHECK(terms.both(a, a) == a);
  CHECK(terms.both(a, !a) == kFalse);
  CHECK(terms.either(a, !a) == kTrue);
  CHECK(terms.both(a, kTrue) == a);
  CHECK(terms.both(a, kFalse) == kFalse);
  CHECK(terms.either(a, kFalse) == a);
  CHECK(terms.all_of({}) == kTrue);
  CHECK(terms.any_of({}) == kFalse);
  CHECK(terms.either(a, b) == !terms.both(!a, !b));
}

TEST_CASE("a store on a base has the base's terms, adds its own, and leaves the base as it is") {
  TermStore base;
  const Term a = base.variable("a");
  const Term b = base.variable("b");
  const Term both = base.both(a, b);
  const std::size_t size = base.size();

  TermStore one(&base);
  TermStore other(&base);
  CHECK(one.both(b, a) == both);
  CHECK(one.size() == size);
  const Term c = one.variable("c");
  const Term all = one.both(both, c);
  CHECK(one.both(c, both) == all);
  CHECK(one.name(c.node()) == "c");
  CHECK(one.name(a.node()) == "a");
  CHECK(one.operands(both.node()).size() == 2);
  CHECK(one.operands(all.node()).size() == 2);
  CHECK(base.size() == size);

  // The other store knows nothing of it: the same number is another term.
  const Term d = other.variable("d");
  CHECK(d == c);
  CHECK(other.name(d.node()) == "d");

  const std::array roots = {all};
  Valuation values(one.size());
  values[0] = values[a.node()] = values[b.node()] = true;
  for (const bool value : {false, true}) {
    values[c.node()] = value;
    one.evaluate(one.nodes_below(roots), values);
    CHECK(holds(values, all) == value);
  }
}

TEST_CASE("a store finds each of many terms again") {
  TermStore terms;
  std::vector<Term> variables;
  for (int i = 0; i < 60; ++i) variables.push_back(terms.variable(std::to_string(i)));
  const auto make_all = [&] {
    std::vector<Term> made;
    for (const Term a : variables) {
      for (const Term b : variables) made.push_back(terms.both(a, !b));
    }
    return made;
  };
  const auto first = make_all();
  const std::size_t size = terms.size();
  CHECK(size == 1 + 60 + 60 * 59);
  CHECK(make_all() == first);
  CHECK(terms.size() == size);
}

TEST_CASE("a term's value follows from its variables, and an implicant is enough for it") {
  TermStore terms;
  const Term a = terms.variable("a");
  const Term b = terms.variable("b");
  const Term c = terms.variable("c");
  const Term root = terms.either(terms.both(a, !b), c);
  const std::vector<Term> roots = {root};
  const auto nodes = terms.nodes_below(roots);
  for (int bits = 0; bits < 8; ++bits) {
    Valuation values(terms.size());
    values[0] = true;
    values[a.node()] = (bits & 1) != 0;
    values[b.node()] = (bits & 2) != 0;
    values[c.node()] = (bits & 4) != 0;
    terms.evaluate(nodes, values);
    const bool expected = ((bits & 1) != 0 && (bits & 2) == 0) || (bits & 4) != 0;
    REQUIRE(holds(values, root) == expected);
    if (!expected) continue;
    const auto enough = terms.implicant(root, values);
    for (const Term literal : enough) CHECK(holds(values, literal));
    // Whatever the other variables are, the term holds.
    const auto named = [&](Term variable) {
      for (const Term literal : enough)
        if (literal.node() == variable.node()) return true;
      return false;
    };
    for (const Term variable : {a, b, c}) {
      if (named(variable)) continue;
      Valuation other = values;
      other[variable.node()] = !other[variable.node()];
      terms.evaluate(nodes, other);
      CHECK(holds(other, root));
    }
  }
}

TEST_CASE("ranges of a finite variable mean what they say, for every value") {
  for (const std::uint32_t size : {1U, 2U, 3U, 7U, 8U, 13U}) {
    TermStore terms;
    FiniteVariable variable(terms, "v", size);
    for (std::uint32_t first = 0; first <= size; ++first)
      for (std::uint32_t end = first; end <= size; ++end) {
        const Term in = variable.in(CellSet::Range{first, end});
        const std::vector<Term> roots = {in};
        for (std::uint32_t value = 0; value < size; ++value) {
          Valuation values(terms.size());
          values[0] = true;
          variable.set(value, values);
          terms.evaluate(terms.nodes_below(roots), values);
          INFO(size << ": " << value << " in " << first << ".." << end);
          REQUIRE(holds(values, in) == (first <= value && value < end));
          REQUIRE(variable.value_in(values) == value);
        }
      }
  }
}

TEST_CASE("the solver answers, gives models and cores, and gives up when told to") {
  TermStore terms;
  const Term a = terms.variable("a");
  const Term b = terms.variable("b");
  SolverFactory factory(terms);
  const auto solver = factory.solver();
  solver->add(terms.either(a, b));
  solver->add(!a);
  REQUIRE(solver->check({}) == Outcome::sat);
  Valuation values;
  solver->read_model(values);
  CHECK(holds(values, b));
  const std::vector<Term> assumptions = {!b};
  REQUIRE(solver->check(assumptions, {}) == Outcome::unsat);
  CHECK(solver->core() == assumptions);
  CHECK_FALSE(SolverFactory::version().empty());
}

}  // namespace presproof
