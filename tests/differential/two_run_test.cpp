// Verdicts of claims over two runs against asking the reference evaluator for many pairs of requests: what is proved no pair may break, what is
// violated was replayed, and what is vacuous no pair is about.

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <variant>

#include "engine/elements.h"
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

/// What the engine's reader makes a rule give (engine/readers.h).
void give_as_read(policy::Rule& rule, const engine::Profile& profile, policy::SubHandling handling) {
  if (profile.filtering == engine::Filtering::shows_what_is_granted) return;
  if (profile.filtering != engine::Filtering::shows_status_whole) {
    rule.permissions = engine::nobody_matches(handling).permissions;
    return;
  }
  bool shows_location = false;
  constexpr auto kId = static_cast<std::size_t>(policy::SelectorKind::occurrence_id);
  std::erase_if(rule.permissions, [](const policy::Permission& permission) { return std::holds_alternative<policy::ProvideLocation>(permission.what); });
  for (policy::Permission& permission : rule.permissions) {
    auto* components = std::get_if<policy::ProvideComponents>(&permission.what);
    if (components != nullptr) components->values[kId].clear();
    const bool any = components != nullptr && (components->all || std::any_of(components->values.begin(), components->values.end(), [](const auto& values) { return !values.empty(); }));
    shows_location = shows_location || std::holds_alternative<policy::ProvideAllAttributes>(permission.what) || (any && components->kind == policy::ComponentKind::service);
  }
  rule.permissions.push_back({policy::ProvideAttribute{policy::AttributePermission::class_, true}, {}});
  // With all attributes a note of the document is shown where no component is: no claim counts that.
  const auto is_all = [](const policy::Permission& permission) { return std::holds_alternative<policy::ProvideAllAttributes>(permission.what); };
  if (std::any_of(rule.permissions.begin(), rule.permissions.end(), is_all)) rule.permissions.push_back({policy::ProvideComponents{policy::ComponentKind::service, true, {}}, {}});
  if (shows_location) rule.permissions.push_back({policy::ProvideLocation{policy::GeodeticGrant{0.0, std::nullopt}, geo::CivicLevel::full}, {}});
}

struct Counted {
  std::size_t compared = 0;
  std::size_t broken = 0;
};

Counted ask(Random& random, const generator::Vocabulary& vocabulary, const policy::Policy& policy, const property::Properties& properties, const semantics::Evaluator& evaluator) {
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
    // To servers that compare texts a watcher is one URI.
    const bool one_each = first.watcher.identities.size() <= 1 && second.watcher.identities.size() <= 1;
    if (profile->identity != engine::IdentityTest::uri_equivalence && !one_each) continue;
    ++counted.compared;
    const verify::Counterexample a{first, readings, evaluator.decide(first)};
    const verify::Counterexample b{second, readings, evaluator.decide(second)};
    if (verify::told_apart(*property.two_run, a, b, {policy, usage, readings}, *profile)) ++counted.broken;
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
    const Counted counted = ask(random, vocabulary, policy, properties, semantics::Evaluator(policy, {options.usage, &engine::rfc(), readings}));
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

TEST_CASE("verdicts over two runs of a server agree with asking its evaluator for many pairs of requests") {
  auto vocabulary = generator::small_vocabulary();
  vocabulary.named.clear();
  for (const char* text : {"sip:bob@example.com", "sip:eve@example.org", "sips:carol@club.example", "pres:dave@example.com", "tel:+1201", "sip:frank@example.com;user=phone"}) vocabulary.named.push_back(uri::parse(text));
  vocabulary.domains = {"example.com", "example.org", "club.example"};
  engine::Profile kamailio = *engine::find_profile("kamailio");
  REQUIRE(!engine::set_parameter(kamailio, "sphere-check", "yes"));
  REQUIRE(!engine::set_parameter(kamailio, "publ-cache", "0"));
  const engine::Profile* profiles[] = {&kamailio, engine::find_profile("mobicents"), engine::find_profile("oma"), engine::find_profile("kaleo"), engine::find_profile("opensips-oma")};
  std::array<std::size_t, verify::kVerdictNames.size()> verdicts{};
  std::size_t sampled_too = 0;
  for (std::uint64_t seed = 1; seed <= 1000 / kShare; ++seed) {
    Random random(seed * 15485867);
    const engine::Profile& profile = *profiles[seed % 5];
    auto policy = generator::random_policy(random, vocabulary, {.documents = 1, .rules = random.between(1, 5)});
    for (auto& rule : policy.documents.front().rules) {
      give_as_read(rule, profile, static_cast<policy::SubHandling>(random.below(4)));
      if (profile.combining == engine::Combining::matching_rules_of_first_kind) rule.rank = static_cast<std::uint8_t>(random.below(2));
      else if (random.chance(30)) rule.transformations.push_back({"provide-mood", random.chance(50) ? "false" : "true", {}});
    }
    const auto properties = two_run_properties(random, vocabulary);
    verify::Options options;
    options.profile = &profile;
    const auto readings = generator::random_readings(random);
    for (const auto& row : engine::all_readings()) options.fixed[static_cast<std::size_t>(row.reading)] = readings.alternative(row.reading);
    options.timeout_s = 0;
    INFO("seed " << seed << ", " << profile.name);
    const auto result = verify::verify(policy, properties, options).front();
    ++verdicts[static_cast<std::size_t>(result.verdict)];
    const Counted counted = ask(random, vocabulary, policy, properties, semantics::Evaluator(policy, {options.usage, &profile, readings}));
    if (result.verdict == verify::Verdict::proved) REQUIRE(counted.broken == 0);
    if (result.verdict == verify::Verdict::vacuous) REQUIRE(counted.compared == 0);
    if (result.verdict == verify::Verdict::violated) sampled_too += counted.broken > 0 ? 1 : 0;
  }
  const auto count = [&](verify::Verdict verdict) { return verdicts[static_cast<std::size_t>(verdict)]; };
  CHECK(count(verify::Verdict::proved) > 50 / kShare);
  CHECK(count(verify::Verdict::violated) > 100 / kShare);
  CHECK(count(verify::Verdict::undecided) < 100 / kShare + 5);
  CHECK(sampled_too > 50 / kShare);
}

}  // namespace presproof
