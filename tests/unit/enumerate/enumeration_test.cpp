// The enumeration on its own: what it finds, proves, and gives up.

#include "enumerate/enumeration.h"

#include <catch2/catch.hpp>

#include "claims/scope.h"

namespace presproof {
namespace {

using namespace enumerate;

policy::Rule rule(const std::string& id, std::vector<policy::Condition> conditions) { return {id, std::move(conditions), {}, {}, {}}; }
policy::Condition one(const std::string& uri) { return policy::IdentityCondition{{policy::One{uri::parse(uri), {}}}, {}}; }
policy::Condition valid(std::int64_t from, std::int64_t until) { return policy::ValidityCondition{{{Instant{from, 0}, Instant{until, 0}, {}}}, {}}; }
policy::Condition sphere(const std::string& token) { return policy::SphereCondition{{token}, {}}; }
policy::Condition inside(const geo::Circle& circle) {
  policy::LocationAlternative alternative;
  alternative.where.emplace<geo::Circle>(circle);
  return policy::LocationCondition{{alternative}, {}};
}
policy::Condition civic(const geo::CivicAddress& fields) {
  policy::LocationAlternative alternative;
  alternative.where.emplace<policy::CivicLocation>(policy::CivicLocation{fields});
  return policy::LocationCondition{{alternative}, {}};
}

policy::Policy policy_of(std::vector<policy::Rule> rules) {
  policy::RuleSet document;
  document.rules = std::move(rules);
  return {{std::move(document)}};
}

property::Formula<property::ClaimAtom> matches(const std::string& id) {
  property::Formula<property::ClaimAtom> claim;
  claim.atom = property::RuleMatches{id};
  return claim;
}

property::Formula<property::ClaimAtom> does_not_match(const std::string& id) {
  property::Formula<property::ClaimAtom> claim;
  claim.op = property::Operator::not_;
  claim.operands.push_back(matches(id));
  return claim;
}

/// For everyone: all of these rules match.
property::Property all_match(const std::vector<std::string>& ids) {
  property::Property property;
  property.group = std::make_shared<property::Group>();
  property.claim.op = property::Operator::and_;
  for (const auto& id : ids) property.claim.operands.push_back(matches(id));
  return property;
}

Answer decide(const policy::Policy& policy, const property::Property& property, Goal goal = Goal::claim, std::uint64_t budget = Budget::kDefault) {
  const property::Properties properties{{property}, {}};
  Enumeration enumeration(policy, properties, policy::Usage::presence, engine::rfc(), budget);
  return enumeration.decide(properties.properties.front(), goal, {});
}

bool is_found(const Answer& answer) { return std::holds_alternative<Found>(answer); }
bool is_nothing(const Answer& answer) { return std::holds_alternative<Nothing>(answer) && !std::get<Nothing>(answer).empty_group; }

const geo::Circle kHere{{48, 11}, 1000};
const geo::Circle kNear{{48.012, 11}, 1000};
const geo::Circle kFar{{50, 11}, 1000};

}  // namespace

TEST_CASE("what is found is a request that the rules match") {
  const auto country = civic({{"country", "DE"}});
  const auto policy = policy_of({rule("a", {one("sip:ann@one.example"), valid(100, 200), sphere("work"), inside(kHere), country})});
  const auto answer = decide(policy, all_match({"a"}));
  REQUIRE(is_found(answer));
  const auto& request = std::get<Found>(answer).request;
  CHECK(request.watcher.identities.front().text == "sip:ann@one.example");
  CHECK(request.state.time == Instant{100, 0});
  CHECK(request.state.sphere == "work");
  CHECK(request.state.location.geodetic);
  CHECK(request.state.location.civic->at("country") == "DE");
}

TEST_CASE("what does not matter is left at what is usual") {
  const auto answer = decide(policy_of({rule("a", {})}), all_match({"a"}));
  REQUIRE(is_found(answer));
  const auto& state = std::get<Found>(answer).request.state;
  CHECK(to_rfc3339(state.time) == "2026-06-01T12:00:00Z");
  CHECK(state == policy::State{state.time, std::nullopt, {}});
}

TEST_CASE("windows meet between their breakpoints or not at all") {
  CHECK(is_found(decide(policy_of({rule("a", {valid(100, 200)}), rule("b", {valid(199, 300)})}), all_match({"a", "b"}))));
  CHECK(is_nothing(decide(policy_of({rule("a", {valid(100, 200)}), rule("b", {valid(200, 300)})}), all_match({"a", "b"}))));
  // Before the first breakpoint, and after the last one, nothing matches.
  const auto before = decide(policy_of({rule("a", {valid(100, 200)}), rule("b", {})}), all_match({"a"}), Goal::no_claim);
  CHECK(is_found(before));
  // From the end of one window until the end of the other.
  auto only_b = all_match({"b"});
  only_b.claim.operands.push_back(does_not_match("a"));
  const auto after = decide(policy_of({rule("a", {valid(100, 200)}), rule("b", {valid(150, 300)})}), only_b);
  REQUIRE(is_found(after));
  CHECK(std::get<Found>(after).request.state.time == Instant{200, 0});
}

TEST_CASE("a sphere may be one that nobody names") {
  const auto policy = policy_of({rule("a", {sphere("work")}), rule("b", {sphere("another")})});
  auto property = all_match({});
  property.claim.operands = {does_not_match("a"), does_not_match("b")};
  property::Formula<property::GuardAtom> undefined;
  undefined.atom = property::SphereIs{std::nullopt};
  property::Formula<property::GuardAtom> defined;
  defined.op = property::Operator::not_;
  defined.operands.push_back(undefined);
  property.guards = {defined};
  CHECK(is_found(decide(policy, property)));
}

TEST_CASE("one sphere at a time, and one text in each civic field") {
  CHECK(is_nothing(decide(policy_of({rule("a", {sphere("work")}), rule("b", {sphere("home")})}), all_match({"a", "b"}))));
  CHECK(is_found(decide(policy_of({rule("a", {sphere("work")}), rule("b", {sphere("WORK")})}), all_match({"a", "b"}))));
  const auto country = [](const std::string& text) { return civic({{"country", text}}); };
  CHECK(is_nothing(decide(policy_of({rule("a", {country("DE")}), rule("b", {country("AT")})}), all_match({"a", "b"}))));
  CHECK(is_found(decide(policy_of({rule("a", {country("DE")}), rule("b", {civic({{"A1", "Bavaria"}})})}), all_match({"a", "b"}))));
}

TEST_CASE("places are those that the earth has") {
  CHECK(is_found(decide(policy_of({rule("a", {inside(kHere)}), rule("b", {inside(kNear)})}), all_match({"a", "b"}))));
  CHECK(is_nothing(decide(policy_of({rule("a", {inside(kHere)}), rule("b", {inside(kFar)})}), all_match({"a", "b"}))));
}

TEST_CASE("one identity is not two, unless a person has both") {
  const auto policy = policy_of({rule("a", {one("sip:ann@one.example")}), rule("b", {one("tel:+1")})});
  const auto property = all_match({"a", "b"});
  CHECK(is_nothing(decide(policy, property)));
  const property::Properties properties{{property}, {{"ann", {uri::parse("sip:ann@one.example"), uri::parse("tel:+1")}, {}}}};
  Enumeration enumeration(policy, properties, policy::Usage::presence, engine::rfc());
  CHECK(is_found(enumeration.decide(properties.properties.front(), Goal::claim, {})));
}

TEST_CASE("the unauthenticated are looked at though the same rules are for a stranger") {
  auto property = all_match({"a"});
  property::Formula<property::GuardAtom> authenticated;
  authenticated.atom = property::Authenticated{};
  property::Formula<property::GuardAtom> unauthenticated;
  unauthenticated.op = property::Operator::not_;
  unauthenticated.operands.push_back(authenticated);
  property.guards = {unauthenticated};
  const auto answer = decide(policy_of({rule("a", {})}), property);
  REQUIRE(is_found(answer));
  CHECK_FALSE(std::get<Found>(answer).request.watcher.authenticated());
}

TEST_CASE("an empty group and a guard that never holds are told apart") {
  const auto policy = policy_of({rule("a", {})});
  auto property = all_match({"a"});
  property.during = {{{200, 0}, {100, 0}}};
  CHECK(is_nothing(decide(policy, property)));
  CHECK(is_nothing(decide(policy, property, Goal::guard)));
  property.during.clear();
  CHECK(is_found(decide(policy, property, Goal::guard)));
  auto nobody = std::make_shared<property::Group>();
  nobody->minus.push_back(std::make_shared<property::Group>());
  property.group = nobody;
  const auto answer = decide(policy, property);
  REQUIRE(std::holds_alternative<Nothing>(answer));
  CHECK(std::get<Nothing>(answer).empty_group);
}

TEST_CASE("a proof that a touching rim could break is given up, a finding is not") {
  const geo::Position there = geo::Position{48, 11.1};
  const geo::Circle touching{there, 1000};
  // The same rims with one more: all three as good as through a point, for all that geodesics tell.
  const auto policy = policy_of({rule("a", {inside(touching)}), rule("b", {inside({there, 1000.00000001})}), rule("c", {inside(kFar)})});
  CHECK(std::holds_alternative<GaveUp>(decide(policy, all_match({"a", "c"}))));
  CHECK(is_found(decide(policy, all_match({"a", "b"}))));
}

TEST_CASE("beyond the budget nothing is decided") {
  const auto policy = policy_of({rule("a", {valid(100, 200), sphere("work")}), rule("b", {valid(200, 300), sphere("home")})});
  CHECK(is_nothing(decide(policy, all_match({"a", "b"}))));
  const auto answer = decide(policy, all_match({"a", "b"}), Goal::claim, 20);
  REQUIRE(std::holds_alternative<GaveUp>(answer));
  CHECK(std::get<GaveUp>(answer).reason == "there is more to look at than 20 conditions and states");
}

TEST_CASE("the reading of an empty identity decides for the unauthenticated") {
  const auto policy = policy_of({rule("a", {policy::IdentityCondition{{}, {}}})});
  const property::Properties properties{{all_match({"a"})}, {}};
  Enumeration enumeration(policy, properties, policy::Usage::presence, engine::rfc());
  CHECK(is_nothing(enumeration.decide(properties.properties.front(), Goal::claim, {})));
  engine::Readings readings;
  readings.set(engine::Reading::empty_identity, true);
  const auto answer = enumeration.decide(properties.properties.front(), Goal::claim, readings);
  REQUIRE(is_found(answer));
  CHECK_FALSE(std::get<Found>(answer).request.watcher.authenticated());
}

}  // namespace presproof
