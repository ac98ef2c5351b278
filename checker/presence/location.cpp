#include <algorithm>
#include <array>

#include "presence/document.h"
#include "presence/geopriv.h"
#include "xml/namespaces.h"

namespace presproof::presence {
namespace {

/// What stands beside a location in <location-info> and is none by itself: RFC 5962 (motion) and RFC 7459 (confidence).
constexpr std::array<std::string_view, 2> kCompanions = {"urn:ietf:params:xml:ns:pidf:geopriv10:dynamic",
                                                         "urn:ietf:params:xml:ns:geopriv:conf"};

/// The first shape and the first civic address of one <location-info>: RFC 5491 rule 6 has all its chunks describe the
/// same place. A first shape that cannot be read leaves the place unknown. Nothing when there is no location: neither
/// these nor anything else that could be one.
std::optional<policy::TargetLocation> location_in(const Geopriv& geopriv) {
  policy::TargetLocation location;
  bool any = false;
  bool shape_met = false;
  for (const LocationInfo& info : geopriv.locations) {
    if (is_shape_element(info.source)) {
      const auto* shape = std::get_if<geo::Shape>(&info.what);
      if (!shape_met && shape != nullptr) location.geodetic = *shape;
      shape_met = true;
      any = true;
    } else if (const auto* civic = std::get_if<geo::CivicAddress>(&info.what)) {
      if (!location.civic && !civic->empty()) location.civic = *civic;
      any = any || !civic->empty();
    } else if (std::find(kCompanions.begin(), kCompanions.end(), info.source.ns) == kCompanions.end()) {
      any = true;
    }
  }
  if (!any) return std::nullopt;
  return location;
}

std::optional<policy::TargetLocation> location_in(const Part& part) {
  for (const Element* geopriv : geoprivs_of(part)) {
    if (auto location = location_in(read_geopriv(*geopriv))) return location;
  }
  return std::nullopt;
}

}  // namespace

std::vector<const Element*> geoprivs_of(const Part& part) {
  std::vector<const Element*> found;
  for (const Node& node : part.element.children) {
    const auto* child = std::get_if<Element>(&node.value);
    if (child == nullptr) continue;
    if (child->is(xml::ns::kGeopriv, "geopriv")) found.push_back(child);
    if (!child->is(xml::ns::kPidf, "status")) continue;
    for (const Node& status_node : child->children) {
      const auto* inner = std::get_if<Element>(&status_node.value);
      if (inner != nullptr && inner->is(xml::ns::kGeopriv, "geopriv")) found.push_back(inner);
    }
  }
  return found;
}

/// RFC 5491 section 3, rule 8: "the first <device> element in the document containing a location", else the first
/// <tuple>, and <person> "as a last resort". A location that cannot be read (another reference system or format) is a
/// location all the same: what stands behind it has no priority, so the target's place is unknown.
policy::TargetLocation location_of(const Document& document) {
  for (const PartKind kind : {PartKind::device, PartKind::service, PartKind::person}) {
    for (const Part& part : document.parts) {
      if (part.kind != kind) continue;
      if (auto location = location_in(part)) return *location;
    }
  }
  return {};
}

}  // namespace presproof::presence
