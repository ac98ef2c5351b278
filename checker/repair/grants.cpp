#include <cmath>

#include "base/overloaded.h"
#include "repair/reductions.h"

namespace presproof::repair {
namespace {

using policy::AttributePermission;
using policy::ComponentKind;
using policy::Permission;

Permission all_of(ComponentKind kind) {
  policy::ProvideComponents components;
  components.kind = kind;
  components.all = true;
  return {std::move(components), {}};
}

ComponentKind container_of(AttributePermission attribute) {
  const bool service = attribute == AttributePermission::device_id || attribute == AttributePermission::relationship;
  return service ? ComponentKind::service : ComponentKind::person;
}

/// The coarsest that the claim counts.
std::vector<Permission> location(const property::LocationShown& claim, policy::Usage usage) {
  std::vector<Permission> given;
  if (claim.over_time) return given;
  if (claim.civic_at_least && *claim.civic_at_least != geo::CivicLevel::none) {
    given.push_back({policy::ProvideLocation{std::nullopt, *claim.civic_at_least}, {}});
  } else if (claim.geodetic_below_m && std::isfinite(*claim.geodetic_below_m) && *claim.geodetic_below_m > 1) {
    given.push_back({policy::ProvideLocation{policy::GeodeticGrant{std::ceil(*claim.geodetic_below_m) - 1, std::nullopt}, geo::CivicLevel::none}, {}});
  }
  if (!given.empty() && usage == policy::Usage::presence) given.push_back(all_of(ComponentKind::person));
  return given;
}

}  // namespace

std::vector<Permission> grants_of(const property::ClaimAtom& claim, policy::Usage usage) {
  using Given = std::vector<Permission>;
  const auto in_presence = [&](Given given) { return usage == policy::Usage::presence ? given : Given(); };
  return std::visit(
      Overloaded{
          [](const property::Handling&) { return Given(); },
          [&](const property::ComponentShown& shown) { return in_presence({all_of(shown.kind)}); },
          [&](const property::AnythingShown&) { return in_presence({all_of(ComponentKind::service)}); },
          [&](const property::AttributeShown& shown) {
            return in_presence({{policy::ProvideAttribute{shown.attribute, true}, {}}, all_of(container_of(shown.attribute))});
          },
          [&](const property::UserInputShown& shown) { return in_presence({{shown.at_least, {}}, all_of(ComponentKind::person)}); },
          [&](const property::UnknownAttributeShown& shown) {
            return in_presence({{policy::ProvideUnknownAttribute{shown.ns, shown.name, true}, {}}, all_of(ComponentKind::person)});
          },
          [&](const property::AllAttributesShown&) { return in_presence({{policy::ProvideAllAttributes{}, {}}, all_of(ComponentKind::person)}); },
          [&](const property::LocationShown& shown) { return location(shown, usage); },
          [](const property::RetransmissionAllowed&) { return Given{{policy::SetRetransmissionAllowed{true}, {}}}; },
          [](const property::RetentionLongerThan& longer) { return Given{{policy::SetRetentionExpiry{longer.seconds + 1}, {}}}; },
          [](const property::RuleMatches&) { return Given(); },
      },
      claim);
}

}  // namespace presproof::repair
