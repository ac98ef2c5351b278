#include "load/load.h"

#include "unit/verify/proving.h"

namespace presproof {
namespace {

using namespace test;

const std::string kBob = one("sip:bob@example.com");
const std::string kCarol = one("sip:carol@example.com");

policy::Watcher named(const std::string& uri) { return {{uri::parse(uri)}}; }

load::Options options_at(const std::string& time) {
  load::Options options;
  options.state.time = *parse_rfc3339(time);
  options.publish_per_s = 2;
  return options;
}

const load::Hazard* hazard(const load::Load& load, load::Hazard::Kind kind) {
  const auto found = std::find_if(load.hazards.begin(), load.hazards.end(), [&](const auto& each) { return each.kind == kind; });
  return found == load.hazards.end() ? nullptr : &*found;
}

}  // namespace

TEST_CASE("every publication is filtered and sent once for each active watcher", "[load]") {
  const auto policy = policy_of(rule("a", domain("example.com"), kAllow, kPersons) + rule("b", one("sip:x@other.example"), handling("confirm")) + rule("c", one("sip:y@other.example"), handling("polite-block")));
  const auto load = load::load_of(policy, {named("sip:bob@example.com"), named("sip:carol@example.com"), named("sip:x@other.example"), named("sip:y@other.example"), {}}, options_at("2026-01-01T00:00:00Z"));
  CHECK(load.watchers == 5);
  CHECK(load.answers.active == 2);
  CHECK(load.answers.pending == 1);
  CHECK(load.answers.politely_blocked == 1);
  CHECK(load.answers.refused == 1);
  CHECK(load.filters_per_s == 4);
  CHECK(load.notifies_per_s == 4);
  CHECK(load.different_views == 1);
  CHECK_FALSE(load.bytes_per_publication);
  REQUIRE(hazard(load, load::Hazard::Kind::leaves_pending) != nullptr);
  CHECK(hazard(load, load::Hazard::Kind::leaves_pending)->rule == policy::RuleRef{0, 1});
}

TEST_CASE("the ends of periods and spheres that change something are told, with the rules", "[load]") {
  const auto policy = policy_of(rule("a", kBob + valid("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"), kAllow, kPersons) + rule("b", kCarol, kAllow, kPersons) + rule("c", kCarol + sphere("home"), "", kServices) +
                                rule("d", one("sip:nobody@example.com") + valid("2026-01-15T00:00:00Z", "2026-01-20T00:00:00Z"), kAllow));
  const auto load = load::load_of(policy, {named("sip:bob@example.com"), named("sip:carol@example.com")}, options_at("2026-01-10T00:00:00Z"));
  REQUIRE(load.bursts.size() == 2);
  CHECK(load.bursts[0].what == "at 2026-02-01T00:00:00Z");
  CHECK(load.bursts[0].answers == 1);
  CHECK(load.bursts[0].rules == std::vector<policy::RuleRef>{{0, 0}});
  CHECK(load.bursts[1].what == "when the sphere becomes home");
  CHECK(load.bursts[1].answers == 0);
  CHECK(load.bursts[1].views == 1);
  REQUIRE(hazard(load, load::Hazard::Kind::changes_answers) != nullptr);
  CHECK(hazard(load, load::Hazard::Kind::changes_answers)->rule == policy::RuleRef{0, 0});
}

TEST_CASE("rules that answer anybody, or even the unauthenticated, are told", "[load]") {
  const auto open = policy_of(rule("a", "", kAllow, kPersons));
  CHECK(hazard(load::load_of(open, {named("sip:bob@example.com")}, options_at("2026-01-01T00:00:00Z")), load::Hazard::Kind::accepts_unauthenticated) != nullptr);
  const auto many_policy = policy_of(rule("a", many(), kAllow, kPersons));
  const auto load = load::load_of(many_policy, {named("sip:bob@example.com")}, options_at("2026-01-01T00:00:00Z"));
  CHECK(hazard(load, load::Hazard::Kind::accepts_unauthenticated) == nullptr);
  CHECK(hazard(load, load::Hazard::Kind::accepts_anybody) != nullptr);
  const auto closed = policy_of(rule("a", kBob, kAllow, kPersons));
  CHECK(load::load_of(closed, {named("sip:bob@example.com")}, options_at("2026-01-01T00:00:00Z")).hazards.empty());
}

TEST_CASE("what an upload costs: who is terminated, activated, suspended, and who sees something else", "[load]") {
  const auto before = policy_of(rule("a", one("sip:1@x.example"), kAllow, kPersons) + rule("b", one("sip:2@x.example"), handling("confirm")) + rule("c", one("sip:3@x.example"), kAllow, kPersons) + rule("d", one("sip:4@x.example"), kAllow));
  const auto after = policy_of(rule("b", one("sip:2@x.example"), kAllow) + rule("c", one("sip:3@x.example"), kAllow, kPersons + kServices) + rule("d", one("sip:4@x.example"), handling("confirm")) + rule("e", one("sip:5@x.example"), kAllow));
  std::vector<policy::Watcher> watchers;
  for (int i = 1; i <= 6; ++i) watchers.push_back(named("sip:" + std::to_string(i) + "@x.example"));
  const auto cost = load::upload_cost(before, after, watchers, options_at("2026-01-01T00:00:00Z"));
  CHECK(cost.watchers == 6);
  CHECK(cost.terminated == 1);
  CHECK(cost.activated == 1);
  CHECK(cost.suspended == 1);
  CHECK(cost.admitted == 1);
  CHECK(cost.seeing_other == 1);
  CHECK(cost.notifies() == 4);
  CHECK(load::upload_cost(before, before, watchers, options_at("2026-01-01T00:00:00Z")).notifies() == 0);
}

}  // namespace presproof
