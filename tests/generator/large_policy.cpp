#include <array>

#include "generator/random_policy.h"
#include "geo/geodesic.h"

namespace presproof::generator {
namespace {

constexpr std::size_t kDomains = 20;
constexpr std::int64_t kDay = 86'400;

std::string domain_name(std::size_t index) { return "domain" + std::to_string(index % kDomains) + ".example"; }

policy::Domain domain(std::size_t index) {
  const std::string text = domain_name(index);
  return {text, text, {}};
}

policy::Permission provided(policy::ComponentKind kind) {
  policy::ProvideComponents components;
  components.kind = kind;
  components.all = true;
  return {components, {}};
}

void add_conditions(policy::Rule& rule, Random& random, std::size_t number) {
  constexpr std::array<std::string_view, 3> kSpheres = {"work", "home", "gym"};
  const Instant year = parse_rfc3339("2026-01-01T00:00:00Z").value();
  // Windows of one to four months that begin on any day of the year: each overlaps with many others.
  const std::int64_t from = year.seconds + static_cast<std::int64_t>(random.below(365)) * kDay;
  const std::int64_t until = from + static_cast<std::int64_t>(random.between(30, 120)) * kDay;
  rule.conditions.emplace_back(policy::ValidityCondition{{{Instant{from, 0}, Instant{until, 0}, {}}}, {}});
  if (number % 3 == 0) rule.conditions.emplace_back(policy::SphereCondition{{std::string(random.pick(kSpheres))}, {}});
  if (number % 4 == 0) {
    const geo::Position center{static_cast<double>(random.between(40'000, 60'000)) / 1000,
                               static_cast<double>(random.below(20'000)) / 1000};
    rule.conditions.emplace_back(policy::LocationCondition{
        {{geo::Circle{center, static_cast<double>(random.between(2, 400)) * 100}, "", {}}}, {}});
  }
}

void add_permissions(policy::Rule& rule, Random& random, std::size_t number) {
  constexpr std::array<double, 4> kRadii_m = {1000, 5000, 10'000, 50'000};
  rule.permissions.push_back({random.chance(90) ? policy::SubHandling::allow : policy::SubHandling::polite_block, {}});
  rule.permissions.push_back(provided(policy::ComponentKind::person));
  if (number % 2 == 0) rule.permissions.push_back(provided(policy::ComponentKind::service));
  rule.permissions.push_back(
      {policy::ProvideAttribute{static_cast<policy::AttributePermission>(random.below(policy::kAttributePermissions)),
                                true},
       {}});
  rule.permissions.push_back(
      {policy::ProvideLocation{policy::GeodeticGrant{random.pick(kRadii_m), std::nullopt}, geo::CivicLevel::none}, {}});
}

policy::Rule named_rule(Random& random, std::size_t number, std::size_t identities) {
  policy::Rule rule;
  rule.id = "r" + std::to_string(number);
  policy::IdentityCondition identity;
  identity.matchers.emplace_back(policy::One{large_policy_identity(number % identities), {}});
  const std::size_t more = random.below(3);
  for (std::size_t i = 0; i < more; ++i)
    identity.matchers.emplace_back(policy::One{large_policy_identity(random.below(identities)), {}});
  rule.conditions.emplace_back(std::move(identity));
  add_conditions(rule, random, number);
  add_permissions(rule, random, number);
  return rule;
}

}  // namespace

uri::Uri large_policy_identity(std::size_t index) {
  return uri::parse("sip:user" + std::to_string(index) + "@" + domain_name(index));
}

policy::Policy make_large_policy(std::size_t rules, std::size_t identities, std::uint64_t seed) {
  Random random(seed);
  policy::RuleSet document;
  document.file = "large.xml";
  document.has_presence_rules = true;
  policy::Rule everybody;
  everybody.id = "everybody";
  everybody.conditions.emplace_back(policy::IdentityCondition{{policy::Many{}}, {}});
  everybody.permissions.push_back({policy::SubHandling::polite_block, {}});
  policy::Rule colleagues;
  colleagues.id = "colleagues";
  colleagues.conditions.emplace_back(policy::IdentityCondition{{policy::Many{domain(0), {}, false, {}}}, {}});
  colleagues.permissions = {{policy::SubHandling::confirm, {}}, provided(policy::ComponentKind::service)};
  document.rules = {std::move(everybody), std::move(colleagues)};
  for (std::size_t i = 0; i < rules && identities > 0; ++i) document.rules.push_back(named_rule(random, i, identities));
  return {{std::move(document)}};
}

}  // namespace presproof::generator
