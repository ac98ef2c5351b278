#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/instant.h"
#include "policy/request.h"
#include "policy/rule_set.h"
#include "semantics/evaluator.h"

/// Short ways to write rules and requests in tests.
namespace presproof::test {

inline policy::Domain domain(std::string_view text) {
  return {.text = std::string(text), .ascii = uri::to_ascii_domain(text), .span = {}};
}
inline policy::IdentityMatcher one(std::string_view id) { return policy::One{uri::parse(id), {}}; }
inline policy::IdentityMatcher many(std::vector<policy::Except> excepts = {}) {
  return policy::Many{.domain = std::nullopt, .excepts = std::move(excepts), .never = false, .span = {}};
}
inline policy::IdentityMatcher many_of(std::string_view of, std::vector<policy::Except> excepts = {}) {
  return policy::Many{.domain = domain(of), .excepts = std::move(excepts), .never = false, .span = {}};
}
inline policy::Except except_id(std::string_view id) { return {.id = uri::parse(id), .domain = std::nullopt, .span = {}}; }
inline policy::Except except_domain(std::string_view of) { return {.id = std::nullopt, .domain = domain(of), .span = {}}; }

inline policy::Condition identity(std::vector<policy::IdentityMatcher> matchers) {
  return policy::IdentityCondition{std::move(matchers), {}};
}
inline policy::Condition sphere(std::vector<std::string> tokens) { return policy::SphereCondition{std::move(tokens), {}}; }
inline Instant at(std::string_view time) { return parse_rfc3339(time).value(); }
inline policy::ValidityPair pair(std::string_view from, std::string_view until) { return {at(from), at(until), {}}; }
inline policy::Condition valid(std::string_view from, std::string_view until) {
  return policy::ValidityCondition{{pair(from, until)}, {}};
}
inline policy::Condition within(std::vector<std::variant<geo::Circle, policy::CivicLocation, policy::UnknownLocation>> places) {
  policy::LocationCondition condition;
  for (auto& place : places) condition.locations.push_back({std::move(place), "", {}});
  return condition;
}
inline policy::Condition unknown_condition() { return policy::UnknownCondition{"urn:x", "weather", {}}; }

template <class... What>
std::vector<policy::Permission> grants(What... what) {
  return {policy::Permission{std::move(what), {}}...};
}
inline policy::ProvideAttribute provide(policy::AttributePermission attribute, bool value = true) { return {attribute, value}; }
inline policy::ProvideComponents all_of(policy::ComponentKind kind) { return {.kind = kind, .all = true, .values = {}}; }
inline policy::ProvideComponents select(policy::ComponentKind kind, policy::SelectorKind selector,
                                        std::vector<std::string> values) {
  policy::ProvideComponents components{.kind = kind, .all = false, .values = {}};
  components.values[static_cast<std::size_t>(selector)] = std::move(values);
  return components;
}
inline policy::ProvideLocation radius(double metres) {
  return {.geodetic = policy::GeodeticGrant{.radius_m = metres, .rounding = std::nullopt}, .civic = geo::CivicLevel::none};
}
inline policy::ProvideLocation geo_without_radius() {
  return {.geodetic = policy::GeodeticGrant{}, .civic = geo::CivicLevel::none};
}
inline policy::ProvideLocation civic(geo::CivicLevel level) { return {.geodetic = std::nullopt, .civic = level}; }
inline policy::ProvideLocation exact_and_full() {
  return {.geodetic = policy::GeodeticGrant{.radius_m = 0, .rounding = std::nullopt}, .civic = geo::CivicLevel::full};
}

inline policy::Rule rule(std::string id, std::vector<policy::Condition> conditions, std::vector<policy::Permission> permissions) {
  return {.id = std::move(id), .conditions = std::move(conditions), .permissions = std::move(permissions), .span = {}, .id_span = {}};
}
inline policy::Policy policy_of(std::vector<policy::Rule> rules) {
  policy::RuleSet document{.file = "alice.xml", .rules = std::move(rules), .has_presence_rules = true};
  return {.documents = {std::move(document)}};
}

inline policy::Request by(std::initializer_list<std::string_view> identities) {
  policy::Request request;
  for (const std::string_view text : identities) request.watcher.identities.push_back(uri::parse(text));
  request.state.time = at("2026-06-01T12:00:00Z");
  return request;
}
inline policy::Request by(std::string_view identity) { return by({identity}); }
inline policy::Request by_nobody() { return by(std::initializer_list<std::string_view>{}); }

inline semantics::Options presence_options(std::initializer_list<engine::Reading> alternatives = {}) {
  semantics::Options options;
  for (const engine::Reading reading : alternatives) options.readings.set(reading, true);
  return options;
}
inline semantics::Options geolocation_options(std::initializer_list<engine::Reading> alternatives = {}) {
  semantics::Options options = presence_options(alternatives);
  options.usage = policy::Usage::geolocation;
  return options;
}

inline semantics::Permissions permissions_of(std::vector<policy::Rule> rules, const policy::Request& request,
                                             const semantics::Options& options = {}) {
  const policy::Policy policy = policy_of(std::move(rules));
  return semantics::Evaluator(policy, options).decide(request).permissions;
}

}  // namespace presproof::test
