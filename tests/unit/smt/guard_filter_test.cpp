#include "smt/guard_filter.h"

#include <catch2/catch.hpp>
#include <memory>
#include <string>
#include <vector>

namespace presproof {
namespace {

using policy::Condition;
using property::GuardAtom;
using Guard = property::Formula<GuardAtom>;

Guard atom(GuardAtom what) { return {property::Operator::atom, std::move(what), {}}; }
Guard sphere(const char* value) { return atom(property::SphereIs{value}); }
Guard undefined() { return atom(property::SphereIs{}); }
Guard inside(double latitude, double longitude, double radius_m) { return atom(property::Inside{"", geo::Circle{{latitude, longitude}, radius_m}}); }
Guard inside(geo::CivicAddress fields) { return atom(property::Inside{"", property::CivicRegion{std::move(fields)}}); }
Guard negation(Guard of) { return {property::Operator::not_, {}, {std::move(of)}}; }
Guard any(Guard a, Guard b) { return {property::Operator::or_, {}, {std::move(a), std::move(b)}}; }
Guard all(Guard a, Guard b) { return {property::Operator::and_, {}, {std::move(a), std::move(b)}}; }

Condition at_work() { return policy::SphereCondition{{"Work", "lab"}, {}}; }
Condition in_circle(double latitude, double longitude, double radius_m) {
  return policy::LocationCondition{{{geo::Circle{{latitude, longitude}, radius_m}, "", {}}}, {}};
}
Condition at(geo::CivicAddress fields) { return policy::LocationCondition{{{policy::CivicLocation{std::move(fields)}, "", {}}}, {}}; }
Condition valid(std::int64_t from, std::int64_t until) { return policy::ValidityCondition{{{Instant{from, 0}, Instant{until, 0}, {}}}, {}}; }

/// Whether a rule with this condition is left in under the guard.
bool kept(Condition condition, std::vector<Guard> guards, std::vector<property::Interval> during = {}) {
  policy::Policy policy{{policy::RuleSet{}}};
  policy.documents.front().rules.push_back({"r", {std::move(condition)}, {}, {}, {}});
  property::Properties properties;
  property::Property property;
  property.group = std::make_shared<const property::Group>();
  property.guards = std::move(guards);
  property.during = std::move(during);
  properties.properties.push_back(std::move(property));
  const smt::Ground ground(policy, properties, policy::Usage::presence, engine::rfc());
  const smt::GuardFilter filter(ground, properties.properties.front());
  const bool first = filter.may_match(0);
  CHECK(filter.may_match(0) == first);
  return first;
}

}  // namespace

TEST_CASE("a rule whose spheres the guard excludes is left out, and no other") {
  CHECK(kept(at_work(), {}));
  CHECK(kept(at_work(), {sphere("WORK")}));
  CHECK(kept(at_work(), {sphere("lab")}));
  CHECK_FALSE(kept(at_work(), {sphere("home")}));
  CHECK_FALSE(kept(at_work(), {undefined()}));
  CHECK(kept(at_work(), {negation(undefined())}));
  CHECK(kept(at_work(), {negation(sphere("work"))}));  // in the lab
  CHECK_FALSE(kept(at_work(), {negation(sphere("work")), negation(sphere("lab"))}));
  CHECK_FALSE(kept(at_work(), {all(negation(sphere("work")), negation(sphere("lab")))}));
  CHECK(kept(at_work(), {any(sphere("home"), sphere("work"))}));
  CHECK(kept(at_work(), {any(sphere("home"), atom(property::Authenticated{}))}));
  CHECK_FALSE(kept(at_work(), {all(sphere("home"), atom(property::Authenticated{}))}));
  CHECK(kept(at_work(), {negation(all(sphere("home"), atom(property::Authenticated{})))}));
  CHECK_FALSE(kept(at_work(), {negation(any(atom(property::Authenticated{}), any(sphere("work"), sphere("lab"))))}));
}

TEST_CASE("a rule whose places lie apart from a region that the guard demands is left out, and no other") {
  CHECK(kept(in_circle(48, 11, 1000), {inside(48, 11.01, 1000)}));
  CHECK_FALSE(kept(in_circle(48, 11, 1000), {inside(49, 11, 1000)}));
  CHECK(kept(in_circle(48, 11, 1000), {negation(inside(49, 11, 1000))}));
  CHECK(kept(in_circle(48, 11, 1000), {any(inside(49, 11, 1000), sphere("work"))}));
  CHECK_FALSE(kept(in_circle(48, 11, 1000), {all(inside(49, 11, 1000), sphere("work"))}));
  CHECK(kept(in_circle(48, 11, 1000), {inside({{"country", "DE"}})}));
  CHECK(kept(at({{"country", "DE"}}), {inside({{"country", "DE"}, {"A3", "Munich"}})}));
  CHECK(kept(at({{"A3", "Munich"}}), {inside({{"country", "DE"}})}));
  CHECK_FALSE(kept(at({{"country", "DE"}}), {inside({{"country", "FR"}})}));
  CHECK_FALSE(kept(at({{"country", "DE"}}), {inside({{"A3", "Paris"}}), inside({{"country", "FR"}})}));
}

TEST_CASE("a rule whose windows are over is left out, and no other") {
  const auto during = [](std::int64_t from, std::int64_t until) { return property::Interval{{from, 0}, {until, 0}}; };
  CHECK(kept(valid(100, 200), {}, {during(150, 300)}));
  CHECK(kept(valid(100, 200), {}, {during(199, 300)}));
  CHECK_FALSE(kept(valid(100, 200), {}, {during(200, 300)}));
  CHECK_FALSE(kept(valid(100, 200), {}, {during(0, 100)}));
  CHECK_FALSE(kept(valid(100, 200), {}, {during(0, 150), during(150, 300)}));
}

}  // namespace presproof
