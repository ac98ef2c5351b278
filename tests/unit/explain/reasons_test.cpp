#include "explain/reasons.h"

#include "semantics/evaluator.h"
#include "unit/explain/explaining.h"

namespace presproof {
namespace {

using namespace test;


explain::Reasons reasons_for(const policy::Policy& policy, const std::string& identity, const std::string& permission, policy::State state = {}) {
  policy::Watcher watcher;
  if (!identity.empty()) watcher.identities.push_back(uri::parse(identity));
  explain::Options options;
  options.usage = policy::usage_of(policy);
  return explain::reasons(policy, options, {watcher, std::move(state)}, permission);
}

}  // namespace

TEST_CASE("a failing sphere alone keeps the location back", "[explain]") {
  const auto policy = policy_of(rule("a", kBob, kAllow, kPersons) + rule("b", kBob + sphere("work"), "", within("500")));
  const auto why = reasons_for(policy, "sip:bob@example.com", "provide-location");
  CHECK_FALSE(why.given);
  REQUIRE(why.unmatched.size() == 1);
  CHECK(why.unmatched[0].rule == policy::RuleRef{0, 1});
  REQUIRE(why.ways.size() == 1);
  CHECK(why.ways[0].failing == std::vector<explain::Failing>{{{0, 1}, 1}});
  CHECK(why.ways[0].request.state.sphere == "work");
  CHECK(why.ways[0].request.watcher == why.request.watcher);
}

TEST_CASE("all conditions that fail have to hold, of the rule that allows as well", "[explain]") {
  const auto policy = policy_of(rule("a", kBob + valid("2026-03-02T08:00:00Z", "2026-03-06T17:00:00Z"), kAllow, kPersons) + rule("b", kBob + sphere("work"), "", within("500")));
  const auto why = reasons_for(policy, "sip:bob@example.com", "provide-location");
  REQUIRE(why.ways.size() == 1);
  CHECK(why.ways[0].failing == std::vector<explain::Failing>{{{0, 0}, 1}, {{0, 1}, 1}});
  CHECK(why.ways[0].request.state.time == *parse_rfc3339("2026-03-02T08:00:00Z"));
}

TEST_CASE("the fewest conditions come first, and what needs more than another way is left out", "[explain]") {
  const auto policy = policy_of(rule("a", kBob + sphere("home"), kAllow, kPersons + within("500")) + rule("b", kBob + sphere("home") + inside("48.1 11.5", "900"), kAllow, kPersons + within("100")));
  const auto why = reasons_for(policy, "sip:bob@example.com", "provide-location");
  REQUIRE_FALSE(why.ways.empty());
  CHECK(why.ways[0].failing.size() == 1);
}

TEST_CASE("another watcher would get it", "[explain]") {
  const auto policy = policy_of(rule("a", kBob, kAllow, kPersons));
  const auto why = reasons_for(policy, "", "provide-persons");
  CHECK(why.unmatched.empty());
  REQUIRE(why.ways.size() == 1);
  CHECK(why.ways[0].failing == std::vector<explain::Failing>{{{0, 0}, 0}});
  CHECK(why.ways[0].request.watcher.identities.front().text == "sip:bob@example.com");
}

TEST_CASE("what no rule grants has no way", "[explain]") {
  const auto policy = policy_of(rule("a", kBob, kAllow, kPersons));
  const auto why = reasons_for(policy, "sip:bob@example.com", "provide-mood");
  CHECK_FALSE(why.granted_somewhere);
  CHECK(why.ways.empty());
}

TEST_CASE("what is given is lost with its rules, at the end of a period, in another sphere or elsewhere", "[explain]") {
  const auto policy = policy_of(rule("a", kBob + valid("2026-03-02T08:00:00Z", "2026-03-06T17:00:00Z"), kAllow, kPersons) + rule("b", kBob + sphere("work"), "", within("500")) +
                                rule("c", kBob, "", "<pr:provide-mood>true</pr:provide-mood>"));
  policy::State state{*parse_rfc3339("2026-03-03T12:00:00Z"), "work", {}};
  const auto why = reasons_for(policy, "sip:bob@example.com", "provide-location", state);
  CHECK(why.given);
  CHECK(why.needed == std::vector<policy::RuleRef>{{0, 0}, {0, 1}});
  REQUIRE(why.losses.size() == 2);
  CHECK(why.losses[0].change == explain::Loss::Change::time);
  CHECK(why.losses[0].request.state.time == *parse_rfc3339("2026-03-06T17:00:00Z"));
  CHECK(why.losses[1].change == explain::Loss::Change::sphere);
}

}  // namespace presproof
