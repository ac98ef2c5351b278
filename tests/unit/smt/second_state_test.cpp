#include "smt/second_state.h"

#include <array>
#include <catch2/catch.hpp>

#include "smt/decode.h"

namespace presproof::smt {
namespace {

using property::Secret;

/// A policy that names a window, two spheres, a circle and a civic field.
policy::Policy named_policy() {
  policy::Rule rule;
  rule.conditions.emplace_back(policy::SphereCondition{{"work", "home"}, {}});
  rule.conditions.emplace_back(policy::ValidityCondition{{{Instant{1000, 0}, Instant{2000, 0}, {}}}, {}});
  rule.conditions.emplace_back(policy::LocationCondition{{{geo::Circle{{50, 10}, 500}, "", {}}, {policy::CivicLocation{{{"country", "DE"}}}, "", {}}}, {}});
  policy::RuleSet document;
  document.rules.push_back(std::move(rule));
  return {{std::move(document)}};
}

struct Named {
  policy::Policy policy = named_policy();
  property::Properties properties = {};
  TermStore terms = {};
  SymbolicState state{terms, policy, properties};
  Term home = state.sphere_is("home");
  Term window = state.time_in(state.between(Instant{1000, 0}, Instant{2000, 0}));
  Term near = state.inside(geo::Circle{{50, 10}, 500});
  Term germany = state.inside(geo::CivicAddress{{"country", "DE"}});
};

}  // namespace

TEST_CASE("a second state has the secret's variables once more, and shares all others") {
  Named named;
  const auto moves = [&](Secret secret, Term term) { return SecondState(named.terms, named.state, secret).of(term) != term; };
  CHECK(moves(Secret::sphere, named.home));
  CHECK_FALSE(moves(Secret::sphere, named.window));
  CHECK_FALSE(moves(Secret::sphere, named.near));
  CHECK(moves(Secret::time, named.window));
  CHECK_FALSE(moves(Secret::time, named.germany));
  CHECK(moves(Secret::location, named.near));
  CHECK(moves(Secret::location, named.germany));
  CHECK_FALSE(moves(Secret::location, named.home));
  for (const Term term : {named.home, named.window, named.near, named.germany}) CHECK(moves(Secret::handling, term));
}

TEST_CASE("a renamed term is true of the second run when the term is true of its state") {
  Named named;
  SecondState second(named.terms, named.state, Secret::location);
  const Term both = named.terms.both(named.home, named.terms.either(named.near, !named.germany));
  const Term renamed = second.of(both);
  CHECK(second.of(!both) == !renamed);
  CHECK(second.of(kTrue) == kTrue);

  policy::State here;
  here.sphere = "home";
  here.location.geodetic = geo::Position{50, 10};
  policy::State there = here;
  there.location = {geo::Position{51, 10}, geo::CivicAddress{{"country", "DE"}}};
  const std::array<CircleId, 1> circles = {0};
  Valuation values(named.terms.size());
  Valuation of_second(named.terms.size());
  values[0] = true;
  named.state.assign(there, circles, of_second);
  second.write(of_second, values);
  named.state.assign(here, circles, values);
  const std::vector<Term> roots = {both, renamed};
  named.terms.evaluate(named.terms.nodes_below(roots), values);
  CHECK(holds(values, both));
  CHECK_FALSE(holds(values, renamed));
  // And back: what the copies say, as a state.
  const Valuation read = second.read(values);
  CHECK(named.state.civic_in(read) == there.location.civic);
  CHECK_FALSE(named.state.civic_in(values));
  CHECK(named.state.sphere_in(read) == "home");
}

TEST_CASE("a pair of states is brought together as far as it is still accepted") {
  const TimeCells cells({Instant{1000, 0}, Instant{2000, 0}});
  policy::State first;
  first.time = Instant{1500, 0};
  first.sphere = "work";
  first.location.geodetic = geo::Position{50.123456, 10};
  policy::State second = first;
  second.sphere = "home";
  second.location.geodetic = geo::Position{20, 20};
  // Only the spheres have to differ, and the second has to be `home`.
  const auto pair = simplified({first, second}, {StatePart::sphere, StatePart::geodetic}, cells,
                               [](const policy::State& a, const policy::State& b) { return b.sphere == "home" && a.sphere != b.sphere; });
  CHECK_FALSE(pair.first.sphere);
  CHECK(pair.second.sphere == "home");
  CHECK(pair.first.time == pair.second.time);
  CHECK(pair.first.location == pair.second.location);
  CHECK_FALSE(pair.first.location.geodetic);
}

TEST_CASE("a sphere that nobody names is another than any that is taken") {
  Named named;
  CHECK(named.state.another_sphere(std::nullopt) == "elsewhere");
  CHECK(named.state.another_sphere("elsewhere") == "elsewhere2");
}

}  // namespace presproof::smt
