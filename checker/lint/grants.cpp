#include "lint/grants.h"

#include <algorithm>

#include "base/overloaded.h"

namespace presproof::lint {
namespace {

using policy::AttributePermission;

constexpr Components kDevice = {true, false, false};
constexpr Components kPerson = {false, true, false};
constexpr Components kService = {false, false, true};
constexpr Components kPersonOrService = {false, true, true};
constexpr Components kAnyComponent = {true, true, true};

/// RFC 5025 sections 3.3.2.1 to 3.3.2.15: the data elements that each permission speaks of.
constexpr std::array<Components, policy::kAttributePermissions> kCarriers = {
    kPerson,           // activities
    kAnyComponent,     // class
    kService,          // deviceID; a device shows its own always
    kPerson,           // mood
    kPerson,           // place-is
    kPerson,           // place-type
    kPersonOrService,  // privacy
    kService,          // relationship
    kPerson,           // sphere
    kPersonOrService,  // status-icon
    kPerson,           // time-offset
    kAnyComponent,     // note
};

}  // namespace

bool any(const Components& components) { return intersect(components, kAnyComponent); }

bool intersect(const Components& a, const Components& b) {
  for (std::size_t kind = 0; kind < policy::kComponentKinds; ++kind)
    if (a[kind] && b[kind]) return true;
  return false;
}

std::string to_words(const Components& components) {
  if (components == kDevice) return "a device";
  if (components == kPerson) return "a person";
  if (components == kService) return "a service";
  if (components == kPersonOrService) return "a person or a service";
  return "a device, a person or a service";
}

bool discloses(const policy::ProvideLocation& location) {
  return location.geodetic.has_value() || location.civic != geo::CivicLevel::none;
}

bool Grants::nothing() const {
  return sub_handling == policy::SubHandling::block && !any(components) && attributes.empty() && location == nullptr &&
         note_wells.empty() && !other;
}

Grants grants_of(std::span<const policy::Permission> permissions) {
  Grants grants;
  for (const auto& permission : permissions) {
    const auto attribute = [&](std::string_view name, const Components& carriers) {
      grants.attributes.push_back({name, carriers, permission.span});
    };
    std::visit(
        Overloaded{[&](policy::SubHandling value) {
                     if (grants.handling != nullptr && value <= grants.sub_handling) return;
                     grants.handling = &permission;
                     grants.sub_handling = value;
                   },
                   [&](const policy::ProvideComponents& provide) {
                     const bool selects =
                         std::ranges::any_of(provide.values, [](const auto& values) { return !values.empty(); });
                     if (provide.all || selects) grants.components[static_cast<std::size_t>(provide.kind)] = true;
                   },
                   [&](const policy::ProvideAttribute& provide) {
                     const auto index = static_cast<std::size_t>(provide.attribute);
                     if (provide.value) attribute(policy::kAttributePermissionNames[index], kCarriers[index]);
                   },
                   [&](policy::UserInput value) {
                     if (value != policy::UserInput::none) attribute("provide-user-input", kAnyComponent);
                   },
                   [&](const policy::ProvideUnknownAttribute& provide) {
                     if (provide.value) attribute("provide-unknown-attribute", kAnyComponent);
                   },
                   [&](const policy::ProvideAllAttributes&) { attribute("provide-all-attributes", kAnyComponent); },
                   [&](const policy::ProvideLocation& provide) {
                     if (grants.location == nullptr && discloses(provide)) grants.location = &permission;
                   },
                   [&](const policy::SetRetransmissionAllowed&) { grants.other = true; },
                   [&](const policy::SetRetentionExpiry&) { grants.other = true; },
                   [&](const policy::SetNoteWell&) { grants.note_wells.push_back(&permission); },
                   [&](const policy::KeepRuleReference&) { grants.other = true; },
                   [](const policy::UnknownPermission&) {}},
        permission.what);
  }
  return grants;
}

}  // namespace presproof::lint
