// What Kamailio gives otherwise than the RFCs, by which departure, and that both evaluators say so.

#include "compare/compare.h"

#include <set>

#include "engine/view.h"
#include "unit/verify/proving.h"

namespace presproof {
namespace {

using namespace test;

struct Compared {
  policy::Policy rfc;
  policy::Policy other;
  compare::EngineComparison comparison;

  /// Of all whom a difference concerns: `watcher: departure departure`.
  [[nodiscard]] std::set<std::string> lines(bool only_more) const {
    std::set<std::string> found;
    for (const auto& difference : comparison.differences) {
      if (only_more && !difference.discloses_more()) continue;
      std::string because;
      for (const auto* departure : difference.because) because += " " + std::string(departure->key);
      for (const auto number : difference.group.watchers) {
        const auto& watcher = comparison.watchers[number].watcher;
        found.insert((watcher.identities.empty() ? std::string("nobody") : watcher.identities.front().text) + ":" + because);
      }
    }
    return found;
  }
};

Compared compared(const std::string& rules, const std::string& parameters = {}, std::string_view name = "kamailio", std::uint64_t budget = diff::kGroupingBudget) {
  engine::Profile profile = *engine::find_profile(name);
  if (!parameters.empty()) {
    const auto equals = parameters.find('=');
    REQUIRE(!engine::set_parameter(profile, parameters.substr(0, equals), parameters.substr(equals + 1)));
  }
  const std::string text = R"(<ruleset xmlns="urn:ietf:params:xml:ns:common-policy" xmlns:pr="urn:ietf:params:xml:ns:pres-rules"
    xmlns:gp="urn:ietf:params:xml:ns:geolocation-policy" xmlns:lp="urn:ietf:params:xml:ns:basic-location-profiles"
    xmlns:gs="http://www.opengis.net/pidflo/1.0" xmlns:gml="http://www.opengis.net/gml">)" + rules + "</ruleset>";
  diag::Sources sources;
  diag::Sink sink;
  const auto document = xml::Document::read(sources, sources.add("test.xml", text), {}, sink);
  REQUIRE(document);
  const auto read = policy::read_rule_set(*document, sources, sink).value();
  Compared result{{{read}}, {{engine::as_read_by(profile, *document, read)}}, {}};
  Workers workers(2);
  result.comparison = compare::compare(result.rfc, result.other, profile, {}, {}, workers, budget);
  // Both evaluators say what is said of the witness.
  const semantics::Evaluator by_rfc(result.rfc, {policy::Usage::presence, &engine::rfc(), {}});
  const semantics::Evaluator by_engine(result.other, {policy::Usage::presence, &profile, {}});
  for (const auto& difference : result.comparison.differences) {
    CHECK(by_rfc.decide(difference.group.witness).permissions == difference.group.before.permissions);
    CHECK(by_engine.decide(difference.group.witness).permissions == difference.group.after.permissions);
    CHECK(!difference.because.empty());
    // And of everybody whom the difference concerns.
    for (const auto number : difference.group.watchers) {
      auto request = difference.group.witness;
      request.watcher = result.comparison.watchers[number].watcher;
      INFO((request.watcher.identities.empty() ? "nobody" : request.watcher.identities.front().text));
      CHECK(by_rfc.decide(request).permissions != by_engine.decide(request).permissions);
    }
  }
  return result;
}

const std::string kBob = one("sip:bob@example.com");
const std::string kMood = "<pr:provide-mood>true</pr:provide-mood>";

}  // namespace

TEST_CASE("a friend who is given five kilometres is sent the exact place", "[compare]") {
  const auto result = compared(rule("friends", kBob, kAllow, kPersons + within("5000")));
  const auto more = result.lines(true);
  CHECK(more.contains("sip:bob@example.com: omitted"));
  const auto& group = result.comparison.differences.front().group;
  CHECK(group.before.permissions.location.radius_m == 5000);
  CHECK(group.after.permissions.location.radius_m == 0);
  CHECK(group.when.always());
  CHECK(result.comparison.complete);
  // The engine takes sips for sip; telephones and strangers stay pending instead of being blocked.
  CHECK(more.contains("sips:bob@example.com: uri-equivalence omitted"));
  CHECK(result.lines(false).contains("nobody: default"));
}

TEST_CASE("departures that let somebody in", "[compare]") {

  CHECK(compared(rule("a", domain("example.com"), kAllow, kMood)).lines(true).contains("sip:someone@example.org: many-domain omitted"));
  CHECK(compared(rule("a", many("<except id=\"sip:eve@example.org\"/>"), kAllow, kMood)).lines(true).contains("nobody: anonymous omitted"));
  CHECK(compared(rule("a", kBob + sphere("work"), kAllow, kMood)).lines(true).contains("sip:bob@example.com: sphere omitted"));
  CHECK(compared(rule("a", kBob + inside("48 11", "1000"), kAllow, kMood)).lines(true).contains("sip:bob@example.com: unknown-condition omitted"));
  CHECK(compared(rule("a", kBob, kAllow, kMood) + rule("b", many(), handling("block"))).lines(true).contains("sip:bob@example.com: first-match omitted"));
  CHECK(compared(rule("a", kBob, kAllow)).lines(true).contains("sip:bob@example.com: no-transformations"));
  CHECK(compared("", "force-active=yes").lines(true).contains("nobody: force-active"));
}

TEST_CASE("departures that keep somebody out", "[compare]") {
  CHECK(compared("<!-- friends -->" + rule("a", kBob, kAllow, kMood)).lines(false).contains("sip:bob@example.com: comment"));
  CHECK(compared(rule("a", "", kAllow, kMood)).lines(false).contains("sip:someone@elsewhere.example: no-conditions"));
  CHECK(compared(rule("a", one("tel:+1201"), kAllow, kMood)).lines(false).contains("tel:+1201: uri-equivalence"));
  CHECK(compared(rule("a", kBob, handling("polite-block")) + rule("b", kBob, kAllow, kMood)).lines(false).contains("sip:bob@example.com: first-match"));
}

TEST_CASE("where there is no difference nothing is said", "[compare]") {
  CHECK(compared(rule("a", one("sip:anonymous@anonymous.invalid"), handling("confirm"))).lines(true).empty());
}

TEST_CASE("conditions are told as each side decides them", "[compare]") {
  // Without sphere-check a sphere does not count on the server; with it, no sphere is every sphere.
  const auto spheres = [](const std::string& parameters) {
    const auto result = compared(rule("a", kBob + sphere("work"), kAllow, kMood), parameters);
    for (const auto& difference : result.comparison.differences) {
      const auto& items = difference.group.items;
      const bool answer = std::any_of(items.begin(), items.end(), [](const auto& item) { return item.permission == "sub-handling" && item.after == "allow"; });
      const auto& watcher = result.comparison.watchers[difference.group.watchers.front()].watcher;
      if (!answer || watcher.identities.empty() || watcher.identities.front().text != "sip:bob@example.com") continue;
      REQUIRE(difference.group.when.any_of.size() == 1);
      return difference.group.when.any_of.front().spheres.value();
    }
    FAIL("bob is not told of");
    return diff::SpheresTold{};
  };
  CHECK(spheres("sphere-check=no") == diff::SpheresTold{{"work"}, true, true});
  CHECK(spheres("sphere-check=yes") == diff::SpheresTold{{"work"}, true, true});  // publ-cache=1: it is not found
}

TEST_CASE("what is not looked at whole is said, and is no agreement", "[compare]") {
  std::string rules;
  for (int i = 0; i < 40; ++i) rules += rule("r" + std::to_string(i), kBob + sphere("s" + std::to_string(i)) + valid("2026-01-01T00:00:00Z", "2026-02-" + std::to_string(10 + i % 18) + "T00:00:00Z"), handling("block"));
  const auto little = compared(rules, {}, "kaleo", 1);
  CHECK_FALSE(little.comparison.by_examples.empty());
  CHECK(compared(rules, {}, "kaleo").comparison.by_examples.empty());
}

TEST_CASE("OpenSIPS in OMA mode: the order of kinds, one condition, and who is left over") {
  const std::string other = "<o:other-identity xmlns:o=\"urn:oma:xml:xdm:common-policy\"/>";
  const auto found = compared(rule("a", one("sip:bob@example.com") + sphere("work"), handling("confirm")) + rule("o", other, handling("polite-block")), {}, "opensips-oma").lines(false);
  CHECK(found.contains("sip:bob@example.com: one-condition"));
  CHECK(found.contains("sip:someone@elsewhere.example: other-identity"));
  for (const auto& line : found) CHECK_FALSE(line.starts_with("pres:"));
}

}  // namespace presproof
