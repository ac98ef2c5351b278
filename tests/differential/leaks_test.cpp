// Leaks against asking the evaluator: every pair of states in which a watcher gets something else must have made a leak of its secret. That each
// leak is real is checked as it is found (what does not replay throws).

#include <catch2/catch.hpp>
#include <algorithm>

#include "generator/random_policy.h"
#include "leaks/leaks.h"
#include "semantics/evaluator.h"
#include "verify/documents_apart.h"
#include "verify/two_run.h"
#include "verify/view.h"

namespace presproof {
namespace {

using generator::Random;
using property::Secret;

#ifdef PRESPROOF_SANITIZED
constexpr std::size_t kShare = 10;  // the sanitizers run a tenth of the cases
#else
constexpr std::size_t kShare = 1;
#endif

bool tells(const std::vector<leaks::Leak>& leaks, Secret secret) {
  return std::any_of(leaks.begin(), leaks.end(), [&](const leaks::Leak& leak) {
    const bool inference = leak.kind == leaks::Kind::state_inference || leak.kind == leaks::Kind::region_inference;
    return inference && leak.secret == property::kSecretWords[static_cast<std::size_t>(secret)];
  });
}

/// Some of what takes away, some of what does not, and what no server knows.
policy::WrittenElement random_transformation(Random& random) {
  static const std::vector<policy::WrittenElement> all = {
      {"provide-services", "", {{"all-services", "", {}}}}, {"provide-services", "", {}}, {"provide-persons", "", {}}, {"provide-persons", "", {{"class", "x", {}}}},
      {"provide-mood", "true", {}}, {"provide-mood", "false", {}}, {"Provide-MOOD", "0", {}}, {"provide-activities", "false", {}}, {"provide-devices", "", {}},
      {"provide-services", "", {{"service-uri-scheme", "sip", {}}, {"class", "x", {}}}}, {"mood", "false", {}}};
  return random.pick(all);
}

}  // namespace

TEST_CASE("what a server sends in two states, or to two watchers, differs only where a leak says so") {
  auto words = generator::small_vocabulary();
  words.named.clear();
  for (const char* text : {"sip:bob@example.com", "sip:eve@example.org", "sip:carol@club.example", "pres:dave@example.com"}) words.named.push_back(uri::parse(text));
  words.domains = {"example.com", "club.example"};
  engine::Profile kamailio = *engine::find_profile("kamailio");
  REQUIRE(!engine::set_parameter(kamailio, "sphere-check", "yes"));
  REQUIRE(!engine::set_parameter(kamailio, "publ-cache", "0"));
  const engine::Profile* profiles[] = {&kamailio, engine::find_profile("mobicents"), &kamailio, engine::find_profile("oma"), &kamailio, engine::find_profile("kaleo")};
  std::size_t by_response = 0;
  std::size_t by_document = 0;
  std::size_t undecided = 0;
  std::size_t blocked = 0;
  for (std::uint64_t seed = 1; seed <= 600 / kShare; ++seed) {
    Random random(seed * 15485863);
    auto policy = generator::random_policy(random, words, {.documents = 1, .rules = random.between(1, 3)});
    const engine::Profile& profile = *profiles[seed % 6];
    for (auto& rule : policy.documents.front().rules) {
      if (profile.combining == engine::Combining::matching_rules_of_first_kind) {
        rule.rank = static_cast<std::uint8_t>(random.below(2));
        if (random.chance(60)) rule.permissions.push_back({policy::SubHandling::allow, {}});
        continue;
      }
      if (random.chance(8)) rule.outcome = random.chance(50) ? policy::Outcome::no_rule : policy::Outcome::fails;
      if (rule.outcome == policy::Outcome::fails) rule.permissions.clear();
      if (rule.outcome != policy::Outcome::gives) continue;
      if (random.chance(60)) rule.permissions.push_back({policy::SubHandling::allow, {}});
      for (std::size_t i = random.below(3); i > 0; --i) rule.transformations.push_back(random_transformation(random));
    }
    leaks::Options options;
    options.verify.profile = &profile;
    options.verify.timeout_s = 0;
    INFO("seed " << seed << ", " << profile.name);
    const auto found = leaks::find(policy, options);
    if (!found.undecided.empty()) {
      ++undecided;
      continue;
    }
    const claims::ClaimContext context{policy, options.verify.usage, {}};
    const semantics::Evaluator evaluator(policy, {options.verify.usage, &profile, {}});
    for (int i = 0; i < 40; ++i) {
      const auto first = generator::random_request(random, words, {.identities = 1, .areas = false});
      const auto other = generator::random_request(random, words, {.identities = 1, .areas = false});
      const auto a = evaluator.decide(first);
      for (const Secret secret : {Secret::sphere, Secret::time}) {
        auto second = first;
        if (secret == Secret::sphere) second.state.sphere = other.state.sphere;
        if (secret == Secret::time) second.state.time = other.state.time;
        const auto b = evaluator.decide(second);
        const bool response = !verify::same_response(a, b, options.verify.usage);
        const bool document = !response && verify::documents_apart(a, b, context, profile);
        if (!response && !document) continue;
        (response ? by_response : by_document) += 1;
        REQUIRE(std::any_of(found.leaks.begin(), found.leaks.end(), [&](const leaks::Leak& leak) {
          return leak.kind == leaks::Kind::state_inference && leak.secret == property::kSecretWords[static_cast<std::size_t>(secret)] && (leak.channel == leaks::Channel::content) == document;
        }));
      }
      if (!a.subscription_state.starts_with("terminated") || first.watcher.identities.empty()) continue;
      // The stranger, who is nobody's, is answered otherwise: whoever is singled out and blocked can compare.
      auto stranger = first;
      stranger.watcher.identities = {options.stranger};
      if (verify::same_response(a, evaluator.decide(stranger), options.verify.usage) || uri::equivalent(first.watcher.identities.front(), options.stranger)) continue;
      ++blocked;
      const auto channel = profile.responding == engine::Responding::always_accepts ? leaks::Channel::subscription_state : leaks::Channel::response_code;
      REQUIRE(std::any_of(found.leaks.begin(), found.leaks.end(), [&](const leaks::Leak& leak) { return leak.kind == leaks::Kind::blocked_visible && leak.channel == channel; }));
    }
  }
  CHECK(by_response > 100 / kShare);
  CHECK(by_document > (kShare == 1 ? 100 : 0));  // few policies show many
  CHECK(blocked > 30 / kShare / 2);
  CHECK(undecided < 60 / kShare);
}

TEST_CASE("what a watcher gets in two states differs only where a leak says so") {
  const auto& vocabulary = generator::small_vocabulary();
  std::size_t leaking = 0;
  for (std::uint64_t seed = 1; seed <= 300 / kShare; ++seed) {
    Random random(seed * 49979687);
    const auto policy = generator::random_policy(random, vocabulary, {.rules = random.between(1, 4)});
    leaks::Options options;
    options.verify.usage = random.chance(80) ? policy::Usage::presence : policy::Usage::geolocation;
    options.verify.timeout_s = 0;
    INFO("seed " << seed);
    const auto found = leaks::find(policy, options);
    if (!found.undecided.empty()) continue;
    const semantics::Evaluator evaluator(policy, {options.verify.usage, &engine::rfc(), {}});
    for (int i = 0; i < 60; ++i) {
      const auto first = generator::random_request(random, vocabulary, {.identities = 1, .areas = false});
      const auto other = generator::random_request(random, vocabulary, {.identities = 1, .areas = false});
      for (const Secret secret : {Secret::sphere, Secret::location, Secret::time}) {
        auto second = first;
        if (secret == Secret::sphere) second.state.sphere = other.state.sphere;
        if (secret == Secret::location) second.state.location = other.state.location;
        if (secret == Secret::time) second.state.time = other.state.time;
        const verify::Counterexample a{first, {}, evaluator.decide(first)};
        const verify::Counterexample b{second, {}, evaluator.decide(second)};
        // Of the same watcher and content: whether the views differ.
        if (!verify::told_apart(property::SameAs{true, nullptr}, a, b, {policy, options.verify.usage, {}}, engine::rfc())) continue;
        REQUIRE(tells(found.leaks, secret));
        ++leaking;
      }
    }
  }
  CHECK(leaking > 300 / kShare);
}

}  // namespace presproof
