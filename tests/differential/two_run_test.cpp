// Verdicts of claims over two runs against asking the reference evaluator for many pairs of requests: what is proved no pair may break, what is
// violated was replayed, and what is vacuous no pair is about.

#include <catch2/catch.hpp>
#include <array>
#include <variant>

#include "generator/random_policy.h"
#include "semantics/evaluator.h"
#include "smt/partition.h"
#include "verify/documents_apart.h"
#include "verify/two_run.h"
#include "verify/verify.h"
#include "verify/view.h"

namespace presproof {
namespace {

using generator::Random;

#ifdef PRESPROOF_SANITIZED
constexpr std::size_t kShare = 10;  // the sanitizers run a tenth of the cases
#else
constexpr std::size_t kShare = 1;
#endif

/// Groups and guards of the generator's properties, under a claim over two runs.
property::Properties two_run_properties(Random& random, const generator::Vocabulary& vocabulary) {
  auto properties = generator::random_properties(random, vocabulary, {.properties = 2, .depth = 1, .location = true});
  property::Property& property = properties.properties.front();
  if (random.chance(60)) property.guards.clear();
  if (random.chance(50)) {
    property.two_run = property::SameAs{random.chance(60), properties.properties.back().group};
  } else {
    property.two_run = property::RevealsNothingAbout{static_cast<property::Secret>(random.below(4))};
  }
  properties.properties.resize(1);
  return properties;
}

/// A second request that the claim might compare with the first.
policy::Request second_of(const property::TwoRunClaim& claim, const policy::Request& first, const policy::Request& other) {
  if (std::holds_alternative<property::SameAs>(claim)) return {other.watcher, first.state};
  policy::Request second = first;
  switch (std::get<property::RevealsNothingAbout>(claim).secret) {
    case property::Secret::sphere: second.state.sphere = other.state.sphere; break;
    case property::Secret::location: second.state.location = other.state.location; break;
    case property::Secret::time: second.state.time = other.state.time; break;
    case property::Secret::handling: second.state = other.state; break;
  }
  return second;
}

struct Counted {
  std::size_t compared = 0;
  std::size_t broken = 0;
};

Counted ask(Random& random, const policy::Policy& policy, const property::Properties& properties, const semantics::Evaluator& evaluator) {
  const auto& vocabulary = generator::small_vocabulary();
  const property::Property& property = properties.properties.front();
  const smt::Partition partition(policy, properties);
  const auto& [usage, profile, readings] = evaluator.options();
  const auto request = [&](bool of_class) {
    auto made = generator::random_request(random, vocabulary, {.identities = 1, .areas = false});
    if (of_class) made.watcher = partition.classes()[random.below(partition.classes().size())].watcher();
    return made;
  };
  Counted counted;
  for (int i = 0; i < 250; ++i) {
    const policy::Request first = request(i % 2 == 0);
    const policy::Request second = second_of(*property.two_run, first, request(i % 4 < 2));
    if (verify::why_not_compared(property, first, second)) continue;
    ++counted.compared;
    const verify::Counterexample a{first, readings, evaluator.decide(first)};
    const verify::Counterexample b{second, readings, evaluator.decide(second)};
    if (verify::told_apart(*property.two_run, a, b, {policy, usage, readings})) ++counted.broken;
  }
  return counted;
}

}  // namespace

// Both halves of the replay against each other: equal views leave every document alike, other views show in some document.
TEST_CASE("two decisions have equal views exactly when a document with everything in it is filtered alike") {
  const auto& vocabulary = generator::small_vocabulary();
  std::size_t alike = 0;
  std::size_t apart = 0;
  for (std::uint64_t seed = 1; seed <= 3000 / kShare; ++seed) {
    Random random(seed * 32452843);
    const auto policy = generator::random_policy(random, vocabulary, {.rules = 4});
    const auto usage = random.chance(80) ? policy::Usage::presence : policy::Usage::geolocation;
    const auto readings = generator::random_readings(random);
    const semantics::Evaluator evaluator(policy, {usage, &engine::rfc(), readings});
    const auto first = evaluator.decide(generator::random_request(random, vocabulary));
    const auto second = evaluator.decide(generator::random_request(random, vocabulary));
    const claims::ClaimContext context{policy, usage, readings};
    const bool same_view = verify::view_of(first, context) == verify::view_of(second, context);
    INFO("seed " << seed);
    REQUIRE(verify::documents_apart(first, second, context, engine::rfc()) != same_view);
    ++(same_view ? alike : apart);
  }
  CHECK(alike > 300 / kShare);
  CHECK(apart > 300 / kShare);
}

TEST_CASE("verdicts over two runs agree with asking the evaluator for many pairs of requests") {
  const auto& vocabulary = generator::small_vocabulary();
  std::array<std::size_t, verify::kVerdictNames.size()> verdicts{};
  std::size_t sampled_too = 0;
  for (std::uint64_t seed = 1; seed <= 4000 / kShare; ++seed) {
    Random random(seed * 104729);
    const auto policy = generator::random_policy(random, vocabulary, {.rules = random.between(1, 8)});
    const auto properties = two_run_properties(random, vocabulary);
    verify::Options options;
    options.usage = random.chance(80) ? policy::Usage::presence : policy::Usage::geolocation;
    const auto readings = generator::random_readings(random);
    for (const auto& row : engine::all_readings()) options.fixed[static_cast<std::size_t>(row.reading)] = readings.alternative(row.reading);
    options.timeout_s = 0;
    INFO("seed " << seed);
    const auto result = verify::verify(policy, properties, options).front();
    ++verdicts[static_cast<std::size_t>(result.verdict)];
    const Counted counted = ask(random, policy, properties, semantics::Evaluator(policy, {options.usage, &engine::rfc(), readings}));
    switch (result.verdict) {
      case verify::Verdict::proved: REQUIRE(counted.broken == 0); break;
      case verify::Verdict::violated:
        REQUIRE(result.counterexample);
        REQUIRE(result.second);
        REQUIRE_FALSE(result.rules.empty());
        sampled_too += counted.broken > 0 ? 1 : 0;
        break;
      case verify::Verdict::vacuous: REQUIRE(counted.compared == 0); break;
      case verify::Verdict::undecided: break;
      case verify::Verdict::depends: FAIL("every reading is fixed");
    }
  }
  const auto count = [&](verify::Verdict verdict) { return verdicts[static_cast<std::size_t>(verdict)]; };
  CHECK(count(verify::Verdict::proved) > 400 / kShare);
  CHECK(count(verify::Verdict::violated) > 500 / kShare);
  // Samples that never break anything would say nothing about what is proved.
  CHECK(sampled_too > count(verify::Verdict::violated) / 2);
  CHECK(count(verify::Verdict::vacuous) > 0);
  CHECK(count(verify::Verdict::undecided) <= 40 / kShare + 1);
}

// The readings that a claim is not tried under must not matter: the verdict under fixed random ones is the one that the open question gives.
TEST_CASE("readings that are left out of a claim over two runs change nothing") {
  const auto& vocabulary = generator::small_vocabulary();
  for (std::uint64_t seed = 1; seed <= 600 / kShare; ++seed) {
    Random random(seed * 15485863);
    const auto policy = generator::random_policy(random, vocabulary, {.rules = 5});
    const auto properties = two_run_properties(random, vocabulary);
    verify::Options options;
    options.usage = random.chance(80) ? policy::Usage::presence : policy::Usage::geolocation;
    options.timeout_s = 0;
    INFO("seed " << seed);
    const auto open = verify::verify(policy, properties, options).front();
    if (open.verdict == verify::Verdict::depends) continue;
    const auto readings = generator::random_readings(random);
    for (const auto& row : engine::all_readings()) options.fixed[static_cast<std::size_t>(row.reading)] = readings.alternative(row.reading);
    const auto fixed = verify::verify(policy, properties, options).front();
    REQUIRE(fixed.verdict == open.verdict);
  }
}

}  // namespace presproof
