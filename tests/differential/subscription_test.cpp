// Claims over any subscription against playing random timelines: whatever is sent in one of them that the claim forbids must have been found.

#include <algorithm>

#include <catch2/catch.hpp>

#include "claims/scope.h"
#include "generator/random_policy.h"
#include "semantics/life.h"
#include "verify/verify.h"
#include "verify/witness_document.h"

namespace presproof {
namespace {

using generator::Random;

#ifdef PRESPROOF_SANITIZED
constexpr std::uint64_t kPolicies = 30;
#else
constexpr std::uint64_t kPolicies = 120;
#endif

generator::Vocabulary vocabulary() {
  generator::Vocabulary words = generator::small_vocabulary();
  words.named.clear();
  for (const char* text : {"sip:bob@example.com", "sip:eve@example.org", "sip:carol@club.example"}) words.named.push_back(uri::parse(text));
  words.domains = {"example.com", "club.example"};
  return words;
}

/// Rules with nothing but a sub-handling, and services for whom they allow.
policy::Policy random_handlings(Random& random, const generator::Vocabulary& words) {
  auto policy = generator::random_policy(random, words, {.documents = 1, .rules = random.between(1, 4)});
  for (auto& rule : policy.documents.front().rules) {
    const auto handling = random.chance(50) ? policy::SubHandling::allow : random.chance(50) ? policy::SubHandling::block : policy::SubHandling::polite_block;
    rule.permissions = {{handling, {}}};
    if (handling == policy::SubHandling::allow) rule.permissions.push_back({policy::ProvideComponents{policy::ComponentKind::service, true, {}}, {}});
    std::erase_if(rule.conditions, [](const auto& condition) { return std::holds_alternative<policy::LocationCondition>(condition) || std::holds_alternative<policy::UnknownCondition>(condition); });
    const auto from = generator::random_request(random, words, {}).state.time;
    const auto until = generator::random_request(random, words, {}).state.time;
    if (from < until) rule.conditions.emplace_back(policy::ValidityCondition{{{from, until, {}}}, {}});
  }
  return policy;
}

}  // namespace

TEST_CASE("no random timeline sends what is proved never to be sent over any subscription") {
  const auto words = vocabulary();
  engine::Profile kamailio = *engine::find_profile("kamailio");
  REQUIRE(!engine::set_parameter(kamailio, "sphere-check", "yes"));
  REQUIRE(!engine::set_parameter(kamailio, "publ-cache", "0"));
  const engine::Profile* profiles[] = {&kamailio, engine::find_profile("kaleo"), &kamailio, engine::find_profile("mobicents")};
  std::size_t proved = 0;
  std::size_t later = 0;  // violated by no decision, but by a timeline
  for (std::uint64_t seed = 1; seed <= kPolicies; ++seed) {
    Random random(seed * 32452843);
    const engine::Profile& profile = *profiles[seed % 4];
    const auto policy = random_handlings(random, words);
    auto properties = generator::random_properties(random, words, {.about = &policy});
    auto& property = properties.properties.front();
    property.two_run.reset();
    property.guards.clear();
    property.during = {{generator::random_request(random, words, {}).state.time, kEndOfInstants}};
    if (random.chance(60)) property.group = std::make_shared<const property::Group>();
    property.quantifier = property::Quantifier::never;
    property.claim = {property::Operator::atom, property::ComponentShown{policy::ComponentKind::service, {}}, {}};
    // RestComm's server lets everybody in when there are no rules: in so many events they are deleted.
    property.subscription = property::Subscription{profile.life == engine::SubscriptionLife::mobicents ? 1U : 5U};
    verify::Options how;
    how.profile = &profile;
    how.timeout_s = 0;
    const auto result = verify::verify(policy, properties, how).front();
    INFO("seed " << seed << ", " << profile.name << ": " << property.text);
    later += result.verdict == verify::Verdict::violated && !result.events.empty() ? 1 : 0;
    if (result.verdict != verify::Verdict::proved) continue;
    ++proved;
    for (int i = 0; i < 300; ++i) {
      auto request = generator::random_request(random, words, {.identities = 1, .areas = false});
      if (request.watcher.identities.empty() || !claims::in_group(*property.group, request.watcher)) continue;
      const auto played = semantics::make_life(profile, request.state);
      semantics::Life& life = *played;
      life.store_rules(policy.documents.front());
      const auto document = verify::witness_document(policy, request.state, policy::Usage::presence);
      (void)life.publish("", document);
      const auto& name = request.watcher.identities.front();
      for (int event = 0; event < static_cast<int>(property.subscription->events); ++event) {
        semantics::LifeAnswer answer;
        switch (random.below(8)) {
          case 0:
          case 1: answer = life.subscribe(name); break;
          case 2: answer = life.subscribe(name, true); break;
          case 3: answer = life.refresh(name, random.chance(30)); break;
          case 4: answer = life.publish("", document); break;
          case 5: answer = life.set_rules(random.chance(50) ? std::optional(policy.documents.front()) : std::nullopt); break;
          default: {
            const auto other = generator::random_request(random, words, {.identities = 1, .areas = false});
            if (random.chance(50)) request.state.sphere = other.state.sphere;
            else if (request.state.time < other.state.time) request.state.time = other.state.time;
            life.set_state(request.state);
          }
        }
        if (!claims::guard_holds(property, request)) continue;
        for (const auto& sent : answer.notifies) {
          const bool shows_service = sent.body && std::any_of(sent.body->parts.begin(), sent.body->parts.end(), [](const auto& part) { return part.kind == presence::PartKind::service; });
          REQUIRE_FALSE(shows_service);
        }
      }
    }
  }
  CHECK(proved > kPolicies / 10);
  CHECK(later > kPolicies / 30);
}

}  // namespace presproof
