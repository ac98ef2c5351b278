// What lint says of single rules, against the evaluator: a rule that never matches is matched by no request that can be thought of,
// and without the redundant rules every watcher gets the same.

#include <algorithm>
#include <catch2/catch.hpp>

#include "generator/random_policy.h"
#include "semantics/evaluator.h"
#include "verify/verify.h"
#include "xml/namespaces.h"

namespace presproof {
namespace {

using generator::Random;
using semantics::Permissions;

#ifdef PRESPROOF_SANITIZED
constexpr std::uint64_t kPolicies = 150;
#else
constexpr std::uint64_t kPolicies = 2500;
#endif

/// Permissions up to what no watcher can see: selectors beside `all`, and attributes beside all attributes (but location, which
/// readings tell apart).
Permissions visible(Permissions permissions) {
  for (auto& component : permissions.components)
    if (component.all) component.values = {};
  if (permissions.all_attributes) {
    permissions.attributes.fill(true);
    permissions.user_input = policy::UserInput::full;
    std::erase_if(permissions.unknown_attributes, [](const auto& name) { return name.first != xml::ns::kGeopriv || name.second != "geopriv"; });
  }
  return permissions;
}

policy::Policy without(const policy::Policy& policy, const std::vector<verify::RuleFacts::Redundant>& redundant) {
  policy::Policy rest;
  for (std::uint32_t document = 0; document < policy.documents.size(); ++document) {
    rest.documents.push_back(policy.documents[document]);
    rest.documents.back().rules.clear();
    for (std::uint32_t rule = 0; rule < policy.documents[document].rules.size(); ++rule) {
      const policy::RuleRef ref{document, rule};
      const auto gone = [&](const auto& each) { return each.rule == ref; };
      if (std::none_of(redundant.begin(), redundant.end(), gone)) rest.documents.back().rules.push_back(policy::rule_at(policy, ref));
    }
  }
  return rest;
}

}  // namespace

TEST_CASE("rules that never match are matched by no request, and redundant ones can go") {
  const auto& vocabulary = generator::small_vocabulary();
  std::size_t never = 0;
  std::size_t redundant = 0;
  for (std::uint64_t seed = 1; seed <= kPolicies; ++seed) {
    Random random(seed * 104729);
    const auto policy = generator::random_policy(random, vocabulary);
    verify::Options options;
    options.usage = random.chance(80) ? policy::Usage::presence : policy::Usage::geolocation;
    options.timeout_s = 0;
    const auto facts = verify::rule_facts(policy, options);
    never += facts.never_match.size();
    redundant += facts.redundant.size();
    const auto rest = without(policy, facts.redundant);
    for (int i = 0; i < 40; ++i) {
      const auto readings = generator::random_readings(random);
      const semantics::Evaluator all(policy, {options.usage, &engine::rfc(), readings});
      const semantics::Evaluator fewer(rest, {options.usage, &engine::rfc(), readings});
      const auto request = generator::random_request(random, vocabulary, {.identities = 1, .areas = false});
      INFO("seed " << seed << ", request " << i);
      for (const auto& rule : facts.never_match) REQUIRE_FALSE(all.matches(rule, request));
      REQUIRE(visible(all.decide(request).permissions) == visible(fewer.decide(request).permissions));
    }
  }
  CHECK(never > kPolicies / 50);
  CHECK(redundant > kPolicies / 50);
}

}  // namespace presproof
