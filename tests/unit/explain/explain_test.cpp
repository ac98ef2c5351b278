#include "unit/explain/explaining.h"

#include "policy/writer.h"

namespace presproof {
namespace {

using namespace test;

const std::string kMood = "<pr:provide-mood>true</pr:provide-mood>";

}  // namespace

TEST_CASE("a row for each kind of watcher that the rules tell apart", "[explain]") {
  const auto policy = policy_of(rule("a", kBob, kAllow, kPersons) + rule("b", domain("example.net"), handling("polite-block")));
  const auto explanation = explained(policy);
  REQUIRE(explanation.rows.size() == 4);
  const auto& bob = row_of(explanation, "sip:bob@example.com");
  CHECK(bob.kind == diff::WatcherKind::named);
  CHECK(bob.rules == std::vector<policy::RuleRef>{{0, 0}});
  const auto persons = entries_of(explanation, bob, "provide-persons");
  REQUIRE(persons.size() == 1);
  CHECK(persons[0].value == "all");
  CHECK(persons[0].when.always());
  CHECK(persons[0].rules == std::vector<policy::RuleRef>{{0, 0}});
  const auto& nobody = row_of(explanation, "");
  CHECK(nobody.kind == diff::WatcherKind::unauthenticated);
  CHECK(entries_of(explanation, nobody, "sub-handling").empty());
  CHECK(std::count_if(explanation.rows.begin(), explanation.rows.end(), [](const auto& row) { return row.kind == diff::WatcherKind::of_domain; }) == 1);
}

TEST_CASE("entries tell when, the most generous first and lesser ones otherwise", "[explain]") {
  const auto policy = policy_of(rule("a", kBob, kAllow, kPersons + within("5000")) + rule("b", kBob + sphere("home"), "", within("500")));
  const auto explanation = explained(policy);
  const auto location = entries_of(explanation, row_of(explanation, "sip:bob@example.com"), "provide-location");
  REQUIRE(location.size() == 2);
  CHECK(location[0].value == "radius 500 m");
  REQUIRE(location[0].when.any_of.size() == 1);
  REQUIRE(location[0].when.any_of[0].spheres);
  CHECK(location[0].when.any_of[0].spheres->named == std::vector<std::string>{"home"});
  CHECK_FALSE(location[0].at_least);
  CHECK(location[1].value == "radius 5000 m");
  CHECK(location[1].at_least);
  CHECK(location[1].when.always());
}

TEST_CASE("what no component carries and what no rule allows is not seen", "[explain]") {
  const auto policy = policy_of(rule("a", kBob, kAllow, kMood) + rule("b", one("sip:carol@example.com"), "", kPersons + kMood));
  const auto explanation = explained(policy);
  CHECK(entries_of(explanation, row_of(explanation, "sip:bob@example.com"), "provide-mood").empty());
  CHECK(entries_of(explanation, row_of(explanation, "sip:carol@example.com"), "provide-persons").empty());
}

TEST_CASE("near misses: excepted, and another spelling", "[explain]") {
  const auto policy = policy_of(rule("a", domain("example.com", R"(<except id="sip:bob@example.com"/>)"), kAllow, kPersons) +
                                rule("b", one("sips:carol@example.com"), kAllow) + rule("c", one("sip:carol@example.com"), kAllow));
  const auto explanation = explained(policy);
  const auto& bob = row_of(explanation, "sip:bob@example.com");
  REQUIRE(bob.near_misses.size() == 1);
  CHECK(bob.near_misses[0].rule == policy::RuleRef{0, 0});
  CHECK(bob.near_misses[0].reason == explain::NearMiss::Reason::excepted);
  const auto& carol = row_of(explanation, "sip:carol@example.com");
  REQUIRE(carol.near_misses.size() == 1);
  CHECK(carol.near_misses[0].rule == policy::RuleRef{0, 1});
  CHECK(carol.near_misses[0].reason == explain::NearMiss::Reason::other_spelling);
  CHECK(carol.near_misses[0].named == "sips:carol@example.com");
}

TEST_CASE("the timeline has the moments at which somebody's view changes, and no others", "[explain]") {
  const auto policy = policy_of(rule("a", kBob + valid("2026-03-02T08:00:00Z", "2026-03-06T17:00:00Z"), kAllow, kPersons) +
                                rule("b", kBob + valid("2026-03-03T00:00:00Z", "2026-03-04T00:00:00Z"), "", kPersons));
  const auto explanation = explained(policy);
  REQUIRE(explanation.timeline.windows.size() == 2);
  CHECK(explanation.timeline.windows[0].periods.size() == 1);
  REQUIRE(explanation.timeline.moments.size() == 2);
  CHECK(explanation.timeline.moments[0].at == *parse_rfc3339("2026-03-02T08:00:00Z"));
  CHECK(explanation.timeline.moments[0].changes[0].begins);
  CHECK(explanation.timeline.moments[1].at == *parse_rfc3339("2026-03-06T17:00:00Z"));
  CHECK_FALSE(explanation.timeline.moments[1].changes[0].begins);
}

TEST_CASE("the map shows the server's circle and the cell that holds the place", "[explain]") {
  const auto policy = policy_of(rule("a", kBob, kAllow, kPersons + within("1000")) + rule("b", one("sip:carol@example.com") + inside("48.15 11.58", "400"), kAllow, kPersons + within("5000")));
  explain::Options options;
  options.place = geo::Position{48.1374, 11.5755};
  const auto explanation = explained(policy, options);
  REQUIRE(explanation.map);
  REQUIRE(explanation.map->disclosed.size() == 2);
  const auto& fine = explanation.map->disclosed[0];
  CHECK(fine.radius_m == 1000);
  CHECK(fine.always);
  REQUIRE(fine.shown);
  CHECK(fine.shown->radius_m == 1000);
  REQUIRE(fine.cells.size() > 4);
  double west = 180;
  double east = -180;
  for (const auto& corner : fine.cells[0]) {
    west = std::min(west, corner.longitude);
    east = std::max(east, corner.longitude);
  }
  CHECK(west <= 11.5755);
  CHECK(east >= 11.5755);
  CHECK_FALSE(explanation.map->disclosed[1].always);
  REQUIRE(explanation.map->regions.size() == 1);
  CHECK(explanation.map->regions[0].circle.radius_m == 400);
}

TEST_CASE("rules that never match or change nothing are told", "[explain]") {
  const auto policy = policy_of(rule("a", kBob, kAllow, kPersons) + rule("b", kBob, kAllow, kPersons) + rule("c", kBob + sphere("a") + sphere("b"), kAllow, kPersons));
  const auto explanation = explained(policy);
  REQUIRE(explanation.rules.size() == 3);
  CHECK_FALSE(explanation.rules[0].redundant_because);
  REQUIRE(explanation.rules[1].redundant_because);
  CHECK(*explanation.rules[1].redundant_because == std::vector<policy::RuleRef>{{0, 0}});
  CHECK(explanation.rules[2].never);
}

TEST_CASE("under an engine that takes the first rule, one that comes too late decides nothing", "[explain]") {
  const auto policy = policy_of(rule("a", kBob, kAllow, kPersons) + rule("b", kBob, handling("block")) + rule("c", many(), handling("confirm")));
  explain::Options options;
  options.profile = engine::find_profile("kamailio");
  const auto explanation = explained(policy, options);
  REQUIRE(explanation.rules.size() == 3);
  CHECK_FALSE(explanation.rules[0].never);
  CHECK(explanation.rules[1].never);
  CHECK_FALSE(explanation.rules[2].never);
  CHECK_FALSE(explained(policy).rules[1].never);
  CHECK(explained(policy).blocks);
  CHECK_FALSE(explained(policy_of("<rule id=\"a\"><conditions/><actions>" + handling("confirm") + "</actions><transformations/></rule>")).blocks);
}

TEST_CASE("a watcher with too many kinds of states is told by examples, and so it says", "[explain]") {
  std::string rules = rule("all", kBob, kAllow, kPersons);
  for (int i = 0; i < 9; ++i) rules += rule("r" + std::to_string(i), kBob + sphere("s" + std::to_string(i)) + inside("48.1 11." + std::to_string(i), "9000"), "", kMood);
  const auto policy = policy_of(rules);
  explain::Options options;
  options.budget = 10;
  const auto explanation = explained(policy, options);
  const auto& bob = row_of(explanation, "sip:bob@example.com");
  CHECK_FALSE(bob.complete);
  const auto mood = entries_of(explanation, bob, "provide-mood");
  REQUIRE_FALSE(mood.empty());
  CHECK_FALSE(mood[0].when.exact());
}

}  // namespace presproof
