#include <catch2/catch.hpp>

#include <set>

#include "generator/random_policy.h"
#include "geo/geodesic.h"
#include "policy/reader.h"

namespace presproof::generator {
namespace {

TEST_CASE("the stream of a seed is that of xoshiro256** after splitmix64") {
  Random random(1);
  CHECK(random.next() == 0xB3F2AF6D0FC710C5U);
  CHECK(random.next() == 0x853B559647364CEAU);
  CHECK(random.next() == 0x92F89756082A4514U);
  std::set<std::size_t> seen;
  for (int i = 0; i < 1000; ++i) seen.insert(random.between(3, 7));
  CHECK(seen == std::set<std::size_t>{3, 4, 5, 6, 7});
}

TEST_CASE("the same seed gives the same values, another seed others") {
  Random first(7);
  Random second(7);
  Random other(8);
  const auto policy = random_policy(first, small_vocabulary());
  CHECK(policy == random_policy(second, small_vocabulary()));
  CHECK_FALSE(policy == random_policy(other, small_vocabulary()));
  CHECK(random_request(first, small_vocabulary()) == random_request(second, small_vocabulary()));
  CHECK(random_readings(first) == random_readings(second));
  const auto one = random_properties(first, small_vocabulary());
  const auto two = random_properties(second, small_vocabulary());
  CHECK(one.persons == two.persons);
  CHECK(one.properties.at(0).claim == two.properties.at(0).claim);
  CHECK(make_large_policy(50, 10, 3) == make_large_policy(50, 10, 3));
}

TEST_CASE("policies have every condition, identity and permission, within their size") {
  std::set<std::size_t> conditions;
  std::set<std::size_t> matchers;
  std::set<std::size_t> permissions;
  std::set<std::size_t> excepts;
  bool empty_identity = false;
  bool two_identities = false;
  bool rounding = false;
  bool geolocation = false;
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    Random random(seed);
    const auto policy = random_policy(random, small_vocabulary());
    geolocation = geolocation || policy::usage_of(policy) == policy::Usage::geolocation;
    std::size_t rules = 0;
    for (const auto& document : policy.documents) rules += document.rules.size();
    REQUIRE((rules >= 1 && rules <= 8 && policy.documents.size() <= 2));
    for (const auto& document : policy.documents) {
      for (const auto& rule : document.rules) {
        std::size_t identities = 0;
        for (const auto& condition : rule.conditions) {
          conditions.insert(condition.index());
          const auto* const identity = std::get_if<policy::IdentityCondition>(&condition);
          if (identity == nullptr) continue;
          ++identities;
          empty_identity = empty_identity || identity->matchers.empty();
          for (const auto& matcher : identity->matchers) {
            matchers.insert(matcher.index());
            const auto* const many = std::get_if<policy::Many>(&matcher);
            if (many == nullptr) continue;
            for (const auto& except : many->excepts) excepts.insert((except.id ? 1U : 0U) + (except.domain ? 2U : 0U));
          }
        }
        two_identities = two_identities || identities > 1;
        for (const auto& permission : rule.permissions) {
          permissions.insert(permission.what.index());
          const auto* const location = std::get_if<policy::ProvideLocation>(&permission.what);
          rounding = rounding || (location != nullptr && location->geodetic && location->geodetic->rounding);
          // What only a presence agent knows makes the document one of RFC 5025.
          const bool presence = permission.what.index() <= 5;
          REQUIRE((!presence || document.has_presence_rules));
        }
      }
    }
  }
  CHECK(conditions.size() == std::variant_size_v<policy::Condition>);
  CHECK(matchers.size() == std::variant_size_v<policy::IdentityMatcher>);
  CHECK(permissions.size() == std::variant_size_v<decltype(policy::Permission::what)>);
  CHECK(excepts == std::set<std::size_t>{0, 1, 2, 3});
  CHECK(empty_identity);
  CHECK(two_identities);
  CHECK(rounding);
  CHECK(geolocation);
}

TEST_CASE("requests meet the vocabulary: on the instants, in the circles, and outside") {
  const auto& vocabulary = small_vocabulary();
  std::set<std::size_t> identities;
  std::set<std::size_t> on_instants;
  std::set<std::size_t> inside;
  bool no_sphere = false;
  bool unknown_place = false;
  bool area = false;
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    Random random(seed);
    const auto request = random_request(random, vocabulary, {.identities = 3, .areas = true});
    identities.insert(request.watcher.identities.size());
    no_sphere = no_sphere || !request.state.sphere;
    for (std::size_t i = 0; i < vocabulary.instants.size(); ++i) {
      if (request.state.time == vocabulary.instants[i]) on_instants.insert(i);
    }
    if (!request.state.location.geodetic) {
      unknown_place = true;
      continue;
    }
    area = area || std::holds_alternative<geo::Circle>(*request.state.location.geodetic);
    for (std::size_t i = 0; i < vocabulary.circles.size(); ++i) {
      if (geo::completely_within(*request.state.location.geodetic, vocabulary.circles[i])) inside.insert(i);
    }
  }
  CHECK(identities == std::set<std::size_t>{0, 1, 2, 3});
  CHECK(on_instants.size() == vocabulary.instants.size());
  CHECK(inside.size() == vocabulary.circles.size());
  CHECK(no_sphere);
  CHECK(unknown_place);
  CHECK(area);
}

TEST_CASE("properties have every group, guard, claim and quantifier") {
  std::set<std::size_t> groups;
  std::set<std::size_t> guards;
  std::set<std::size_t> claims;
  std::set<property::Quantifier> quantifiers;
  bool during = false;
  bool effective = false;
  bool nobody = false;
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    Random random(seed);
    const auto properties = random_properties(random, small_vocabulary());
    REQUIRE(properties.properties.size() == 1);
    const auto& property = properties.properties[0];
    groups.insert(property.group->base.index());
    if (!property.guards.empty() && property.guards[0].op == property::Operator::atom)
      guards.insert(property.guards[0].atom.index());
    if (property.claim.op == property::Operator::atom) claims.insert(property.claim.atom.index());
    if (const auto* location = std::get_if<property::LocationShown>(&property.claim.atom)) effective = effective || location->effective;
    nobody = nobody || properties.persons.empty();
    quantifiers.insert(property.quantifier);
    for (const auto& interval : property.during) {
      during = true;
      REQUIRE(interval.from < interval.until);
    }
  }
  CHECK(groups.size() == std::variant_size_v<decltype(property::Group::base)>);
  CHECK(guards.size() == std::variant_size_v<property::GuardAtom>);
  CHECK(claims.size() == std::variant_size_v<property::ClaimAtom>);
  CHECK(quantifiers.size() == 3);
  CHECK(during);
  CHECK(effective);
  CHECK(nobody);
}

TEST_CASE("claims about a policy speak of what its rules give") {
  policy::Policy policy;
  policy.documents.resize(1);
  policy.documents[0].rules.resize(1);
  policy.documents[0].rules[0].permissions = {{policy::SetRetentionExpiry{12345}, {}}};
  std::size_t about = 0;
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    Random random(seed);
    const auto properties = random_properties(random, small_vocabulary(), {.properties = 1, .depth = 0, .location = true, .about = &policy});
    const auto* retention = std::get_if<property::RetentionLongerThan>(&properties.properties.at(0).claim.atom);
    about += retention != nullptr && retention->seconds == 12345 ? 1 : 0;
  }
  CHECK((about > 400 && about < 600));
}

TEST_CASE("a large policy has its rules and names only its identities") {
  const auto policy = make_large_policy(1000, 400, 1);
  REQUIRE(policy.documents.size() == 1);
  CHECK(policy.documents[0].rules.size() == 1002);
  std::set<std::string> named;
  for (const auto& rule : policy.documents[0].rules) {
    for (const auto& matcher : std::get<policy::IdentityCondition>(rule.conditions.at(0)).matchers) {
      if (const auto* const one = std::get_if<policy::One>(&matcher)) named.insert(one->id.text);
    }
  }
  CHECK(named.size() == 400);
  CHECK(named.count(large_policy_identity(399).text) == 1);
  CHECK(make_large_policy(5, 0, 1).documents[0].rules.size() == 2);
}

}  // namespace
}  // namespace presproof::generator
