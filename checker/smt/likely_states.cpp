#include "smt/likely_states.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <string>

namespace presproof::smt {
namespace {

constexpr std::size_t kMaxTimes = 16;
constexpr std::size_t kMaxSpheres = 3;
constexpr std::size_t kMaxStates = 48;

template <class Condition>
const Condition* first_of(const policy::Rule& rule) {
  for (const policy::Condition& condition : rule.conditions) {
    if (const auto* found = std::get_if<Condition>(&condition)) return found;
  }
  return nullptr;
}

/// The latest beginning of a rule's first periods comes first, since it is in all of them or none.
std::vector<Instant> times(const policy::Rule& rule, std::span<const policy::Rule* const> others) {
  std::vector<Instant> found(1);
  std::vector<Instant> more;
  for (const policy::Condition& condition : rule.conditions) {
    const auto* validity = std::get_if<policy::ValidityCondition>(&condition);
    if (validity == nullptr) continue;
    for (const auto& pair : validity->pairs) {
      if (!pair.from || !pair.until || more.size() >= kMaxTimes) continue;
      if (validity->pairs.size() == 1) found[0] = std::max(found[0], *pair.from);
      else more.push_back(*pair.from);
      more.push_back(Instant{pair.until->seconds - 1, 0});
    }
  }
  for (const policy::Rule* other : others) {
    if (more.size() >= kMaxTimes) break;
    const auto* validity = first_of<policy::ValidityCondition>(*other);
    if (validity == nullptr) continue;
    for (const auto& pair : validity->pairs) {
      if (pair.until) more.push_back(*pair.until);
    }
  }
  found.insert(found.end(), more.begin(), more.end());
  return found;
}

std::vector<std::optional<std::string>> spheres(const policy::Rule& rule) {
  const auto* sphere = first_of<policy::SphereCondition>(rule);
  if (sphere == nullptr) return {std::nullopt};
  const auto count = std::min(sphere->tokens.size(), kMaxSpheres);
  return {sphere->tokens.begin(), sphere->tokens.begin() + static_cast<std::ptrdiff_t>(count)};
}

/// The centre, and a point near the edge in each direction of the compass.
void add_places(const geo::Circle& circle, std::vector<policy::TargetLocation>& places) {
  constexpr double kMetresPerDegree = 111'000;
  const geo::Position& center = circle.center;
  const double north_deg = 0.97 * circle.radius_m / kMetresPerDegree;
  const double east_deg = north_deg / std::max(0.01, std::cos(center.latitude * std::numbers::pi / 180));
  const geo::Position around[] = {center,
                                  {center.latitude + north_deg, center.longitude},
                                  {center.latitude - north_deg, center.longitude},
                                  {center.latitude, center.longitude + east_deg},
                                  {center.latitude, center.longitude - east_deg}};
  for (const geo::Position& place : around) {
    if (std::abs(place.latitude) <= 90 && std::abs(place.longitude) <= 180) places.push_back({.geodetic = place, .civic = std::nullopt});
  }
}

std::vector<policy::TargetLocation> places(const policy::Rule& rule) {
  std::vector<policy::TargetLocation> found;
  const auto* location = first_of<policy::LocationCondition>(rule);
  if (location == nullptr || location->locations.empty()) return {policy::TargetLocation{}};
  const auto& first = location->locations.front().where;
  if (const auto* circle = std::get_if<geo::Circle>(&first)) add_places(*circle, found);
  if (const auto* civic = std::get_if<policy::CivicLocation>(&first)) found.push_back({.geodetic = std::nullopt, .civic = civic->fields});
  if (found.empty()) found.emplace_back();
  return found;
}

}  // namespace

std::vector<policy::State> likely_states(const policy::Rule& rule, std::span<const policy::Rule* const> others) {
  std::vector<policy::State> states;
  const auto all_times = times(rule, others);
  const auto all_spheres = spheres(rule);
  for (const policy::TargetLocation& place : places(rule)) {
    for (const auto& sphere : all_spheres) {
      for (const Instant time : all_times) {
        if (states.size() < kMaxStates) states.push_back({time, sphere, place});
      }
    }
  }
  return states;
}

}  // namespace presproof::smt
