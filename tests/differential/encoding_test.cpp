// The two translations of a policy against each other, on random rule sets over a vocabulary so small that they meet:
// the encoder's terms (smt/) under a concrete state, and the reference evaluator (semantics/) with the plain reading of claims
// (claims/claim.h) for the same watcher and state.

#include <catch2/catch.hpp>
#include <numeric>
#include <vector>

#include "claims/claim.h"
#include "claims/scope.h"
#include "generator/random_policy.h"
#include "semantics/evaluator.h"
#include "smt/claim_terms.h"
#include "smt/rule_conditions.h"
#include "smt/symbolic_state.h"
#include "verify/verify.h"

namespace presproof {
namespace {

using generator::Random;

#ifdef PRESPROOF_SANITIZED
constexpr std::size_t kShare = 10;  // the sanitizers run a tenth of the cases
#else
constexpr std::size_t kShare = 1;
#endif

/// The encoder's view of one policy and its properties.
struct Encoded {
  Encoded(const policy::Policy& policy, const property::Properties& properties)
      : partition(policy, properties),
        state(terms, policy, properties),
        conditions(smt::compile_conditions(partition.rules(), engine::rfc(), terms, state)),
        claims(partition, conditions, terms, state),
        circles(state.vocabulary().circles.size()) {
    std::iota(circles.begin(), circles.end(), 0U);
  }

  bool value(smt::Term term, const policy::State& at) {
    smt::Valuation values(terms.size());
    values[0] = true;
    state.assign(at, circles, values);
    const std::vector<smt::Term> roots = {term};
    terms.evaluate(terms.nodes_below(roots), values);
    return smt::holds(values, term);
  }

  smt::TermStore terms;
  smt::Partition partition;
  smt::SymbolicState state;
  std::vector<smt::RuleCondition> conditions;
  smt::ClaimTerms claims;
  std::vector<smt::CircleId> circles;
};

struct Tally {
  std::size_t cases = 0;
  std::size_t claims_held = 0;
  std::size_t guards_held = 0;
};

/// Compares claim, guard and group of one property for one class of watchers in one state.
void compare(Encoded& encoded, const property::Property& property, const smt::WatcherClass& watcher, const policy::State& state,
             const semantics::Evaluator& evaluator, Tally& tally) {
  const auto& [usage, profile, readings] = evaluator.options();
  const policy::Request request{.watcher = watcher.watcher(), .state = state};
  const auto decision = evaluator.decide(request);
  const bool claim = claims::claim_holds(property.claim, decision, {evaluator.policy(), usage, readings});
  const bool guard = claims::guard_holds(property, request);

  const auto compiled = encoded.claims.compile(smt::shape_of(property.claim, usage, readings));
  const auto term = encoded.claims.term(compiled, watcher, readings.empty_identity_is_unauthenticated());
  REQUIRE(encoded.value(term, state) == claim);
  REQUIRE(encoded.value(smt::compile_guard(property, watcher.authenticated(), encoded.terms, encoded.state), state) == guard);
  REQUIRE(encoded.partition.contains(*property.group, watcher) == claims::in_group(*property.group, request.watcher));
  ++tally.cases;
  tally.claims_held += claim ? 1 : 0;
  tally.guards_held += guard ? 1 : 0;
}

bool breaks(const property::Property& property, bool claim) {
  return property.quantifier == property::Quantifier::always ? !claim : claim;
}

}  // namespace

TEST_CASE("the encoder and the evaluator agree on random rule sets, watchers and states") {
  const auto& vocabulary = generator::small_vocabulary();
  Tally tally;
  for (std::uint64_t seed = 1; seed <= 6000 / kShare; ++seed) {
    Random random(seed);
    const auto policy = generator::random_policy(random, vocabulary);
    const auto properties = generator::random_properties(random, vocabulary, {.properties = 2, .depth = 2, .location = true});
    const auto usage = random.chance(80) ? policy::Usage::presence : policy::Usage::geolocation;
    const semantics::Evaluator evaluator(policy, {usage, &engine::rfc(), generator::random_readings(random)});
    Encoded encoded(policy, properties);
    REQUIRE(encoded.partition.complete());
    const auto classes = encoded.partition.classes();
    for (const auto& property : properties.properties)
      for (int i = 0; i < 8; ++i) {
        const auto& watcher = classes[random.below(classes.size())];
        const auto state = generator::random_request(random, vocabulary).state;
        INFO("seed " << seed << ", property " << property.text);
        compare(encoded, property, watcher, state, evaluator, tally);
      }
  }
  CHECK(tally.cases >= 90000 / kShare);
  // Random claims that never or always hold would compare nothing.
  CHECK(tally.claims_held > tally.cases / 20);
  CHECK(tally.claims_held < tally.cases - tally.cases / 20);
  CHECK(tally.guards_held > tally.cases / 20);
}

TEST_CASE("verdicts agree with asking the evaluator for many requests") {
  const auto& vocabulary = generator::small_vocabulary();
  std::size_t proved = 0;
  std::size_t refuted = 0;
  std::size_t undecided = 0;
  for (std::uint64_t seed = 1; seed <= 5000 / kShare; ++seed) {
    Random random(seed * 7919);
    const auto policy = generator::random_policy(random, vocabulary);
    auto properties = generator::random_properties(random, vocabulary, {.properties = 1, .depth = 2, .location = true});
    const auto& property = properties.properties.front();
    verify::Options options;
    options.usage = random.chance(80) ? policy::Usage::presence : policy::Usage::geolocation;
    const auto readings = generator::random_readings(random);
    for (const auto& row : engine::all_readings()) options.fixed[static_cast<std::size_t>(row.reading)] = readings.alternative(row.reading);
    options.timeout_s = 0;
    const auto result = verify::verify(policy, properties, options).front();
    REQUIRE(result.verdict != verify::Verdict::depends);  // every reading is fixed

    const semantics::Evaluator evaluator(policy, {options.usage, &engine::rfc(), readings});
    const smt::Partition partition(policy, properties);
    std::size_t in_scope = 0;
    std::size_t breaking = 0;
    for (int i = 0; i < 200; ++i) {
      auto request = generator::random_request(random, vocabulary, {.identities = 1, .areas = false});
      if (i % 2 == 0) request.watcher = partition.classes()[random.below(partition.classes().size())].watcher();
      if (!claims::in_group(*property.group, request.watcher) || !claims::guard_holds(property, request)) continue;
      ++in_scope;
      if (breaks(property, claims::claim_holds(property.claim, evaluator.decide(request), {policy, options.usage, readings}))) ++breaking;
    }
    INFO("seed " << seed << ", property " << property.text << ", verdict "
                 << verify::kVerdictNames[static_cast<std::size_t>(result.verdict)]);
    const bool sometimes = property.quantifier == property::Quantifier::sometimes;
    switch (result.verdict) {
      case verify::Verdict::proved:
        if (!sometimes) REQUIRE(breaking == 0);
        if (sometimes) REQUIRE(result.counterexample);
        ++proved;
        break;
      case verify::Verdict::violated:
        if (sometimes) REQUIRE(breaking == 0);
        if (!sometimes) REQUIRE(result.counterexample);
        ++refuted;
        break;
      case verify::Verdict::vacuous: REQUIRE(in_scope == 0); break;
      default: ++undecided; break;
    }
  }
  CHECK(proved > 500 / kShare);
  CHECK(refuted > 500 / kShare);
  CHECK(undecided <= 50 / kShare + 1);
}

}  // namespace presproof
