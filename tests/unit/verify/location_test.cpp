// Proofs about where the target is: circles on the ellipsoid, civic addresses, and what lies between certain and uncertain.

#include <fmt/format.h>

#include "geo/geodesic.h"
#include "proving.h"

namespace presproof {
namespace {

using namespace test;

const std::string kForBob = "for { sip:bob@example.com } ";

std::string shown_inside(const std::string& id, const std::string& position, const std::string& radius) {
  return rule(id, one("sip:bob@example.com") + inside(position, radius), kAllow, kPersons);
}

}  // namespace

TEST_CASE("a counterexample's place is really inside the circle") {
  for (const auto* center : {"48.15 11.58", "-33.85 151.2", "10 179.9999", "10 -179.9999", "89.9999 0", "-90 0", "0 0"}) {
    INFO(center);
    const auto result = prove(shown_inside("r", center, "300"), kForBob + "never persons");
    REQUIRE(result.verdict == verify::Verdict::violated);
    CHECK(result.counterexample->decision.permissions.components[static_cast<std::size_t>(policy::ComponentKind::person)].all);
    REQUIRE(result.counterexample->request.state.location.geodetic);
  }
}

TEST_CASE("regions of a guard meet circles of rules exactly") {
  const auto rules = shown_inside("r", "48 11", "500");
  CHECK(verdict(rules, kForBob + "when inside circle 48 11 radius 400 m always persons") == "proved");
  CHECK(verdict(rules, kForBob + "when inside circle 48 11 radius 600 m always persons") == "violated");
  CHECK(verdict(rules, kForBob + "when inside circle 49 11 radius 500 m never persons") == "proved");
  CHECK(verdict(rules, kForBob + "when not inside circle 48 11 radius 501 m never persons") == "proved");
  CHECK(verdict(rules, kForBob + "when not inside circle 48 11 radius 499 m never persons") == "violated");
}

TEST_CASE("an unknown location is inside nothing") {
  const auto rules = shown_inside("r", "48 11", "500");
  CHECK(verdict(rules, kForBob + "sometimes not persons") == "proved");
  CHECK_FALSE(prove(rules, kForBob + "always persons").counterexample->request.state.location.geodetic);
}

TEST_CASE("a claim about location is broken where there is one, unless a rule asks for none") {
  const auto place_of = [](const std::string& rules, const std::string& claim) { return prove(rules, kForBob + claim).counterexample->request.state.location; };
  const auto precise = rule("r", one("sip:bob@example.com"), kAllow, kPersons + within("100"));
  CHECK(place_of(precise, "never location").geodetic);
  CHECK_FALSE(place_of(precise, "never location").civic);
  CHECK(place_of(rule("r", one("sip:bob@example.com"), kAllow, kPersons + civic("city")), "never location").civic);
  CHECK(place_of(precise, "always persons and location finer than 50 m").geodetic);
  CHECK_FALSE(place_of(precise, "never persons").geodetic);  // nothing of it is about location
  const auto elsewhere = rule("r", one("sip:bob@example.com") + inside("48.1 11.6", "500"), kAllow, kPersons + within("100"));
  const auto found = prove(elsewhere, kForBob + "always persons and location");
  REQUIRE(found.verdict == verify::Verdict::violated);
  CHECK_FALSE(found.counterexample->request.state.location.geodetic);  // at the usual place it holds
}

TEST_CASE("disjoint circles never hold together, overlapping ones do") {
  const auto both = [](const std::string& second, const std::string& radius) {
    return rule("r", one("sip:bob@example.com") + inside("48 11", "1000") + inside(second, radius), kAllow);
  };
  CHECK(verdict(both("48.1 11", "1000"), kForBob + "never handling allow") == "proved");     // 11.1 km apart
  CHECK(verdict(both("48.01 11", "1000"), kForBob + "never handling allow") == "violated");  // 1.1 km apart
}

TEST_CASE("three circles that meet in pairs but not all at once never hold together") {
  // A triangle of 10 km: pairs of circles of 5.5 km overlap, and no point is within 5.5 km of all three corners (5.77 km is).
  const geo::Position a{48, 11};
  const auto b = geo::destination(a, 60, 10000);
  const auto c = geo::destination(a, 120, 10000);
  const auto text = [](geo::Position p) { return std::to_string(p.latitude) + " " + std::to_string(p.longitude); };
  const auto rules = [&](const std::string& radius) {
    return rule("r", one("sip:bob@example.com") + inside(text(a), radius) + inside(text(b), radius) + inside(text(c), radius), kAllow);
  };
  CHECK(verdict(rules("5500"), kForBob + "never handling allow") == "proved");
  CHECK(verdict(rules("6000"), kForBob + "never handling allow") == "violated");
}

TEST_CASE("what only the rounding margin could show is neither proved nor refuted wrongly") {
  // The circles touch in one point, up to a nanometre: whatever is said, it must not be a proof that they never do, unless it is certain.
  const geo::Position a{48, 11};
  const auto b = geo::destination(a, 90, 2000);
  const auto text = [](geo::Position p) { return fmt::format("{} {}", p.latitude, p.longitude); };
  const auto rules = rule("r", one("sip:bob@example.com") + inside(text(a), "1000") + inside(text(b), "1000"), kAllow);
  const auto result = prove(rules, kForBob + "never handling allow");
  INFO(verify::kVerdictNames[static_cast<std::size_t>(result.verdict)]);
  CHECK(result.verdict != verify::Verdict::proved);
  if (result.verdict == verify::Verdict::undecided) CHECK_FALSE(result.reason.empty());
}

TEST_CASE("civic conditions hold together when their fields agree") {
  const auto in_city = [](const std::string& city) {
    return R"(<gp:location-condition><gp:location profile="civic-condition"><ca:country>DE</ca:country><ca:A3>)" + city +
           "</ca:A3></gp:location></gp:location-condition>";
  };
  const auto rules = rule("r", one("sip:bob@example.com") + in_city("Munich"), kAllow);
  CHECK(verdict(rules, kForBob + "when inside civic { country \"DE\" } never handling allow") == "violated");
  CHECK(verdict(rules, kForBob + "when inside civic { A3 \"Berlin\" } never handling allow") == "proved");
  CHECK(verdict(rules, kForBob + "when inside civic { A3 \"munich\" } never handling allow") == "proved");
  CHECK(verdict(rule("r", one("sip:bob@example.com") + in_city("Munich") + in_city("Berlin"), kAllow), kForBob + "never handling allow") == "proved");
}

}  // namespace presproof
