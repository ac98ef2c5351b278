#include "verify/relevant_readings.h"

#include <algorithm>
#include <limits>

#include "base/overloaded.h"
#include "xml/namespaces.h"

namespace presproof::verify {
namespace {

using property::LocationShown;

/// The claims about location in a claim; an unnamed one for `anything` of a location server and the attribute `geopriv`.
void collect(const property::Formula<property::ClaimAtom>& claim, policy::Usage usage, std::vector<LocationShown>& found) {
  for (const auto& operand : claim.operands) collect(operand, usage, found);
  if (claim.op != property::Operator::atom) return;
  const LocationShown any{std::numeric_limits<double>::infinity(), geo::CivicLevel::country};
  std::visit(Overloaded{
                 [&](const LocationShown& location) { found.push_back(location); },
                 [&](const property::AnythingShown&) {
                   if (usage == policy::Usage::geolocation) found.push_back(any);
                 },
                 [&](const property::UnknownAttributeShown& attribute) {
                   if (attribute.name == "geopriv" && attribute.ns == xml::ns::kGeopriv) found.push_back(any);
                 },
                 [](const auto&) {},
             },
             claim.atom);
}

void look_at(const policy::Permission& permission, AmbiguousParts& parts) {
  std::visit(Overloaded{
                 [&](const policy::ProvideLocation& location) {
                   if (!location.geodetic) return;
                   parts.radii_m.insert(location.geodetic->radius_m.value_or(0));
                   parts.radius_absent |= !location.geodetic->radius_m;
                   parts.rounding |= location.geodetic->rounding.has_value();
                 },
                 [&](const policy::SetRetransmissionAllowed& set) { parts.false_boolean |= !set.value; },
                 [&](const policy::KeepRuleReference& keep) { parts.false_boolean |= !keep.value; },
                 [&](const policy::ProvideAllAttributes&) { parts.all_attributes = true; },
                 [&](const policy::ProvideUnknownAttribute& attribute) {
                   parts.unknown_geopriv |= attribute.value && attribute.name == "geopriv" && attribute.ns == xml::ns::kGeopriv;
                 },
                 [](const auto&) {},
             },
             permission.what);
}

}  // namespace

AmbiguousParts ambiguous_parts(const policy::Policy& policy) {
  AmbiguousParts parts;
  for (const policy::RuleSet& document : policy.documents) {
    for (const policy::Rule& rule : document.rules) {
      for (const policy::Permission& permission : rule.permissions) look_at(permission, parts);
      for (const policy::Condition& condition : rule.conditions) {
        const auto* identity = std::get_if<policy::IdentityCondition>(&condition);
        parts.empty_identity |= identity != nullptr && identity->matchers.empty();
      }
    }
  }
  return parts;
}

std::vector<engine::Reading> readings_of_content(const AmbiguousParts& policy, policy::Usage usage) {
  const bool presence = usage == policy::Usage::presence;
  std::vector<engine::Reading> readings;
  if (policy.radii_m.size() > 1 || policy.rounding) readings.push_back(engine::Reading::geo_radius);
  if (presence && policy.all_attributes) readings.push_back(engine::Reading::all_attributes_location);
  if (presence && policy.unknown_geopriv) readings.push_back(engine::Reading::unknown_attribute_location);
  if (policy.false_boolean) readings.push_back(engine::Reading::set_boolean_absent);
  if (policy.radius_absent) readings.push_back(engine::Reading::geo_radius_absent);
  if (policy.empty_identity) readings.push_back(engine::Reading::empty_identity);
  return readings;
}

namespace {

bool compares_content(const property::TwoRunClaim& claim) {
  return std::visit(Overloaded{[](const property::SameAs& same) { return same.content; },
                               [](const property::RevealsNothingAbout& reveals) { return reveals.secret != property::Secret::handling; }},
                    claim);
}

/// Of two runs every part of the document counts.
std::vector<engine::Reading> readings_of_two_runs(const AmbiguousParts& policy, const property::TwoRunClaim& claim, policy::Usage usage,
                                                  bool group_has_unauthenticated) {
  std::vector<engine::Reading> readings = readings_of_content(policy, usage);
  std::erase_if(readings, [&](engine::Reading reading) {
    return reading == engine::Reading::empty_identity ? !group_has_unauthenticated : !compares_content(claim);
  });
  return readings;
}

}  // namespace

std::vector<engine::Reading> relevant_readings(const AmbiguousParts& policy, const property::Property& property, policy::Usage usage,
                                               bool group_has_unauthenticated) {
  if (property.two_run) return readings_of_two_runs(policy, *property.two_run, usage, group_has_unauthenticated);
  std::vector<LocationShown> locations;
  collect(property.claim, usage, locations);
  std::vector<engine::Reading> readings;
  // Finest and coarsest differ about a length only when there are radii on both sides of it.
  const auto splits = [&](const LocationShown& claim) {
    // Over time every radius counts, and which one is shown where tells something.
    if (claim.over_time) return policy.radii_m.size() > 1;
    if (!claim.geodetic_below_m || policy.radii_m.empty()) return false;
    return *policy.radii_m.begin() < *claim.geodetic_below_m && *policy.radii_m.rbegin() >= *claim.geodetic_below_m;
  };
  if (std::any_of(locations.begin(), locations.end(), splits)) readings.push_back(engine::Reading::geo_radius);
  const bool presence = usage == policy::Usage::presence;
  if (presence && !locations.empty() && policy.all_attributes) readings.push_back(engine::Reading::all_attributes_location);
  if (presence && !locations.empty() && policy.unknown_geopriv) readings.push_back(engine::Reading::unknown_attribute_location);
  const auto geodetic = [](const LocationShown& claim) { return claim.geodetic_below_m.has_value(); };
  const bool over_time = std::any_of(locations.begin(), locations.end(), [](const LocationShown& claim) { return claim.over_time.has_value(); });
  if (policy.false_boolean && over_time) readings.push_back(engine::Reading::set_boolean_absent);
  if (policy.radius_absent && (over_time || std::any_of(locations.begin(), locations.end(), geodetic))) readings.push_back(engine::Reading::geo_radius_absent);
  if (policy.empty_identity && group_has_unauthenticated) readings.push_back(engine::Reading::empty_identity);
  return readings;
}

}  // namespace presproof::verify
