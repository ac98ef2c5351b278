// Leaks against asking the evaluator: every pair of states in which a watcher gets something else must have made a leak of its secret. That each
// leak is real is checked as it is found (what does not replay throws).

#include <catch2/catch.hpp>
#include <algorithm>

#include "generator/random_policy.h"
#include "leaks/leaks.h"
#include "semantics/evaluator.h"
#include "verify/two_run.h"

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

}  // namespace

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
        if (!verify::told_apart(property::SameAs{true, nullptr}, a, b, {policy, options.verify.usage, {}})) continue;
        REQUIRE(tells(found.leaks, secret));
        ++leaking;
      }
    }
  }
  CHECK(leaking > 300 / kShare);
}

}  // namespace presproof
