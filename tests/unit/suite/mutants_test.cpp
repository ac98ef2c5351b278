#include <set>

#include "diff/compare.h"
#include "generator/random_policy.h"
#include "suite/coverage.h"
#include "unit/suite/testing.h"

namespace presproof {
namespace {

using namespace test;
using generator::Random;


std::vector<std::string> operations(const policy::Policy& policy) {
  std::vector<std::string> names;
  for (const auto& mutant : suite::mutants_of(policy)) names.emplace_back(mutant.operation);
  return names;
}
bool has(const std::vector<std::string>& names, const std::string& name) { return std::find(names.begin(), names.end(), name) != names.end(); }

}  // namespace

TEST_CASE("every operator applies somewhere", "[suite]") {
  const auto policy = policy_of(
      rule("a", "<identity><one id=\"sip:bob@example.com\"/><many domain=\"example.net\"><except id=\"sip:eve@example.net\"/></many></identity>" + sphere("home work") +
                    "<validity><from>2026-01-01T00:00:00Z</from><until>2026-02-01T00:00:00Z</until><from>2026-03-01T00:00:00Z</from><until>2026-04-01T00:00:00Z</until></validity>" + inside("48 11", "400"),
           handling("confirm"), "<pr:provide-persons><pr:class>x</pr:class></pr:provide-persons><pr:provide-mood>true</pr:provide-mood>" + within("500") + civic("city") + "<gp:set-retention-expiry>60</gp:set-retention-expiry>") +
      rule("b", "<gp:location-condition><gp:location profile=\"geodetic-condition\"><gs:Circle srsName=\"urn:ogc:def:crs:EPSG::4326\"><gml:pos>1 1</gml:pos><gs:radius uom=\"urn:ogc:def:uom:EPSG::9001\">9</gs:radius></gs:Circle></gp:location>"
                "<gp:location profile=\"geodetic-condition\"><gs:Circle srsName=\"urn:ogc:def:crs:EPSG::4326\"><gml:pos>2 2</gml:pos><gs:radius uom=\"urn:ogc:def:uom:EPSG::9001\">9</gs:radius></gs:Circle></gp:location></gp:location-condition>",
           kAllow));
  const auto names = operations(policy);
  CHECK(suite::operators().size() >= 15);
  for (const auto name : suite::operators()) {
    INFO(name);
    CHECK(has(names, std::string(name)));
  }
  for (const auto& mutant : suite::mutants_of(policy)) {
    policy::Policy changed = policy;
    mutant.apply(changed);
    INFO(mutant.operation << ": " << mutant.words);
    CHECK(changed != policy);
  }
}

TEST_CASE("a mutant is killed, survives with a case that kills it, or is equivalent", "[suite]") {
  const auto policy = policy_of(rule("a", kBob, kAllow, kPersons + within("5000")) + rule("b", kBob, handling("polite-block")));
  const auto subject = subject_of(policy);
  const auto nothing = suite::judge({}, subject, 0);
  const auto fate = [&](const std::vector<suite::Judged>& judged, const std::string& operation, std::uint32_t rule) {
    for (const auto& each : judged)
      if (each.mutant.operation == operation && each.mutant.rule.rule == rule) return each.fate;
    throw std::runtime_error("no mutant " + operation);
  };
  CHECK(fate(nothing, "finer-radius", 0) == suite::Fate::survived);
  CHECK(fate(nothing, "drop-rule", 1) == suite::Fate::equivalent);
  CHECK(suite::score(nothing) == 0);
  for (const auto& each : nothing) {
    if (each.fate != suite::Fate::survived) continue;
    INFO(each.mutant.operation << ": " << each.mutant.words);
    REQUIRE(each.killer);
    CHECK_FALSE(suite::some_case_fails({*each.killer}, subject));
    policy::Policy changed = policy;
    each.mutant.apply(changed);
    auto mutated = subject;
    mutated.policy = &changed;
    CHECK(suite::some_case_fails({*each.killer}, mutated));
  }
}

TEST_CASE("a draft passes, covers all that can happen and kills every mutant that is not equivalent", "[suite]") {
  const auto& vocabulary = generator::small_vocabulary();
  std::size_t cases = 0;
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    Random random(seed * 6151);
    const auto policy = generator::random_policy(random, vocabulary);
    const auto subject = subject_of(policy);
    const auto explanation = explanation_of(policy);
    const auto draft = suite::draft_cases(subject, explanation, true, 0);
    INFO("seed " << seed);
    // As a suite on disk has them.
    std::string toml = "policy = \"r.xml\"\n";
    for (const auto& each : draft) toml += '\n' + suite::write_case(each);
    const auto again = draft.empty() ? std::vector<suite::Case>() : suite_of(toml).cases;
    REQUIRE(again.size() == draft.size());
    for (const auto& outcome : suite::run_cases(again, subject)) {
      INFO(suite::write_case(*outcome.one));
      for (const auto& failure : outcome.failures) FAIL_CHECK(failure.what << ": expected " << failure.expected << ", actual " << failure.actual);
    }
    for (const auto& judged : suite::judge(again, subject, 0)) {
      INFO(judged.mutant.operation << ": " << judged.mutant.words << (judged.killer ? suite::write_case(*judged.killer) : "no killer"));
      CHECK(judged.fate != suite::Fate::survived);
    }
    cases += draft.size();
  }
  CHECK(cases > 50);
}

}  // namespace presproof
