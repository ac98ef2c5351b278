// Explanations of random policies against the reference evaluator.

#include "claims/claim.h"
#include "differential/engine_policies.h"
#include "explain/reasons.h"
#include "generator/random.h"
#include "generator/random_policy.h"
#include "semantics/evaluator.h"
#include "unit/explain/explaining.h"

namespace presproof {
namespace {

using namespace test;
using generator::Random;

constexpr std::uint64_t kPolicies = 150;

bool shows(const property::ClaimAtom& atom, const semantics::Decision& decision, const claims::ClaimContext& context) {
  property::Formula<property::ClaimAtom> claim;
  claim.atom = atom;
  return claims::claim_holds(claim, decision, context);
}

/// What the entries say of a state: the value of the first that holds there.
std::string told(const std::vector<explain::Entry>& entries, const policy::State& state) {
  for (const auto& entry : entries) {
    if (!entry.when.exact()) return "?";
    if (is_in(entry.when, state)) return entry.value;
  }
  return {};
}

}  // namespace

TEST_CASE("what rows say of a state is what the evaluator decides there", "[explain]") {
  const auto& vocabulary = generator::small_vocabulary();
  std::size_t compared = 0;
  for (std::uint64_t seed = 1; seed <= kPolicies; ++seed) {
    Random random(seed * 7919);
    const auto policy = generator::random_policy(random, vocabulary);
    explain::Options options;
    options.readings = generator::random_readings(random);
    const auto explanation = explained(policy, options);
    const semantics::Evaluator evaluator(policy, {explanation.usage, &engine::rfc(), options.readings});
    const claims::ClaimContext context{policy, explanation.usage, options.readings};
    for (int i = 0; i < 30; ++i) {
      const auto state = generator::random_request(random, vocabulary, {.identities = 1, .areas = false}).state;
      const auto& row = explanation.rows[random.below(explanation.rows.size())];
      if (!row.complete) continue;
      const auto decision = evaluator.decide({row.watcher, state});
      INFO("seed " << seed << ", state " << i);
      const auto handling = told(entries_of(explanation, row, "sub-handling"), state);
      if (handling != "?") {
        const std::string expected(explanation.usage == policy::Usage::presence ? policy::to_string(decision.permissions.sub_handling) : decision.matched.empty() ? "block" : "allow");
        REQUIRE((handling.empty() ? "block" : handling) == expected);
        ++compared;
      }
      const auto mood = told(entries_of(explanation, row, "provide-mood"), state);
      if (mood != "?") REQUIRE(!mood.empty() == shows(property::AttributeShown{policy::AttributePermission::mood}, decision, context));
    }
  }
  CHECK(compared > 10 * kPolicies);
}

TEST_CASE("what rows say of a state is what an engine's evaluator decides there", "[explain]") {
  const auto words = differential::engine_vocabulary();
  std::size_t compared = 0;
  std::size_t ways = 0;
  for (std::uint64_t seed = 1; seed <= kPolicies; ++seed) {
    Random random(seed * 7907);
    explain::Options options;
    options.profile = engine::find_profile(differential::kEngines[seed % differential::kEngines.size()]);
    const auto policy = differential::random_engine_policy(random, words, *options.profile);
    Workers workers(1);
    const auto explanation = explain::explain(policy, options, workers);
    const semantics::Evaluator evaluator(policy, {options.usage, options.profile, options.readings});
    INFO("seed " << seed << ", " << options.profile->name);
    for (int i = 0; i < 30; ++i) {
      const auto state = generator::random_request(random, words, {.identities = 1, .areas = false}).state;
      const auto& row = explanation.rows[random.below(explanation.rows.size())];
      if (!row.complete) continue;
      const auto handling = told(entries_of(explanation, row, "sub-handling"), state);
      if (handling == "?") continue;
      REQUIRE((handling.empty() ? "block" : handling) == policy::to_string(evaluator.decide({row.watcher, state}).permissions.sub_handling));
      ++compared;
    }
    // Whatever is said to give a permission does, as the engine decides.
    const policy::Request request{differential::random_watcher(random, words), generator::random_request(random, words, {.identities = 1, .areas = false}).state};
    for (const auto& way : explain::reasons(policy, options, request, "sub-handling").ways) {
      REQUIRE(evaluator.decide(way.request).permissions.sub_handling == policy::SubHandling::allow);
      ++ways;
    }
  }
  CHECK(compared > 10 * kPolicies);
  CHECK(ways > kPolicies / 10);
}

TEST_CASE("every way to get a permission gives it, and takes conditions that do not hold", "[explain]") {
  const auto& vocabulary = generator::small_vocabulary();
  std::size_t ways = 0;
  std::size_t losses = 0;
  for (std::uint64_t seed = 1; seed <= kPolicies; ++seed) {
    Random random(seed * 104729);
    const auto policy = generator::random_policy(random, vocabulary);
    explain::Options options;
    options.usage = policy::usage_of(policy);
    const semantics::Evaluator evaluator(policy, {options.usage, &engine::rfc(), options.readings});
    const claims::ClaimContext context{policy, options.usage, options.readings};
    for (int i = 0; i < 5; ++i) {
      const auto request = generator::random_request(random, vocabulary, {.identities = 1, .areas = false});
      INFO("seed " << seed << ", request " << i);
      const auto why = explain::reasons(policy, options, request, "provide-mood");
      const auto mood = [&](const policy::Request& asked) { return shows(property::AttributeShown{policy::AttributePermission::mood}, evaluator.decide(asked), context); };
      REQUIRE(why.given == mood(request));
      for (const auto& way : why.ways) {
        REQUIRE(mood(way.request));
        REQUIRE_FALSE(way.failing.empty());
        for (const auto& failing : way.failing) {
          REQUIRE_FALSE(semantics::holds(rule_at(policy, failing.rule).conditions[failing.condition], request, evaluator.options()));
          REQUIRE(semantics::holds(rule_at(policy, failing.rule).conditions[failing.condition], way.request, evaluator.options()));
        }
        ++ways;
      }
      for (const auto& loss : why.losses) {
        REQUIRE_FALSE(mood(loss.request));
        ++losses;
      }
    }
  }
  CHECK(ways > kPolicies / 3);
  CHECK(losses > 5);
}

}  // namespace presproof
