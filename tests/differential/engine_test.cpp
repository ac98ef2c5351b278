// Proofs for engines that take the first rule or the first kind of rules, and look at the letters of URIs, against asking their evaluators for many watchers: those
// of other domains as long as the one that is meant, of beginnings of it, by other schemes, with ports, parameters, escapes and capitals, telephones and nobody.

#include <algorithm>
#include <array>
#include <cctype>

#include <catch2/catch.hpp>

#include "claims/claim.h"
#include "claims/scope.h"
#include "generator/random_policy.h"
#include "semantics/evaluator.h"
#include "smt/threshold.h"
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

constexpr std::array<const char*, 5> kProfiles = {"kamailio", "opensips-oma", "mobicents", "kaleo", "oma"};

policy::Policy random_engine_policy(Random& random, const generator::Vocabulary& words, const engine::Profile& profile) {
  policy::Policy policy = generator::random_policy(random, words, {.documents = 1, .rules = 6});
  for (policy::Rule& rule : policy.documents.front().rules) {
    if (profile.combining == engine::Combining::matching_rules_of_first_kind) {
      rule.rank = static_cast<std::uint8_t>(random.below(3));
      if (random.chance(10)) rule.outcome = policy::Outcome::no_rule;
      if (profile.view == engine::RuleSetView::oma && random.chance(20)) rule.conditions.emplace_back(policy::IdentityCondition{{}, {}, true});
      continue;
    }
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
  if (text.starts_with("sip:b") && random.chance(15)) text = "sip:%62" + text.substr(5);
  if (random.chance(5)) std::transform(text.begin() + static_cast<std::ptrdiff_t>(std::min(text.find('@'), text.size())), text.end(), text.begin() + static_cast<std::ptrdiff_t>(std::min(text.find('@'), text.size())), [](unsigned char letter) { return static_cast<char>(std::toupper(letter)); });
  return {{uri::parse(text)}};
}

bool is_spelt_otherwise(const policy::Watcher& watcher, const generator::Vocabulary& words) {
  if (watcher.identities.empty()) return false;
  const std::string& text = watcher.identities.front().text;
  if (std::any_of(words.named.begin(), words.named.end(), [&](const uri::Uri& named) { return named.text == text; })) return false;
  return text.find_first_of("%;") != std::string::npos || std::any_of(text.begin(), text.end(), [](unsigned char letter) { return std::isupper(letter) != 0; });
}

}  // namespace

TEST_CASE("verdicts for an engine agree with asking its evaluator for many watchers") {
  const auto words = vocabulary();
  std::size_t proved = 0;
  std::size_t refuted = 0;
  std::size_t undecided = 0;
  for (std::uint64_t seed = 1; seed <= kPolicies; ++seed) {
    Random random(seed * 7919);
    engine::Profile profile = *engine::find_profile(kProfiles[seed % kProfiles.size()]);
    const policy::Policy policy = random_engine_policy(random, words, profile);
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
    INFO("seed " << seed << ", " << profile.name << ": " << property.text);
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
      const auto decision = evaluator.decide(request);
      const claims::ClaimContext context{policy, how.usage, readings};
      const bool claim = claims::claim_holds(property.claim, decision, context);
      // What is asked of everybody of a group is not asked of those who are written otherwise, if they are shown nothing.
      if (smt::is_for_those_as_named(property, how.usage, readings) && is_spelt_otherwise(request.watcher, words) &&
          !claims::claim_holds({property::Operator::atom, property::AnythingShown{}, {}}, decision, context))
        continue;
      INFO(i << ": " << (request.watcher.identities.empty() ? "nobody" : request.watcher.identities.front().text));
      REQUIRE(claim == (property.quantifier == property::Quantifier::always));
    }
  }
  CHECK(proved > kPolicies / 20);
  CHECK(refuted > kPolicies / 20);
  CHECK(undecided <= kPolicies / 15 + 1);  // groups that name hosts in capitals
}

}  // namespace presproof
