// Claims over time about regions: something appears only there, or only elsewhere, and tells where the target is.

#include "over_time_proving.h"

namespace presproof {
namespace {

using namespace test;

const std::string kMood = "<pr:provide-mood>true</pr:provide-mood>";
const std::string kOffice = inside("48.15 11.58", "200");

std::string persons_always() { return rule("always", one(kBob), kAllow, kPersons); }
std::string mood_when(const std::string& conditions) { return rule("mood", one(kBob) + conditions, kAllow, kPersons + kMood); }

std::string in_city(const std::string& fields) {
  return R"(<gp:location-condition><gp:location profile="civic-condition">)" + fields + "</gp:location></gp:location-condition>";
}

}  // namespace

TEST_CASE("a permission that appears only at the office discloses the office") {
  const auto rules = persons_always() + mood_when(kOffice);
  CHECK(verdict(rules, kForBob + "never location finer than 200 m over time") == "proved");
  const auto result = prove(rules, kForBob + "never location finer than 201 m over time");
  REQUIRE(result.verdict == verify::Verdict::violated);
  CHECK(geo::distance_m(place_of(*result.counterexample), {48.15, 11.58}) <= 200);
  CHECK(result.remaining_area_m2 == Approx(std::numbers::pi * 200 * 200));
  // The other run is elsewhere, in the same state, and looks different.
  REQUIRE(result.second);
  CHECK(geo::distance_m(place_of(*result.second), {48.15, 11.58}) > 200);
  CHECK(result.second->request.state.time == result.counterexample->request.state.time);
  CHECK(result.second->decision.permissions.attributes != result.counterexample->decision.permissions.attributes);
  CHECK(ids_of(rules, result.rules) == std::vector<std::string>{"mood"});
}

TEST_CASE("what cannot be seen discloses nothing") {
  // Mood needs a person, and permissions of a politely blocked watcher are none.
  const auto no_person = rule("always", one(kBob), kAllow, kServices) + rule("mood", one(kBob) + kOffice, kAllow, kServices + kMood);
  CHECK(verdict(no_person, kForBob + "never location finer than 10 km over time") == "proved");
  const auto polite = rule("always", one(kBob), handling("polite-block"), kPersons) + rule("mood", one(kBob) + kOffice, handling("polite-block"), kPersons + kMood);
  CHECK(verdict(polite, kForBob + "never location finer than 10 km over time") == "proved");
  // Everywhere by another rule.
  CHECK(verdict(rule("everywhere", one(kBob), kAllow, kPersons + kMood) + mood_when(kOffice), kForBob + "never location finer than 10 km over time") == "proved");
}

TEST_CASE("the response discloses a region as content does") {
  const auto allowed_there = rule("office", one(kBob) + kOffice, kAllow, {});
  CHECK(verdict(allowed_there, kForBob + "never location finer than 1 km over time") == "violated");
  const auto polite_there = rule("office", one(kBob) + kOffice, handling("polite-block"), {});
  CHECK(verdict(polite_there, kForBob + "never location finer than 1 km over time") == "violated");
}

TEST_CASE("what is missing in a region discloses where it is not missing") {
  // Inside the large circle and not in the small one: two circles, of which the ring is left.
  const auto ring = persons_always() + mood_when(inside("48.15 11.58", "1000")) +
                    rule("note", one(kBob) + inside("48.15 11.58", "900"), kAllow, kPersons + "<pr:provide-note>true</pr:provide-note>");
  const auto outside_small = prove(ring, kForBob + "when not inside circle 48.15 11.58 radius 900 m never location finer than 500 m over time");
  REQUIRE(outside_small.verdict == verify::Verdict::violated);
  CHECK(outside_small.remaining_area_m2 == Approx(std::numbers::pi * (1000.0 * 1000 - 900 * 900)).epsilon(0.001));
}

TEST_CASE("a cell without a circle can be small") {
  // Always 1 km; the mood tells the 300 m around the office. Outside of it the rest of a cell is left.
  const auto rules = radius_when("a", "1000") + rule("mood", one(kBob) + inside("48.15 11.58", "300"), kAllow, kPersons + kMood);
  const std::string when = "when not inside circle 48.15 11.58 radius 300 m ";
  CHECK(verdict(radius_when("a", "1000"), kForBob + when + "never location finer than 1 km over time") == "proved");
  const auto result = prove(rules, kForBob + when + "never location finer than 320 m over time");
  REQUIRE(result.verdict == verify::Verdict::violated);
  const auto place = place_of(*result.counterexample);
  const double counted = counted_area_m2(place, 1100, 500, [&](geo::Position p) {
    return same_cell(p, place, 1000) && geo::distance_m(p, {48.15, 11.58}) > 300;
  });
  CHECK(counted == Approx(*result.remaining_area_m2).epsilon(0.01));
}

TEST_CASE("a cell and a circle meet on the real grid") {
  const auto rules = radius_when("a", "1000") + rule("mood", one(kBob) + inside("48.15 11.58", "700"), kAllow, kPersons + kMood);
  const std::string when = "when inside circle 48.15 11.58 radius 700 m ";
  const auto result = prove(rules, kForBob + when + "never location finer than 300 m over time");
  REQUIRE(result.verdict == verify::Verdict::violated);
  const auto place = place_of(*result.counterexample);
  const double counted = counted_area_m2(place, 1100, 800, [&](geo::Position p) {
    return same_cell(p, place, 1000) && geo::distance_m(p, {48.15, 11.58}) <= 700;
  });
  CHECK(counted == Approx(*result.remaining_area_m2).epsilon(0.03));
  CHECK(result.second);
}

TEST_CASE("offices that look the same are known together") {
  const auto one_office = mood_when(inside("48.15 11.58", "200"));
  const auto other = rule("mood2", one(kBob) + inside("52.52 13.4", "200"), kAllow, kPersons + kMood);
  const auto rules = persons_always() + one_office + other;
  CHECK(verdict(rules, kForBob + "never location finer than 282 m over time") == "proved");
  CHECK(verdict(rules, kForBob + "never location finer than 284 m over time") == "violated");
}

TEST_CASE("a circle of the guard alone discloses nothing") {
  CHECK(verdict(persons_always(), kForBob + "when inside circle 48.15 11.58 radius 200 m never location finer than 10 km over time") == "proved");
}

TEST_CASE("civic conditions disclose their fields, at the coarsest level that shows them") {
  const std::string munich = "<ca:country>DE</ca:country><ca:A3>Munich</ca:A3>";
  const auto rules = persons_always() + mood_when(in_city(munich));
  CHECK(verdict(rules, kForBob + "never location finer than 10 km over time") == "proved");
  const auto result = prove(rules, kForBob + "never location finer than 11 km over time");
  REQUIRE(result.verdict == verify::Verdict::violated);
  CHECK(result.counterexample->request.state.location.civic->at("A3") == "Munich");
  CHECK(result.second);
  CHECK(result.reason.find("`city`") != std::string::npos);
  CHECK(verdict(rules, kForBob + "never civic finer than region over time") == "violated");
  CHECK(verdict(rules, kForBob + "never civic finer than city over time") == "proved");
  CHECK(verdict(rules, kForBob + "never civic finer than none") == "proved");
  CHECK(verdict(rules, kForBob + "never geodetic finer than 1000 km over time") == "proved");
  // Two towns that look the same tell the town all the same: each is a region of that level.
  const auto both = rules + rule("berlin", one(kBob) + in_city("<ca:country>DE</ca:country>"), kAllow, kPersons + kMood);
  CHECK(verdict(both, kForBob + "never civic finer than country over time") == "proved");
  CHECK(verdict(both, kForBob + "never civic finer than none over time") == "violated");
}

TEST_CASE("a location server's grant is a region, too") {
  const std::string there = "<rule id=\"a\"><conditions>" + one(kBob) + kOffice + "</conditions><actions/><transformations>" + within("5000") + "</transformations></rule>";
  CHECK(verdict(there, kForBob + "never location finer than 5 km") == "proved");
  CHECK(verdict(there, kForBob + "never location finer than 5 km over time") == "violated");
}

}  // namespace presproof
