#include "generator/dense_policy.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "base/instant.h"
#include "generator/random_policy.h"

namespace presproof::generator {
namespace {

constexpr std::size_t kDomains = 20;
constexpr std::size_t kRulesPerTown = 100;
constexpr std::size_t kRulesPerDomainRule = 250;
constexpr std::int64_t kDay = 86'400;

policy::ValidityCondition window(Random& random) {
  const Instant year = parse_rfc3339("2026-01-01T00:00:00Z").value();
  const std::int64_t from = year.seconds + static_cast<std::int64_t>(random.below(365)) * kDay;
  const std::int64_t until = from + static_cast<std::int64_t>(random.between(30, 120)) * kDay;
  return {{{Instant{from, 0}, Instant{until, 0}, {}}}, {}};
}

policy::SphereCondition spheres(Random& random) {
  constexpr std::array<std::string_view, 3> kSpheres = {"work", "home", "gym"};
  policy::SphereCondition condition;
  const std::size_t first = random.below(kSpheres.size());
  condition.tokens.emplace_back(kSpheres[first]);
  if (random.chance(30)) condition.tokens.emplace_back(kSpheres[(first + 1) % kSpheres.size()]);
  return condition;
}

/// Towns are the same for every number of rules, so that the properties' regions mean the same: the first is where they ask.
geo::Position town(std::size_t number) {
  if (number == 0) return {50.0, 10.0};
  Random random(number);
  return {static_cast<double>(random.between(45'000, 55'000)) / 1000, static_cast<double>(random.between(5'000, 15'000)) / 1000};
}

policy::LocationCondition place(Random& random, std::size_t towns) {
  const geo::Position near = town(random.below(towns));
  const geo::Position center{near.latitude + (static_cast<double>(random.below(200)) - 100) / 1000,
                             near.longitude + (static_cast<double>(random.below(200)) - 100) / 1000};
  return {{{geo::Circle{center, static_cast<double>(random.between(2, 400)) * 100}, "", {}}}, {}};
}

policy::IdentityCondition named(Random& random, std::size_t number, std::size_t identities) {
  policy::IdentityCondition condition;
  condition.matchers.emplace_back(policy::One{large_policy_identity(number % identities), {}});
  const std::size_t more = random.below(3);
  for (std::size_t i = 0; i < more; ++i) condition.matchers.emplace_back(policy::One{large_policy_identity(random.below(identities)), {}});
  return condition;
}

policy::IdentityCondition of_domain(Random& random, std::size_t identities) {
  const std::size_t index = random.below(identities);
  const uri::Uri one = large_policy_identity(index);
  policy::Many many;
  many.domain = policy::Domain{*one.domain, *one.domain, {}};
  policy::Except except;
  except.id = one;
  many.excepts.push_back(std::move(except));
  return {{std::move(many)}, {}};
}

policy::Permission provided(policy::ComponentKind kind) {
  policy::ProvideComponents components;
  components.kind = kind;
  components.all = true;
  return {components, {}};
}

void add_permissions(policy::Rule& rule, Random& random) {
  constexpr std::array<double, 4> kRadii_m = {1000, 5000, 10'000, 50'000};
  constexpr std::array<geo::CivicLevel, 3> kLevels = {geo::CivicLevel::country, geo::CivicLevel::region, geo::CivicLevel::city};
  const auto add = [&](auto what) { rule.permissions.push_back({std::move(what), {}}); };
  if (random.chance(85)) add(random.chance(80) ? policy::SubHandling::allow : policy::SubHandling::confirm);
  if (random.chance(60)) rule.permissions.push_back(provided(policy::ComponentKind::person));
  if (random.chance(40)) rule.permissions.push_back(provided(policy::ComponentKind::service));
  if (random.chance(20)) rule.permissions.push_back(provided(policy::ComponentKind::device));
  add(policy::ProvideAttribute{static_cast<policy::AttributePermission>(random.below(policy::kAttributePermissions)), true});
  if (random.chance(70)) {
    const geo::CivicLevel level = random.chance(30) ? random.pick(kLevels) : geo::CivicLevel::none;
    add(policy::ProvideLocation{policy::GeodeticGrant{random.pick(kRadii_m), std::nullopt}, level});
  }
  if (random.chance(10)) add(policy::SetRetransmissionAllowed{random.chance(50)});
}

}  // namespace

policy::Policy make_dense_policy(std::size_t rules, std::size_t identities, std::uint64_t seed) {
  Random random(seed);
  policy::RuleSet document;
  document.file = "dense.xml";
  document.has_presence_rules = true;
  policy::Rule everybody;
  everybody.id = "everybody";
  everybody.conditions.emplace_back(policy::IdentityCondition{{policy::Many{}}, {}});
  everybody.permissions.push_back({policy::SubHandling::polite_block, {}});
  document.rules.push_back(std::move(everybody));
  const std::size_t towns = std::max<std::size_t>(1, rules / kRulesPerTown);
  for (std::size_t number = 0; number < rules; ++number) {
    policy::Rule rule;
    rule.id = "r" + std::to_string(number);
    const bool for_domain = number % kRulesPerDomainRule == kRulesPerDomainRule - 1;
    rule.conditions.emplace_back(for_domain ? of_domain(random, identities) : named(random, number, identities));
    rule.conditions.emplace_back(window(random));
    rule.conditions.emplace_back(spheres(random));
    rule.conditions.emplace_back(place(random, towns));
    add_permissions(rule, random);
    document.rules.push_back(std::move(rule));
  }
  return {{std::move(document)}};
}

std::string dense_policy_properties() {
  return R"(region town  = circle 50.0 10.0 radius 500 m
region land  = circle 50.0 10.0 radius 120 km
region ocean = circle 40.0 -40.0 radius 300 km
person anna  = { sip:user1@domain1.example, sip:user2@domain2.example, tel:+4930123456 }

property "by windows: nobody sees a location after all of them":
    for everyone during 2027-05-01T00:00:00Z .. 2030-01-01T00:00:00Z never location
property "by spheres: nobody sees activities while the sphere is undefined":
    for everyone when sphere is undefined never activities
property "by geometry: nobody sees anything at sea":
    for everyone minus domain domain5.example when inside ocean during 2026-02-01T00:00:00Z .. 2026-12-01T00:00:00Z never anything
property "outside work no radius below 2 km":
    for everyone when not sphere is "work" during 2026-01-01T00:00:00Z .. 2027-01-01T00:00:00Z never geodetic finer than 2 km
property "a domain, in town":
    for domain domain3.example except { sip:user3@domain3.example } when inside town never location finer than 6 km
property "one watcher, at home and far from town":
    for { sip:user7@domain7.example } when sphere is "home" and not inside land never (persons and location finer than 20 km)
property "at work in town the services are shown":
    for everyone minus { sip:user11@domain11.example } when sphere is "work" and inside town always (services or handling at most confirm)
property "a person is allowed somewhere":
    for anna when inside land sometimes (handling allow and location)
property "mood, notes and a fine location together":
    for everyone during 2026-03-01T00:00:00Z .. 2026-09-01T00:00:00Z never (mood and note and geodetic finer than 2 km)
property "no retransmission of a fine location without services":
    for everyone minus anna when sphere is "gym" and inside land never (retransmission and location finer than 6 km and not services)
)";
}

}  // namespace presproof::generator
