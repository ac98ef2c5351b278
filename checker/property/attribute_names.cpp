#include "property/attribute_names.h"

#include <algorithm>
#include <array>

#include "xml/namespaces.h"

namespace presproof::property {
namespace {

namespace ns = xml::ns;

struct Element {
  std::string_view ns;
  std::string_view name;
  std::string_view claim;
};

/// RFC 5025 section 3.3.2 (permissions of their own) and section 3.3 (always part of a shown component).
constexpr std::array<Element, 26> kElements = {{
    {ns::kRpid, "activities", "activities"},
    {ns::kRpid, "class", "class"},
    {ns::kRpid, "mood", "mood"},
    {ns::kRpid, "place-is", "place-is"},
    {ns::kRpid, "place-type", "place-type"},
    {ns::kRpid, "privacy", "privacy"},
    {ns::kRpid, "relationship", "relationship"},
    {ns::kRpid, "sphere", "sphere"},
    {ns::kRpid, "status-icon", "status-icon"},
    {ns::kRpid, "time-offset", "time-offset"},
    {ns::kRpid, "user-input", "user-input"},
    {ns::kRpid, "service-class", "services"},
    {ns::kDataModel, "deviceID", "deviceID"},
    {ns::kDataModel, "note", "note"},
    {ns::kDataModel, "person", "persons"},
    {ns::kDataModel, "device", "devices"},
    {ns::kDataModel, "timestamp", "persons or devices"},
    {ns::kPidf, "note", "note"},
    {ns::kPidf, "presence", "anything"},
    {ns::kPidf, "tuple", "services"},
    {ns::kPidf, "status", "services"},
    {ns::kPidf, "basic", "services"},
    {ns::kPidf, "contact", "services"},
    {ns::kPidf, "timestamp", "services"},
    {ns::kGeopriv, "location-info", "location"},
    {ns::kGeopriv, "usage-rules", "location"},
}};

/// What stands in a geopriv element only.
constexpr std::array<std::string_view, 5> kLocationNamespaces = {ns::kBasicPolicy, ns::kCivicLoc, ns::kCivicAddr,
                                                                 ns::kGml, ns::kPidfloShapes};

}  // namespace

std::string_view attribute_word(policy::AttributePermission attribute) {
  return policy::kAttributePermissionNames[static_cast<std::size_t>(attribute)].substr(
      std::string_view("provide-").size());
}

std::optional<std::string_view> claim_for_element(std::string_view ns, std::string_view name) {
  if (std::find(kLocationNamespaces.begin(), kLocationNamespaces.end(), ns) != kLocationNamespaces.end())
    return "location";
  const auto* const found =
      std::find_if(kElements.begin(), kElements.end(), [&](const Element& e) { return e.ns == ns && e.name == name; });
  if (found == kElements.end()) return std::nullopt;
  return found->claim;
}

}  // namespace presproof::property
