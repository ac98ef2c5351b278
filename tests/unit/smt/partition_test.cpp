#include "smt/partition.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "generator/random_policy.h"
#include "semantics/match.h"

namespace presproof {
namespace {

using generator::Random;
using smt::Partition;
using smt::RuleNumber;

/// The rules whose identity conditions hold, one by one.
std::vector<RuleNumber> naive(const policy::Policy& policy, const policy::Watcher& watcher, bool empty_identity) {
  engine::Readings readings;
  readings.set(engine::Reading::empty_identity, empty_identity);
  std::vector<RuleNumber> rules;
  RuleNumber number = 0;
  for (const auto& document : policy.documents)
    for (const auto& rule : document.rules) {
      const auto holds = [&](const policy::Condition& condition) {
        const auto* identity = std::get_if<policy::IdentityCondition>(&condition);
        return identity == nullptr || semantics::holds(*identity, watcher, readings);
      };
      if (std::all_of(rule.conditions.begin(), rule.conditions.end(), holds)) rules.push_back(number);
      ++number;
    }
  return rules;
}

}  // namespace

TEST_CASE("a class has exactly the rules whose identity conditions hold for its watcher") {
  const auto& vocabulary = generator::small_vocabulary();
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    Random random(seed);
    const auto policy = generator::random_policy(random, vocabulary);
    const auto properties = generator::random_properties(random, vocabulary);
    const Partition partition(policy, properties);
    REQUIRE(partition.complete());
    for (const auto& watcher : partition.classes())
      for (const bool empty_identity : {false, true}) {
        INFO("seed " << seed);
        REQUIRE(partition.rules_of(watcher, empty_identity) == naive(policy, watcher.watcher(), empty_identity));
      }
  }
}

TEST_CASE("every watcher of at most one identity has a class with the same rules") {
  const auto& vocabulary = generator::small_vocabulary();
  std::size_t watchers = 0;
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    Random random(seed * 31);
    const auto policy = generator::random_policy(random, vocabulary);
    const Partition partition(policy, {});
    std::set<std::vector<RuleNumber>> known;
    for (const auto& watcher : partition.classes()) known.insert(partition.rules_of(watcher, false));
    for (int i = 0; i < 50; ++i) {
      const auto request = generator::random_request(random, vocabulary, {.identities = 1, .areas = false});
      INFO("seed " << seed);
      REQUIRE(known.contains(naive(policy, request.watcher, false)));
      ++watchers;
    }
  }
  CHECK(watchers == 20000);
}

TEST_CASE("a person has a class for each set of its identities") {
  property::Properties properties;
  property::Person person;
  person.name = "bob";
  for (const auto* id : {"sip:bob@a.example", "sip:bob@b.example", "tel:+1234"}) person.identities.push_back(uri::parse(id));
  properties.persons.push_back(person);
  const Partition partition({}, properties);
  std::set<std::size_t> sizes;
  std::size_t several = 0;
  for (const auto& watcher : partition.classes()) {
    sizes.insert(watcher.identities.size());
    several += watcher.identities.size() > 1 ? 1 : 0;
  }
  CHECK(several == 4);  // three pairs and all three
  CHECK(sizes == std::set<std::size_t>{0, 1, 2, 3});
}

}  // namespace presproof
