#include "differential/comparison.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <set>
#include <vector>

#include <fmt/format.h>

#include "diag/error.h"
#include "geo/geodesic.h"
#include "semantics/evaluator.h"
#include "semantics/match.h"
#include "smt/claim_terms.h"
#include "smt/geometry.h"
#include "smt/rule_conditions.h"
#include "smt/symbolic_state.h"
#include "claims/claim.h"
#include "claims/scope.h"
#include "verify/verify.h"

namespace presproof::differential {
namespace {

using generator::Random;

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

/// Compares claim, guard and group of one property for one class of watchers in one state.
std::string compare(Encoded& encoded, const property::Property& property, const smt::WatcherClass& watcher, const policy::State& state,
                    const semantics::Evaluator& evaluator, TermTally& tally) {
  const auto& [usage, profile, readings] = evaluator.options();
  const policy::Request request{.watcher = watcher.watcher(), .state = state};
  const auto decision = evaluator.decide(request);
  semantics::Permissions fast;
  evaluator.permissions(request, fast);
  if (!(fast == decision.permissions)) return "the evaluator's two paths differ";

  const bool claim = claims::claim_holds(property.claim, decision, {evaluator.policy(), usage, readings});
  const bool guard = claims::guard_holds(property, request);
  const auto compiled = encoded.claims.compile(smt::shape_of(property.claim, usage, readings));
  const auto term = encoded.claims.term(compiled, watcher, readings.empty_identity_is_unauthenticated());
  const auto guard_term = smt::compile_guard(property, watcher.authenticated(), encoded.terms, encoded.state);
  if (encoded.value(term, state) != claim) return fmt::format("the claim is {} for the evaluator, not for the encoder", claim);
  if (encoded.value(guard_term, state) != guard) return fmt::format("the guard is {} for the evaluator, not for the encoder", guard);
  if (encoded.partition.contains(*property.group, watcher) != claims::in_group(*property.group, request.watcher)) return "the group has other watchers";
  ++tally.cases;
  tally.claims_held += claim ? 1 : 0;
  tally.guards_held += guard ? 1 : 0;
  return {};
}

policy::Usage random_usage(Random& random) { return random.chance(80) ? policy::Usage::presence : policy::Usage::geolocation; }

bool breaks(const property::Property& property, bool claim) {
  return property.quantifier == property::Quantifier::always ? !claim : claim;
}

/// Some of a person's identities, at least one.
policy::Watcher some_identities(Random& random, const property::Person& person) {
  policy::Watcher watcher;
  for (const uri::Uri& identity : person.identities)
    if (random.chance(60)) watcher.identities.push_back(identity);
  if (watcher.identities.empty()) watcher.identities.push_back(random.pick(person.identities));
  return watcher;
}

/// Which identity conditions hold for the watcher, and which groups it is in.
std::vector<bool> as_seen(const policy::Watcher& watcher, const policy::Policy& policy, const property::Properties& properties,
                          const engine::Readings& readings) {
  std::vector<bool> seen;
  for (const policy::RuleSet& document : policy.documents)
    for (const policy::Rule& rule : document.rules)
      for (const policy::Condition& condition : rule.conditions)
        if (const auto* identity = std::get_if<policy::IdentityCondition>(&condition)) seen.push_back(semantics::holds(*identity, watcher, readings));
  for (const property::Property& property : properties.properties) seen.push_back(claims::in_group(*property.group, watcher));
  return seen;
}

/// How many of many requests a property speaks of, and how many of those break it (for `sometimes`: are what it asks for).
struct Sampled {
  std::size_t in_scope = 0;
  std::size_t breaking = 0;
};
Sampled sample(Random& random, const generator::Vocabulary& vocabulary, const property::Properties& properties, const semantics::Evaluator& evaluator) {
  const auto& property = properties.properties.front();
  const auto& [usage, profile, readings] = evaluator.options();
  const smt::Partition partition(evaluator.policy(), properties);
  Sampled sampled;
  for (int i = 0; i < 200; ++i) {
    auto request = generator::random_request(random, vocabulary, {.identities = 1, .areas = false});
    if (i % 2 == 0) request.watcher = partition.classes()[random.below(partition.classes().size())].watcher();
    if (i % 4 == 1 && !properties.persons.empty()) request.watcher = some_identities(random, random.pick(properties.persons));
    if (!claims::in_group(*property.group, request.watcher) || !claims::guard_holds(property, request)) continue;
    ++sampled.in_scope;
    const bool claim = claims::claim_holds(property.claim, evaluator.decide(request), {evaluator.policy(), usage, readings});
    if (breaks(property, claim)) ++sampled.breaking;
  }
  return sampled;
}

std::string judge(const verify::Result& result, property::Quantifier quantifier, const Sampled& sampled, VerdictTally& tally) {
  const bool sometimes = quantifier == property::Quantifier::sometimes;
  switch (result.verdict) {
    case verify::Verdict::proved:
    case verify::Verdict::violated: {
      const bool proved = result.verdict == verify::Verdict::proved;
      ++(proved ? tally.proved : tally.refuted);
      // Proved for all, or refuted for some: no request may say otherwise. Else there is one to show.
      if (proved != sometimes) return sampled.breaking == 0 ? "" : fmt::format("{} of {} requests say otherwise", sampled.breaking, sampled.in_scope);
      return result.counterexample ? "" : "there is no example";
    }
    case verify::Verdict::vacuous: return sampled.in_scope == 0 ? "" : fmt::format("it speaks of {} requests", sampled.in_scope);
    case verify::Verdict::depends: return "every reading was fixed";
    case verify::Verdict::undecided: break;
  }
  ++tally.undecided;
  return {};
}

/// Two to four of the circles, neighbours in the vocabulary, at least one of them to be inside of.
smt::Pattern random_pattern(Random& random, std::size_t circles) {
  smt::Pattern pattern;
  const std::size_t size = random.between(2, 4);
  const std::size_t first = random.below(circles - size + 1);
  std::vector<smt::CircleId> ids(size);
  std::iota(ids.begin(), ids.end(), static_cast<smt::CircleId>(first));
  std::swap(ids.front(), ids[random.below(size)]);
  for (const smt::CircleId id : ids) {
    (pattern.inside.empty() || random.chance(35) ? pattern.inside : pattern.outside).push_back(id);
  }
  return pattern;
}

bool has(const geo::Shape& place, const smt::Pattern& pattern, const std::vector<geo::Circle>& circles) {
  const auto inside = [&](smt::CircleId id) { return geo::completely_within(place, circles[id]); };
  return std::all_of(pattern.inside.begin(), pattern.inside.end(), inside) && std::none_of(pattern.outside.begin(), pattern.outside.end(), inside);
}

}  // namespace

std::string compare_terms(std::uint64_t seed, const World& world, TermTally& tally) {
  Random random(seed);
  const auto policy = generator::random_policy(random, world.vocabulary, world.policy);
  const auto properties = generator::random_properties(random, world.vocabulary, {.properties = 2, .depth = 2, .location = true, .about = &policy});
  const policy::Usage usage = random_usage(random);
  // Under two readings, as the encoder serves all of them from the same terms.
  std::vector<semantics::Evaluator> evaluators;
  for (int i = 0; i < 2; ++i) evaluators.emplace_back(policy, semantics::Options{usage, &engine::rfc(), generator::random_readings(random)});
  Encoded encoded(policy, properties);
  if (!encoded.partition.complete()) return "not every watcher has a class";
  const auto classes = encoded.partition.classes();
  for (const auto& property : properties.properties)
    for (int i = 0; i < 8; ++i) {
      // The last class is that of the unauthenticated.
      const auto& watcher = random.chance(10) ? classes.back() : classes[random.below(classes.size())];
      const auto state = generator::random_request(random, world.vocabulary).state;
      for (const auto& evaluator : evaluators) {
        const std::string difference = compare(encoded, property, watcher, state, evaluator, tally);
        if (!difference.empty()) return fmt::format("seed {}, property {}: {}", seed, property.text, difference);
      }
    }
  return {};
}

std::string compare_watchers(std::uint64_t seed, const World& world, WatcherTally& tally) {
  Random random(seed * 3571);
  const auto policy = generator::random_policy(random, world.vocabulary, world.policy);
  const auto properties = generator::random_properties(random, world.vocabulary, {.properties = 2, .depth = 0, .location = false, .about = &policy});
  const auto readings = generator::random_readings(random);
  const smt::Partition partition(policy, properties);
  if (!partition.complete()) return "not every watcher has a class";
  std::set<std::vector<bool>> known;
  for (const smt::WatcherClass& each : partition.classes()) known.insert(as_seen(each.watcher(), policy, properties, readings));
  tally.classes += known.size();
  for (int i = 0; i < 20; ++i) {
    policy::Watcher watcher = generator::random_request(random, world.vocabulary, {.identities = 1, .areas = false}).watcher;
    if (i % 2 == 0 && !properties.persons.empty()) watcher = some_identities(random, random.pick(properties.persons));
    ++tally.watchers;
    if (known.contains(as_seen(watcher, policy, properties, readings))) continue;
    return fmt::format("seed {}: no class is like {}", seed, watcher.authenticated() ? watcher.identities.front().text : "the unauthenticated");
  }
  return {};
}

std::string compare_verdicts(std::uint64_t seed, const World& world, VerdictTally& tally) {
  Random random(seed * 7919);
  const auto policy = generator::random_policy(random, world.vocabulary, world.policy);
  const auto properties = generator::random_properties(random, world.vocabulary, {.properties = 1, .depth = 2, .location = true, .about = &policy});
  verify::Options options;
  options.usage = random_usage(random);
  const auto readings = generator::random_readings(random);
  for (const auto& row : engine::all_readings()) options.fixed[static_cast<std::size_t>(row.reading)] = readings.alternative(row.reading);
  options.timeout_s = 0;
  const semantics::Evaluator evaluator(policy, {options.usage, &engine::rfc(), readings});
  std::string difference;
  try {
    const auto result = verify::verify(policy, properties, options).front();
    difference = judge(result, properties.properties.front().quantifier, sample(random, world.vocabulary, properties, evaluator), tally);
    if (!difference.empty()) difference = fmt::format("{}, but {}", verify::kVerdictNames[static_cast<std::size_t>(result.verdict)], difference);
  } catch (const diag::InternalError& error) {
    difference = error.what();  // the example found does not replay
  }
  return difference.empty() ? difference : fmt::format("seed {}: {}", seed, difference);
}

std::string compare_placements(std::uint64_t seed, const generator::Vocabulary& vocabulary, PlacementTally& tally) {
  Random random(seed * 6151);
  const auto& circles = vocabulary.circles;
  const smt::Pattern pattern = random_pattern(random, circles.size());
  const smt::TermStore no_terms;
  smt::SolverFactory solvers(no_terms);
  const auto placement = smt::Geometry(circles, solvers).place(pattern, {}, {});
  if (const auto* place = std::get_if<geo::Position>(&placement)) {
    ++tally.placed;
    return has(*place, pattern, circles) ? "" : fmt::format("seed {}: a place that geodesics put elsewhere", seed);
  }
  const auto* impossible = std::get_if<smt::Impossible>(&placement);
  ++(impossible != nullptr ? tally.impossible : tally.undecided);
  if (impossible == nullptr) return {};
  std::vector<geo::Shape> places;
  for (int i = 0; i < 50; ++i) {
    const auto state = generator::random_request(random, vocabulary).state;
    if (state.location.geodetic) places.push_back(*state.location.geodetic);
  }
  for (const smt::Pattern& part : impossible->patterns) {
    if (part.inside.empty()) return fmt::format("seed {}: impossible, but a target that is nowhere has it", seed);
    for (const geo::Shape& place : places)
      if (has(place, part, circles)) return fmt::format("seed {}: impossible, but there is a place", seed);
  }
  return {};
}

}  // namespace presproof::differential
