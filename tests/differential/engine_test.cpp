// Proofs for an engine that takes the first rule and looks at the letters of URIs, against asking its evaluator for many watchers: those
// of other domains as long as the one that is meant, of beginnings of it, by other schemes, with ports, telephones and nobody.

#include <catch2/catch.hpp>

#include "claims/claim.h"
#include "claims/scope.h"
#include "generator/random_policy.h"
#include "semantics/evaluator.h"
#include "verify/verify.h"

namespace presproof {
namespace {

using generator::Random;

#ifdef PRESPROOF_SANITIZED
constexpr std::uint64_t kPolicies = 60;
#else
constexpr std::uint64_t kPolicies = 3000;
#endif

generator::Vocabulary vocabulary() {
  generator::Vocabulary words = generator::small_vocabulary();
  words.named.clear();
  for (const char* text : {"sip:bob@example.com", "sip:eve@example.org", "sip:carol@club.example", "sips:dave@example.com", "tel:+1201", "sip:+1202@", "sip:frank@example.com;user=phone", "sip:gina@example.com:5060"}) words.named.push_back(uri::parse(text));
  words.domains = {"example.com", "example.org", "club.example", "example.community", "a.example"};
  return words;
}

policy::Policy random_engine_policy(Random& random, const generator::Vocabulary& words) {
  policy::Policy policy = generator::random_policy(random, words, {.documents = 1, .rules = 6});
  for (policy::Rule& rule : policy.documents.front().rules) {
    if (random.chance(10)) rule.outcome = random.chance(50) ? policy::Outcome::no_rule : policy::Outcome::fails;
    if (rule.outcome == policy::Outcome::fails) rule.permissions.clear();
    if (random.chance(20)) {
      policy::Many everybody;
      everybody.excepts.push_back({random.pick(words.named), std::nullopt, {}});
      rule.conditions = {policy::IdentityCondition{{everybody}, {}}};
    }
    for (policy::Condition& condition : rule.conditions) {
      auto* identity = std::get_if<policy::IdentityCondition>(&condition);
      if (identity == nullptr) continue;
      for (auto& matcher : identity->matchers) {
        auto* many = std::get_if<policy::Many>(&matcher);
        if (many == nullptr) continue;
        for (policy::Except& except : many->excepts)
          if (except.id && random.chance(60)) except.id->text += "m";
      }
    }
  }
  return policy;
}

policy::Watcher random_watcher(Random& random, const generator::Vocabulary& words) {
  if (random.chance(8)) return {};
  std::string host = random.pick(words.domains);
  if (random.chance(30)) host = host.substr(0, 1 + random.below(host.size()));
  if (random.chance(20)) host[random.below(host.size())] = 'q';
  if (random.chance(10)) host = "anonymous.invalid";
  if (random.chance(10)) host += "munity";
  std::string text = random.pick(words.named).text;
  if (random.chance(60)) text = (random.chance(20) ? "sips:" : "sip:") + std::string(random.chance(30) ? "bob" : random.chance(20) ? "anonymous" : "someone") + "@" + host;
  else if (random.chance(20)) text = "tel:+120" + std::to_string(random.below(5));
  else if (random.chance(10)) text = "pres:bob@example.com";
  if (text.find('@') != std::string::npos && text.back() != '@' && random.chance(20)) text += random.chance(50) ? ":5061" : ";x=y";
  return {{uri::parse(text)}};
}

}  // namespace

TEST_CASE("verdicts for an engine agree with asking its evaluator for many watchers") {
  const auto words = vocabulary();
  std::size_t proved = 0;
  std::size_t refuted = 0;
  std::size_t undecided = 0;
  for (std::uint64_t seed = 1; seed <= kPolicies; ++seed) {
    Random random(seed * 7919);
    // Every third for a server that compares whole texts, with the same rules.
    engine::Profile profile = *engine::find_profile(seed % 3 == 0 ? "opensips-oma" : "kamailio");
    const policy::Policy policy = random_engine_policy(random, words);
    property::Properties properties = generator::random_properties(random, words, {.about = &policy});
    auto& property = properties.properties.front();
    if (property.two_run) continue;
    if (random.chance(30)) {
      auto group = std::make_shared<property::Group>();
      group->base = property::Members{{random.pick(words.named)}};
      property.group = std::move(group);
    }
    verify::Options how;
    how.profile = &profile;
    how.timeout_s = 0;
    for (std::size_t reading = 0; reading < engine::kReadings; ++reading) how.fixed[reading] = random.chance(50);
    const auto readings = engine::with_defaults(how.fixed);
    INFO("seed " << seed << ": " << property.text);
    const auto result = verify::verify(policy, properties, how).front();
    const bool decided = result.verdict == verify::Verdict::proved || result.verdict == verify::Verdict::violated;
    undecided += result.verdict == verify::Verdict::undecided ? 1 : 0;
    if (!decided) continue;
    const bool is_proved = result.verdict == verify::Verdict::proved;
    (is_proved ? proved : refuted) += 1;
    const bool sometimes = property.quantifier == property::Quantifier::sometimes;
    if (is_proved == sometimes) continue;  // there is an example, which was replayed
    const semantics::Evaluator evaluator(policy, {how.usage, &profile, readings});
    for (int i = 0; i < 150; ++i) {
      policy::Request request = generator::random_request(random, words, {.identities = 1, .areas = false});
      request.watcher = random_watcher(random, words);
      if (!claims::in_group(*property.group, request.watcher) || !claims::guard_holds(property, request)) continue;
      const bool claim = claims::claim_holds(property.claim, evaluator.decide(request), {policy, how.usage, readings});
      INFO(i << ": " << (request.watcher.identities.empty() ? "nobody" : request.watcher.identities.front().text));
      REQUIRE(claim == (property.quantifier == property::Quantifier::always));
    }
  }
  CHECK(proved > kPolicies / 20);
  CHECK(refuted > kPolicies / 20);
  CHECK(undecided <= kPolicies / 20 + 1);  // groups that name hosts in capitals
}

}  // namespace presproof
