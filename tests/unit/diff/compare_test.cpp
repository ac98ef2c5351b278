// What one policy gives and another does not, change by change; and that only what is the same is called equivalent.

#include "diff/compare.h"

#include "unit/verify/proving.h"

namespace presproof {
namespace {

using namespace test;

const std::string kBob = one("sip:bob@example.com");

diff::Comparison compared(const std::string& old_rules, const std::string& new_rules, diff::Options options = {}) {
  const auto before = policy_of(old_rules);
  const auto after = policy_of(new_rules);
  options.usage = policy::usage_of(before);
  options.timeout_s = 0;
  return diff::compare(before, after, options);
}

/// `gained provide-location: radius 5000 m -> 500 m`, one a line.
std::string lines(const diff::Comparison& comparison) {
  std::string text;
  for (const auto& change : comparison.changes) {
    text += std::string(diff::kDirectionNames[static_cast<std::size_t>(change.direction)]) + " " + change.permission + ": " + change.detail + "\n";
  }
  return text;
}

bool equivalent(const std::string& a, const std::string& b, const diff::Options& options = {}) {
  const auto result = compared(a, b, options);
  REQUIRE(result.verdict != diff::Verdict::undecided);
  REQUIRE((result.verdict == diff::Verdict::equivalent) == result.changes.empty());
  return result.verdict == diff::Verdict::equivalent;
}

const std::string kActivities = "<pr:provide-activities>true</pr:provide-activities>";

}  // namespace

TEST_CASE("a smaller radius is gained, and a bigger one lost, with a witness and its rules") {
  const auto coarse = rule("r", kBob, kAllow, kPersons + within("5000"));
  const auto fine = rule("r", kBob, kAllow, kPersons + within("500"));
  const auto gained = compared(coarse, fine);
  REQUIRE(gained.verdict == diff::Verdict::different);
  CHECK(lines(gained) == "gained provide-location: radius 5000 m -> 500 m\n");
  const auto& change = gained.changes.front();
  REQUIRE(change.watchers.size() == 1);
  CHECK(change.watchers.front().identities.front().text == "sip:bob@example.com");
  CHECK(change.watcher_count == 1);
  CHECK(change.before.permissions.location.radius_m == 5000);
  CHECK(change.after.permissions.location.radius_m == 500);
  CHECK(change.old_rules.size() == 1);
  CHECK(change.new_rules.size() == 1);
  CHECK(lines(compared(fine, coarse)) == "lost provide-location: radius 500 m -> 5000 m\n");
}

TEST_CASE("what a rule gave is lost with it, for everyone whom it named") {
  const auto two = "<identity><one id=\"sip:bob@example.com\"/><one id=\"sip:carol@example.com\"/></identity>";
  const auto result = compared(rule("r", two, kAllow, kPersons + kActivities), rule("r", kBob, kAllow, kPersons + kActivities));
  CHECK(lines(result) ==
        "lost provide-activities: true -> false\nlost provide-persons: all -> none\nlost sub-handling: allow -> block\n");
  for (const auto& change : result.changes) {
    REQUIRE(change.watchers.size() == 1);
    CHECK(change.watchers.front().identities.front().text == "sip:carol@example.com");
  }
}

TEST_CASE("an attribute counts only with the component that carries it, and only where the handling is allow") {
  const auto services = rule("r", kBob, kAllow, kServices);
  CHECK(equivalent(services, rule("r", kBob, kAllow, kServices + kActivities)));
  CHECK(equivalent(rule("r", kBob, handling("confirm"), kPersons), rule("r", kBob, handling("confirm"), kPersons + kActivities)));
  CHECK_FALSE(equivalent(rule("r", kBob, kAllow, kPersons), rule("r", kBob, kAllow, kPersons + kActivities)));
  CHECK(equivalent(rule("r", kBob, kAllow, kPersons + "<pr:provide-all-attributes/>"),
                   rule("r", kBob, kAllow, kPersons + kActivities + "<pr:provide-all-attributes/>")));
}

TEST_CASE("rules in another order, split by time or by identity, or said twice are equivalent") {
  const auto a = rule("a", kBob + sphere("work"), kAllow, kPersons);
  const auto b = rule("b", many(), handling("polite-block"));
  CHECK(equivalent(a + b, b + a));
  CHECK(equivalent(a + b, a + b + rule("c", kBob + sphere("WORK"), kAllow)));
  const auto whole = rule("w", kBob + valid("2026-01-01T00:00:00Z", "2026-03-01T00:00:00Z"), kAllow, kPersons);
  const auto first = rule("w1", kBob + valid("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"), kAllow, kPersons);
  const auto second = rule("w2", kBob + valid("2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z"), kAllow, kPersons);
  CHECK(equivalent(whole, first + second));
  const auto late = rule("w2", kBob + valid("2026-02-01T00:00:01Z", "2026-03-01T00:00:00Z"), kAllow, kPersons);
  const auto gap = compared(whole, first + late);
  REQUIRE(gap.verdict == diff::Verdict::different);
  CHECK(to_rfc3339(gap.changes.front().witness.state.time) == "2026-02-01T00:00:00Z");
}

TEST_CASE("a circle in a bigger one adds nothing, and one that sticks out does, at a place in it") {
  const auto big = rule("big", kBob + inside("52 13", "1000"), kAllow, kPersons);
  CHECK(equivalent(big, big + rule("small", kBob + inside("52 13", "400"), kAllow, kPersons)));
  const auto result = compared(big, big + rule("other", kBob + inside("52 13.01", "900"), kAllow, kPersons));
  REQUIRE(result.verdict == diff::Verdict::different);
  CHECK(result.changes.front().witness.state.location.geodetic);
}

TEST_CASE("the booleans of RFC 6772 differ when a silent rule joins one that says no, as the reading has it") {
  const std::string no = "<gp:set-retransmission-allowed>false</gp:set-retransmission-allowed>";
  const auto says_no = rule("a", kBob, kAllow, kPersons + no);
  const auto silent = rule("b", kBob, "", "");
  CHECK(lines(compared(says_no, says_no + silent)) == "gained set-retransmission-allowed: false -> unchanged\n");
  diff::Options absent_is_false;
  absent_is_false.readings.set(engine::Reading::set_boolean_absent, true);
  CHECK(equivalent(says_no, says_no + silent, absent_is_false));
}

TEST_CASE("of two radii the reading decides which one counts") {
  const auto both = rule("a", kBob, kAllow, kPersons + within("500")) + rule("b", kBob, kAllow, within("5000"));
  const auto fine = rule("a", kBob, kAllow, kPersons + within("500"));
  CHECK(equivalent(both, fine));
  diff::Options coarsest;
  coarsest.readings.set(engine::Reading::geo_radius, true);
  CHECK(lines(compared(both, fine, coarsest)) == "gained provide-location: radius 5000 m -> 500 m\n");
}

TEST_CASE("a rule for everybody concerns the named, the strangers of each domain and the unauthenticated") {
  const auto named = rule("n", kBob, handling("confirm"));
  const auto result = compared(named, named + rule("all", "", handling("polite-block")));
  CHECK(lines(result) ==
        "gained sub-handling: block -> polite-block\ngained sub-handling: confirm -> polite-block\n");
  CHECK(result.changes[0].watcher_count == 2);  // a stranger and the unauthenticated
  CHECK(result.changes[1].watcher_count == 1);
}

TEST_CASE("a location server's rules are compared without sub-handling") {
  const auto within_5 = rule("a", kBob, "", within("5000"));
  const auto result = compared(within_5, within_5 + rule("b", one("sip:carol@example.com"), "", civic("city")));
  CHECK(lines(result) == "gained provide-location: civic none -> civic city\ngained sub-handling: block -> allow\n");
}

TEST_CASE("without the solver's leave nothing is called equivalent") {
  diff::Options options;
  options.rlimit = 1;
  std::string a;
  std::string b;
  for (int i = 0; i < 8; ++i) {
    const auto place = std::to_string(50 + i);
    a += rule("a" + place, kBob + inside(place + " 13", "1000") + sphere("s" + place), kAllow, kPersons);
    b += rule("b" + place, kBob + inside(place + " 13.001", "1000") + sphere("s" + place), kAllow, kPersons);
  }
  CHECK(compared(a, b, options).verdict == diff::Verdict::undecided);
}

}  // namespace presproof
