// Who is told of together, what is said to have changed, and when.

#include "diff/grouping.h"

#include "unit/verify/proving.h"

namespace presproof {
namespace {

using namespace test;

struct Grouped {
  diff::Comparison comparison;
  std::vector<diff::ChangeGroup> groups;

  /// `widened: sub-handling block -> allow`, one item a line, with the number of watchers.
  [[nodiscard]] std::string lines() const {
    std::string text;
    for (const auto& group : groups) {
      text += std::to_string(group.watchers.size()) + " " + std::string(diff::kTendencyNames[static_cast<std::size_t>(group.tendency())]) + ":";
      for (const auto& item : group.items) text += " " + item.permission + " " + item.before + " -> " + item.after + ";";
      text += "\n";
    }
    return text;
  }
};

Grouped grouped(const std::string& old_rules, const std::string& new_rules, std::size_t jobs = 2, std::uint64_t budget = diff::kGroupingBudget) {
  const auto before = policy_of(old_rules);
  const auto after = policy_of(new_rules);
  diff::Options options;
  options.timeout_s = 0;
  Workers workers(jobs);
  Grouped result{diff::compare(before, after, options), {}};
  result.groups = diff::group_changes(before, after, result.comparison, options, workers, budget);
  return result;
}

const std::string kTwo = "<identity><one id=\"sip:bob@example.com\"/><one id=\"sip:carol@example.com\"/></identity>";
const std::string kMood = "<pr:provide-mood>true</pr:provide-mood>";

}  // namespace

TEST_CASE("watchers of whom the same is said are one group, and what widens comes first", "[diff]") {
  const auto result = grouped(rule("a", kTwo, kAllow, kPersons + within("5000")) + rule("b", domain("example.org"), kAllow, kPersons + kMood),
                              rule("a", kTwo, kAllow, kPersons + within("500")) + rule("b", domain("example.org"), kAllow, kPersons));
  CHECK(result.lines() == "2 widened: provide-location radius 5000 m -> radius 500 m;\n1 narrowed: provide-mood true -> false;\n");
  REQUIRE(result.groups.size() == 2);
  CHECK(result.groups[0].when.always());
  CHECK(result.groups[0].old_rules == std::vector<policy::RuleRef>{{0, 0}});
  CHECK(result.groups[1].new_rules.empty());
}

TEST_CASE("circumstances: times, spheres and places, by themselves and together", "[diff]") {
  const auto when = [](const std::string& conditions) {
    const auto result = grouped(rule("a", kTwo, handling("block")), rule("a", kTwo, handling("block")) + rule("b", kTwo + conditions, kAllow));
    REQUIRE(result.groups.size() == 1);
    REQUIRE(result.groups[0].when.any_of.size() == 1);
    return result.groups[0].when.any_of[0];
  };
  const auto time = when(valid("2026-06-01T00:00:00Z", "2026-09-01T00:00:00Z"));
  REQUIRE(time.times);
  CHECK(*time.times == std::vector<diff::Period>{{parse_rfc3339("2026-06-01T00:00:00Z"), parse_rfc3339("2026-09-01T00:00:00Z")}});
  CHECK((!time.spheres && !time.places));
  const auto both = when(sphere("home work") + inside("48 11", "1000"));
  CHECK(!both.times);
  REQUIRE(both.spheres);
  CHECK(*both.spheres == diff::SpheresTold{{"home", "work"}, false, false});
  REQUIRE(both.places);
  CHECK((both.places->conditions.size() == 1 && both.places->exceptions.empty()));
}

TEST_CASE("circumstances: what a rule took away is so outside of where it still gives", "[diff]") {
  const auto result = grouped(rule("a", kTwo, kAllow), rule("a", kTwo + sphere("home"), kAllow));
  REQUIRE(result.groups.size() == 1);
  REQUIRE(result.groups[0].when.any_of.size() == 1);
  const auto& when = result.groups[0].when.any_of[0];
  REQUIRE(when.spheres);
  CHECK(*when.spheres == diff::SpheresTold{{"home"}, true, true});
  CHECK(!when.times);
}

TEST_CASE("circumstances: what is no product of times, spheres and places is told by several", "[diff]") {
  const auto result = grouped("", rule("a", kTwo + sphere("home"), kAllow) + rule("b", kTwo + valid("2026-06-01T00:00:00Z", "2026-09-01T00:00:00Z"), kAllow));
  REQUIRE(result.groups.size() == 1);
  const auto& ways = result.groups[0].when.any_of;
  REQUIRE(ways.size() == 2);
  const bool time_first = ways[0].times.has_value();
  const auto& by_time = ways[time_first ? 0 : 1];
  const auto& by_sphere = ways[time_first ? 1 : 0];
  CHECK(*by_time.times == std::vector<diff::Period>{{parse_rfc3339("2026-06-01T00:00:00Z"), parse_rfc3339("2026-09-01T00:00:00Z")}});
  CHECK((!by_time.spheres && !by_time.places));
  REQUIRE(by_sphere.spheres);
  CHECK(*by_sphere.spheres == diff::SpheresTold{{"home"}, false, false});
  CHECK((!by_sphere.times && !by_sphere.places));
}

TEST_CASE("circumstances: a smaller circle leaves a ring", "[diff]") {
  const auto result = grouped(rule("a", kTwo + inside("48 11", "800"), kAllow), rule("a", kTwo + inside("48 11", "300"), kAllow));
  REQUIRE(result.groups.size() == 1);
  REQUIRE(result.groups[0].when.any_of.size() == 1);
  const auto& places = result.groups[0].when.any_of[0].places;
  REQUIRE(places);
  REQUIRE((places->conditions.size() == 1 && places->exceptions.size() == 1));
  CHECK(std::get<geo::Circle>(places->conditions[0].locations[0].where).radius_m == 800);
  CHECK(std::get<geo::Circle>(places->exceptions[0].locations[0].where).radius_m == 300);
}

TEST_CASE("circumstances that take too many products of times, spheres and places are told by an example", "[diff]") {
  std::string rules;
  for (int i = 0; i < 5; ++i) rules += rule("r" + std::to_string(i), kTwo + sphere("s" + std::to_string(i)) + inside("48." + std::to_string(i) + " 11", "800"), kAllow);
  const auto result = grouped("", rules);
  REQUIRE(!result.groups.empty());
  CHECK(!result.groups[0].when.exact());
  CHECK(result.groups[0].after.permissions.sub_handling == policy::SubHandling::allow);
  CHECK(result.groups[0].before.permissions.sub_handling == policy::SubHandling::block);
}

TEST_CASE("the groups are the same for any number of threads, and every watcher is in one even when little may be looked at", "[diff]") {
  std::string before;
  std::string after;
  for (int i = 0; i < 200; ++i) {
    const auto who = one("sip:u" + std::to_string(i) + "@example.com");
    const auto conditions = who + sphere("s" + std::to_string(i % 7)) + inside("48 11", std::to_string(1000 + i));
    before += rule("a" + std::to_string(i), conditions, kAllow, kPersons) + rule("c" + std::to_string(i), who, handling("confirm"));
    after += rule("a" + std::to_string(i), conditions, kAllow, i % 3 == 0 ? kPersons + kMood : kPersons) + rule("c" + std::to_string(i), who, handling("polite-block"));
  }
  const auto alone = grouped(before, after, 1);
  const auto shared = grouped(before, after, 4);
  CHECK(alone.lines() == shared.lines());
  const auto little = grouped(before, after, 2, 1);
  std::vector<bool> told(little.comparison.affected.size());
  for (const auto& group : little.groups)
    for (const auto watcher : group.watchers) told[watcher] = true;
  CHECK(told.size() == 200);
  CHECK(std::find(told.begin(), told.end(), false) == told.end());
}

}  // namespace presproof
