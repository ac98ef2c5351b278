// Every rule set of up to two rules over a small vocabulary, against every request that this vocabulary can tell apart:
// the verdict of the proof must be what asking the evaluator for each request gives.

#include <catch2/catch.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.h"
#include "geo/position.h"
#include "policy/request.h"
#include "policy/rule_set.h"
#include "property/property.h"
#include "semantics/evaluator.h"
#include "verify/verify.h"

namespace presproof {
namespace {

using policy::Condition;
using policy::Permission;
using policy::Rule;

const Instant kFrom = *parse_rfc3339("2026-03-01T00:00:00Z");
const Instant kUntil = *parse_rfc3339("2026-04-01T00:00:00Z");
const geo::Circle kHome{.center = {48.0, 11.0}, .radius_m = 500};

policy::Domain domain(const std::string& text) { return {.text = text, .ascii = uri::to_ascii_domain(text), .span = {}}; }
policy::Except except(const std::string& id) { return {.id = uri::parse(id), .domain = std::nullopt, .span = {}}; }

/// Nobody named, one, a domain, a domain without one of its members, all authenticated.
std::vector<std::optional<policy::IdentityCondition>> identities() {
  const auto only = [](policy::IdentityMatcher matcher) { return policy::IdentityCondition{.matchers = {std::move(matcher)}, .span = {}}; };
  return {std::nullopt, only(policy::One{.id = uri::parse("sip:ann@one.example"), .span = {}}),
          only(policy::Many{.domain = domain("one.example"), .excepts = {}, .never = false, .span = {}}),
          only(policy::Many{.domain = domain("one.example"), .excepts = {except("sip:ann@one.example")}, .never = false, .span = {}}),
          only(policy::Many{.domain = std::nullopt, .excepts = {}, .never = false, .span = {}})};
}

std::vector<Permission> grants(int which) {
  const auto permission = [](auto what) { return Permission{.what = std::move(what), .span = {}}; };
  std::vector<Permission> result;
  if (which != 1) result.push_back(permission(which == 3 ? policy::SubHandling::polite_block : policy::SubHandling::allow));
  if (which != 0) {
    policy::ProvideComponents persons;
    persons.kind = policy::ComponentKind::person;
    persons.all = true;
    result.push_back(permission(persons));
    policy::ProvideLocation location;
    location.geodetic = policy::GeodeticGrant{.radius_m = which == 1 ? 500.0 : 5000.0, .rounding = std::nullopt};
    result.push_back(permission(location));
  }
  return result;
}
constexpr int kGrants = 4;

std::vector<Rule> all_rules() {
  std::vector<Rule> rules;
  for (const auto& identity : identities())
    for (const bool sphere : {false, true})
      for (const bool validity : {false, true})
        for (const bool location : {false, true})
          for (int grant = 0; grant < kGrants; ++grant) {
            Rule rule;
            rule.id = "r" + std::to_string(rules.size());
            if (identity) rule.conditions.emplace_back(*identity);
            if (sphere) rule.conditions.emplace_back(policy::SphereCondition{.tokens = {"work"}, .span = {}});
            if (validity) rule.conditions.emplace_back(policy::ValidityCondition{.pairs = {{.from = kFrom, .until = kUntil, .span = {}}}, .span = {}});
            if (location)
              rule.conditions.emplace_back(policy::LocationCondition{.locations = {{.where = kHome, .label = "", .span = {}}}, .span = {}});
            rule.permissions = grants(grant);
            rules.push_back(std::move(rule));
          }
  return rules;
}

/// One request for every class that the vocabulary distinguishes.
std::vector<policy::Request> all_requests() {
  std::vector<policy::Watcher> watchers = {{}};
  for (const auto* id : {"sip:ann@one.example", "sip:ben@one.example", "sip:cy@two.example"}) watchers.push_back({.identities = {uri::parse(id)}});
  const std::vector<std::optional<geo::Shape>> places = {std::nullopt, geo::Shape{kHome.center}, geo::Shape{geo::Position{10, 10}}};
  std::vector<policy::Request> requests;
  for (const auto& watcher : watchers)
    for (const auto& time : {Instant{kFrom.seconds - 1, 0}, kFrom, kUntil})
      for (const auto& sphere : {std::optional<std::string>{}, std::optional<std::string>{"work"}, std::optional<std::string>{"home"}})
        for (const auto& place : places)
          requests.push_back({.watcher = watcher, .state = {.time = time, .sphere = sphere, .location = {.geodetic = place, .civic = std::nullopt}}});
  return requests;
}

property::Property never(property::ClaimAtom atom) {
  property::Property result;
  result.group = std::make_shared<property::Group>(property::Group{.base = property::Everyone{}, .minus = {}, .name = "everyone"});
  result.claim.atom = std::move(atom);
  result.quantifier = property::Quantifier::never;
  return result;
}

property::Properties properties() {
  property::LocationShown fine;
  fine.geodetic_below_m = 1000;
  property::Properties result;
  result.properties = {never(fine), never(property::AnythingShown{}),
                       never(property::Handling{.comparison = property::Comparison::exactly, .value = policy::SubHandling::polite_block})};
  return result;
}

/// What the properties above forbid, read off a decision.
bool breaks(std::size_t property, const semantics::Permissions& permissions) {
  const bool allowed = permissions.sub_handling == policy::SubHandling::allow;
  const bool person = permissions.components[static_cast<std::size_t>(policy::ComponentKind::person)].any();
  switch (property) {
    case 0: return allowed && person && permissions.location.radius_m && *permissions.location.radius_m < 1000;
    case 1: return allowed && person;
    default: return permissions.sub_handling == policy::SubHandling::polite_block;
  }
}

engine::FixedReadings default_readings() {
  engine::FixedReadings fixed;
  fixed.fill(false);
  return fixed;
}

}  // namespace

TEST_CASE("proofs agree with the evaluator on every rule set of up to two rules") {
  const auto rules = all_rules();
  const auto requests = all_requests();
  const auto claims = properties();
#ifdef PRESPROOF_SANITIZED
  constexpr std::size_t kStride = 23;
#else
  constexpr std::size_t kStride = 1;
#endif
  verify::Options options;
  options.fixed = default_readings();
  options.timeout_s = 0;
  std::size_t compared = 0;
  std::size_t violated = 0;
  for (std::size_t first = 0; first < rules.size(); ++first)
    for (std::size_t second = first; second < rules.size(); ++second) {
      if ((first * rules.size() + second) % kStride != 0) continue;
      policy::Policy policy;
      policy.documents.emplace_back();
      policy.documents[0].rules = first == second ? std::vector<Rule>{rules[first]} : std::vector<Rule>{rules[first], rules[second]};
      const semantics::Evaluator evaluator(policy, {});
      std::vector<bool> broken(claims.properties.size());
      semantics::Permissions permissions;
      for (const auto& request : requests) {
        evaluator.permissions(request, permissions);
        for (std::size_t i = 0; i < broken.size(); ++i) broken[i] = broken[i] || breaks(i, permissions);
      }
      const auto results = verify::verify(policy, claims, options);
      for (std::size_t i = 0; i < broken.size(); ++i) {
        const auto expected = broken[i] ? verify::Verdict::violated : verify::Verdict::proved;
        if (results[i].verdict != expected) {
          CAPTURE(first, second, i, verify::kVerdictNames[static_cast<std::size_t>(results[i].verdict)]);
          REQUIRE(results[i].verdict == expected);
        }
        violated += broken[i] ? 1 : 0;
        ++compared;
      }
    }
  CHECK(compared > 500);
  CHECK(violated > compared / 10);
  CHECK(violated < compared - compared / 10);
}

}  // namespace presproof
