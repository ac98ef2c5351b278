// The two decision procedures against each other: Z3 over the encoding (smt/) and enumeration over the evaluator (enumerate/) answer every
// question alike, or one of them gives up.

#include <catch2/catch.hpp>
#include <vector>

#include "claims/claim.h"
#include "claims/scope.h"
#include "enumerate/enumeration.h"
#include "generator/random_policy.h"
#include "geo/geodesic.h"
#include "semantics/evaluator.h"
#include "smt/prover.h"

namespace presproof {
namespace {

using generator::Random;

#ifdef PRESPROOF_SANITIZED
constexpr std::size_t kShare = 10;  // the sanitizers run a tenth of the cases
#else
constexpr std::size_t kShare = 1;
#endif

struct Tally {
  std::size_t found = 0;
  std::size_t nothing = 0;
  std::size_t empty = 0;
  std::size_t z3_gave_up = 0;
  std::size_t enumeration_gave_up = 0;
};

/// What was found does what it was found for.
void check_found(const policy::Request& request, const property::Property& property, enumerate::Goal goal, const semantics::Evaluator& evaluator) {
  REQUIRE(claims::in_group(*property.group, request.watcher));
  REQUIRE(claims::guard_holds(property, request));
  if (goal == enumerate::Goal::guard) return;
  const auto& [usage, profile, readings] = evaluator.options();
  const bool holds = claims::claim_holds(property.claim, evaluator.decide(request), {evaluator.policy(), usage, readings});
  REQUIRE(holds == (goal == enumerate::Goal::claim));
}

struct Both {
  const property::Property& property;
  const semantics::Evaluator& evaluator;
  smt::Prover& prover;
  enumerate::Enumeration& enumeration;

  void ask(smt::Goal of_z3, enumerate::Goal goal, Tally& tally) {
    const auto& readings = evaluator.options().readings;
    smt::QueryLog unwritten;
    const auto first = prover.find(property, of_z3, readings, {}, unwritten);
    const auto second = enumeration.decide(property, goal, readings);
    if (const auto* candidate = std::get_if<smt::Candidate>(&first)) check_found(candidate->request, property, goal, evaluator);
    if (const auto* found = std::get_if<enumerate::Found>(&second)) check_found(found->request, property, goal, evaluator);
    const bool z3_decided = !std::holds_alternative<smt::Undecided>(first);
    const bool decided = !std::holds_alternative<enumerate::GaveUp>(second);
    tally.z3_gave_up += z3_decided ? 0 : 1;
    tally.enumeration_gave_up += decided ? 0 : 1;
    if (!z3_decided || !decided) return;
    const bool z3_found = std::holds_alternative<smt::Candidate>(first);
    REQUIRE(z3_found == std::holds_alternative<enumerate::Found>(second));
    tally.found += z3_found ? 1 : 0;
    if (z3_found) return;
    ++tally.nothing;
    const bool empty = std::get<enumerate::Nothing>(second).empty_group;
    REQUIRE(std::get<smt::Nothing>(first).empty_group == empty);
    tally.empty += empty ? 1 : 0;
  }
};

/// Circles near each other anywhere on earth, so that most patterns of inside and outside exist and some do not; now and then a
/// pole, the antimeridian, and circles of thousands of kilometres.
std::vector<geo::Circle> random_circles(Random& random, std::size_t count) {
  const auto fraction = [&] { return static_cast<double>(random.below(1'000'001)) / 1e6; };
  const double scale_m = random.chance(80) ? 5000 : 2'000'000;
  const geo::Position around{random.chance(20) ? 89.99 : fraction() * 170 - 85, random.chance(20) ? 179.99 : fraction() * 360 - 180};
  std::vector<geo::Circle> circles;
  for (std::size_t i = 0; i < count; ++i) {
    circles.push_back({geo::destination(around, fraction() * 360, fraction() * scale_m), (0.1 + fraction()) * scale_m});
  }
  return circles;
}

/// Rules for everybody, each in two circles or one, and what they give; nothing else to decide by.
policy::Policy policy_of_places(Random& random, const std::vector<geo::Circle>& circles) {
  policy::RuleSet document;
  document.has_presence_rules = true;
  for (std::size_t i = 0; i < 4; ++i) {
    policy::Rule rule;
    rule.id = "r" + std::to_string(i);
    for (std::size_t conditions = random.between(1, 2); conditions > 0; --conditions) {
      policy::LocationCondition places;
      for (std::size_t alternatives = random.between(1, 2); alternatives > 0; --alternatives) {
        policy::LocationAlternative alternative;
        alternative.where.emplace<geo::Circle>(random.pick(circles));
        places.locations.push_back(alternative);
      }
      rule.conditions.emplace_back(std::move(places));
    }
    document.rules.push_back(std::move(rule));
  }
  return {{std::move(document)}};
}

property::Formula<property::ClaimAtom> rule_matches(std::size_t number) {
  property::Formula<property::ClaimAtom> claim;
  claim.atom = property::RuleMatches{"r" + std::to_string(number)};
  return claim;
}

/// `for everyone never rule "r0" and not rule "r1" ...`, each with or without `not`.
property::Properties property_of_places(Random& random) {
  property::Property property;
  property.name = "places";
  property.group = std::make_shared<property::Group>();
  property.claim.op = property::Operator::and_;
  for (std::size_t i = 0; i < 4; ++i) {
    auto claim = rule_matches(i);
    if (random.chance(50)) {
      property::Formula<property::ClaimAtom> negation;
      negation.op = property::Operator::not_;
      negation.operands.push_back(std::move(claim));
      claim = std::move(negation);
    }
    property.claim.operands.push_back(std::move(claim));
  }
  return {{std::move(property)}, {}};
}

}  // namespace

TEST_CASE("enumeration and Z3 agree on random properties of random rule sets") {
  const auto& vocabulary = generator::small_vocabulary();
  Tally tally;
  std::size_t properties_asked = 0;
  for (std::uint64_t seed = 1; seed <= 1500 / kShare; ++seed) {
    Random random(seed * 15485863);
    const auto policy = generator::random_policy(random, vocabulary);
    const auto properties = generator::random_properties(random, vocabulary, {.properties = 3, .depth = 2, .location = true});
    const auto usage = random.chance(80) ? policy::Usage::presence : policy::Usage::geolocation;
    const semantics::Evaluator evaluator(policy, {usage, &engine::rfc(), generator::random_readings(random)});
    smt::Prover prover(policy, properties, usage, engine::rfc());
    enumerate::Enumeration enumeration(policy, properties, usage, engine::rfc());
    for (const auto& property : properties.properties) {
      INFO("seed " << seed << ", property " << property.text);
      Both both{property, evaluator, prover, enumeration};
      both.ask(smt::Goal::claim, enumerate::Goal::claim, tally);
      both.ask(smt::Goal::no_claim, enumerate::Goal::no_claim, tally);
      both.ask(smt::Goal::guard, enumerate::Goal::guard, tally);
      ++properties_asked;
    }
  }
  CHECK(properties_asked >= 4500 / kShare);
  // Comparisons that always come out the same way would compare little.
  CHECK(tally.found > 3000 / kShare);
  CHECK(tally.nothing - tally.empty > 1000 / kShare);
  CHECK(tally.empty > 0);
  CHECK(tally.z3_gave_up <= 20 / kShare + 1);
  CHECK(tally.enumeration_gave_up <= 20 / kShare + 1);
}

TEST_CASE("enumeration and Z3 agree on what places there are among circles") {
  Tally tally;
  for (std::uint64_t seed = 1; seed <= 400 / kShare; ++seed) {
    Random random(seed * 32452843);
    const auto policy = policy_of_places(random, random_circles(random, random.between(2, 5)));
    const auto properties = property_of_places(random);
    const semantics::Evaluator evaluator(policy, {policy::Usage::presence, &engine::rfc(), {}});
    smt::Prover prover(policy, properties, policy::Usage::presence, engine::rfc());
    enumerate::Enumeration enumeration(policy, properties, policy::Usage::presence, engine::rfc());
    INFO("seed " << seed);
    Both{properties.properties.front(), evaluator, prover, enumeration}.ask(smt::Goal::claim, enumerate::Goal::claim, tally);
  }
  CHECK(tally.found > 100 / kShare);
  CHECK(tally.nothing > 200 / kShare);
  CHECK(tally.z3_gave_up <= 10 / kShare + 1);
  CHECK(tally.enumeration_gave_up <= 4 / kShare + 1);
}

}  // namespace presproof
