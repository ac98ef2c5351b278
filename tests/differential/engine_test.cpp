// Proofs for engines that take the first rule or the first kind of rules, and look at the letters of URIs, against asking their evaluators for many watchers: those
// of other domains as long as the one that is meant, of beginnings of it, by other schemes, with ports, parameters, escapes and capitals, telephones and nobody.

#include <algorithm>
#include <array>
#include <cctype>

#include <catch2/catch.hpp>

#include "claims/claim.h"
#include "claims/scope.h"
#include "engine_policies.h"
#include "generator/random_policy.h"
#include "semantics/evaluator.h"
#include "smt/threshold.h"
#include "verify/verify.h"

namespace presproof {
namespace {

using generator::Random;
using differential::engine_vocabulary;
using differential::kEngines;
using differential::random_engine_policy;
using differential::random_watcher;

#ifdef PRESPROOF_SANITIZED
constexpr std::uint64_t kPolicies = 60;
#else
constexpr std::uint64_t kPolicies = 3000;
#endif

bool is_spelt_otherwise(const policy::Watcher& watcher, const generator::Vocabulary& words) {
  if (watcher.identities.empty()) return false;
  const std::string& text = watcher.identities.front().text;
  if (std::any_of(words.named.begin(), words.named.end(), [&](const uri::Uri& named) { return named.text == text; })) return false;
  return text.find_first_of("%;") != std::string::npos || std::any_of(text.begin(), text.end(), [](unsigned char letter) { return std::isupper(letter) != 0; });
}

}  // namespace

TEST_CASE("verdicts for an engine agree with asking its evaluator for many watchers") {
  const auto words = engine_vocabulary();
  std::size_t proved = 0;
  std::size_t refuted = 0;
  std::size_t undecided = 0;
  for (std::uint64_t seed = 1; seed <= kPolicies; ++seed) {
    Random random(seed * 7919);
    engine::Profile profile = *engine::find_profile(kEngines[seed % kEngines.size()]);
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
