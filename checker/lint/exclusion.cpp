#include "lint/exclusion.h"

#include <algorithm>

#include "base/overloaded.h"
#include "geo/geodesic.h"
#include "lint/overlap.h"

namespace presproof::lint {
namespace {

using policy::Condition;
using policy::LocationCondition;

/// The first conditions of a rule, and so many pairs of places, are compared; more than that nobody writes.
constexpr std::size_t kMostConditions = 8;
constexpr std::size_t kMostPlaces = 1024;
/// Circles whose rims are nearer than this may touch.
constexpr double kRimM = 0.001;

bool unknown(const policy::LocationAlternative& location) {
  return std::holds_alternative<policy::UnknownLocation>(location.where);
}

/// No target is at both. A target has one geodetic and one civic location, independent of each other.
bool apart(const policy::LocationAlternative& a, const policy::LocationAlternative& b) {
  const auto* circle = std::get_if<geo::Circle>(&a.where);
  const auto* other = std::get_if<geo::Circle>(&b.where);
  if (circle != nullptr && other != nullptr) {
    return geo::distance_m(circle->center, other->center) > circle->radius_m + other->radius_m + kRimM;
  }
  const auto* civic = std::get_if<policy::CivicLocation>(&a.where);
  const auto* address = std::get_if<policy::CivicLocation>(&b.where);
  if (civic == nullptr || address == nullptr) return false;
  return std::ranges::any_of(civic->fields, [&](const auto& field) {
    const auto found = address->fields.find(field.first);
    return found != address->fields.end() && found->second != field.second;
  });
}

bool apart(const LocationCondition& a, const LocationCondition& b) {
  if (a.locations.size() * b.locations.size() > kMostPlaces) return false;
  return std::ranges::all_of(a.locations, [&](const auto& one) {
    return unknown(one) ||
           std::ranges::all_of(b.locations, [&](const auto& other) { return unknown(other) || apart(one, other); });
  });
}

/// Whether some watcher, at some time and in some sphere, meets all of them.
bool can_hold(std::vector<Condition> conditions) {
  policy::Rule rule;
  rule.conditions = std::move(conditions);
  policy::RuleSet document;
  document.rules.push_back(std::move(rule));
  policy::Policy policy;
  policy.documents.push_back(std::move(document));
  return Overlap(policy).can_match({0, 0});
}

bool exclude_each_other(const Condition& a, const Condition& b) {
  const auto* location = std::get_if<LocationCondition>(&a);
  const bool possible = location != nullptr ? !apart(*location, std::get<LocationCondition>(b)) : can_hold({a, b});
  return !possible && can_hold({a}) && can_hold({b});
}

}  // namespace

std::optional<Exclusion> exclusion_in(const policy::Rule& rule) {
  const auto& conditions = rule.conditions;
  const auto count = std::min(conditions.size(), kMostConditions);
  for (std::size_t second = 1; second < count; ++second)
    for (std::size_t first = 0; first < second; ++first)
      if (conditions[first].index() == conditions[second].index() &&
          exclude_each_other(conditions[first], conditions[second]))
        return Exclusion{first, second};
  return std::nullopt;
}

std::string_view name_of(const Condition& condition) {
  return std::visit(Overloaded{[](const policy::IdentityCondition&) { return std::string_view("identity"); },
                               [](const policy::SphereCondition&) { return std::string_view("sphere"); },
                               [](const policy::ValidityCondition&) { return std::string_view("validity"); },
                               [](const LocationCondition&) { return std::string_view("location-condition"); },
                               [](const policy::UnknownCondition&) { return std::string_view("condition"); }},
                    condition);
}

const SourceSpan& span_of(const Condition& condition) {
  return std::visit([](const auto& each) -> const SourceSpan& { return each.span; }, condition);
}

}  // namespace presproof::lint
