#include "semantics/filter_location.h"

#include <algorithm>
#include <utility>

#include "geo/civic.h"
#include "geo/geodesic.h"
#include "geo/obfuscation.h"
#include "presence/geopriv.h"
#include "semantics/usage_rules.h"
#include "xml/namespaces.h"

namespace presproof::semantics {
namespace {

namespace ns = xml::ns;
using presence::Element;
using presence::Node;

/// The readings under which RFC 5025 alone discloses location.
bool goes_out_as_published(const Permissions& permissions, const Options& options) {
  if (options.usage == policy::Usage::geolocation) return false;
  if (permissions.all_attributes && options.readings.all_attributes_include_location()) return true;
  return options.readings.unknown_attribute_location_honoured() &&
         permissions.unknown_attributes.contains({std::string(ns::kGeopriv), "geopriv"});
}

/// draft-ietf-geopriv-policy: the coordinates rounded, and nothing else of the shape.
geo::Position rounded(const geo::Shape& shape, const policy::GeodeticGrant::Rounding& rounding) {
  geo::Position center = geo::enclosing_circle(shape).center;
  if (rounding.latitude_deg) center.latitude = geo::round_to_resolution(center.latitude, *rounding.latitude_deg);
  if (rounding.longitude_deg) center.longitude = geo::round_to_resolution(center.longitude, *rounding.longitude_deg);
  center.latitude = std::clamp(center.latitude, -90.0, 90.0);
  center.longitude = std::clamp(center.longitude, -180.0, 180.0);
  return center;
}

/// Of <geopriv>'s own vocabulary about how the location came about.
bool is_provenance(const Element& element) {
  return element.is(ns::kGeopriv, "method") || element.is(ns::kGeopriv, "provided-by");
}

}  // namespace

LocationFilter::LocationFilter(const Permissions& permissions, const policy::State& state, const Options& options,
                               const FilterOptions& filter_options, std::string presentity)
    : permissions_(permissions),
      state_(state),
      filter_options_(filter_options),
      presentity_(std::move(presentity)),
      as_published_(goes_out_as_published(permissions, options)) {}

bool LocationFilter::unreduced() const {
  const ProvidedLocation& location = permissions_.location;
  return location.radius_m == 0.0 && !location.rounding && location.civic == geo::CivicLevel::full;
}

std::optional<Element> LocationFilter::reduce_shape(const geo::Shape& shape, const Element& source) const {
  const ProvidedLocation& location = permissions_.location;
  if (!location.radius_m) return std::nullopt;
  if (location.rounding) return presence::write_shape(rounded(shape, *location.rounding));
  if (*location.radius_m == 0) return source;
  // RFC 6772 section 6.5.2. Where no grid is good enough nothing is disclosed.
  const auto circle = geo::obfuscate(shape, *location.radius_m,
                                     {.presentity = presentity_,
                                      .seed = filter_options_.seed,
                                      .previous_center = filter_options_.previous_center,
                                      .grid_origin_deg = filter_options_.grid_origin_deg});
  if (!circle) return std::nullopt;
  return presence::write_shape(*circle);
}

std::optional<Element> LocationFilter::reduce_civic(const geo::CivicAddress& address, const Element& source) const {
  const geo::CivicLevel level = permissions_.location.civic;
  if (level == geo::CivicLevel::none) return std::nullopt;
  if (level == geo::CivicLevel::full) return source;
  // RFC 6772 section 6.5.1. Written from the fields: the source may hold more than they say.
  const geo::CivicAddress shown = geo::reduce(address, level);
  if (shown.empty()) return std::nullopt;
  return presence::write_civic(shown);
}

std::optional<Element> LocationFilter::reduce_location(const Element& location) const {
  if (const auto shape = presence::read_shape(location)) return reduce_shape(*shape, location);
  if (const auto civic = presence::read_civic(location)) return reduce_civic(*civic, location);
  // A shape that cannot be read (in another reference system, say) cannot be made coarser, either.
  const ProvidedLocation& granted = permissions_.location;
  const bool exact = granted.radius_m == 0.0 && !granted.rounding;
  if (unreduced() || (exact && presence::is_shape_element(location))) return location;
  return std::nullopt;
}

std::optional<Element> LocationFilter::reduce_location_info(const Element& location_info, bool& whole) const {
  Element left = location_info;
  left.children.clear();
  if (!unreduced()) left.attributes.clear();
  for (const Node& node : location_info.children) {
    const Element* location = std::get_if<Element>(&node.value);
    if (location == nullptr) continue;
    auto reduced = reduce_location(*location);
    whole = whole && reduced && *reduced == *location;
    if (reduced) left.children.push_back(Node{std::move(*reduced)});
  }
  if (left.children.empty()) return std::nullopt;
  return left;
}

std::optional<Element> LocationFilter::reduce_children(const Element& geopriv) const {
  Element left = geopriv;
  if (!unreduced()) left.attributes.clear();
  std::erase_if(left.children, [](const Node& node) { return !std::holds_alternative<Element>(node.value); });
  // Locations first: what else may stay depends on whether all of them may.
  bool whole = true;
  bool any_location = false;
  std::erase_if(left.children, [&](Node& node) {
    Element& child = std::get<Element>(node.value);
    if (!child.is(ns::kGeopriv, "location-info")) return false;
    auto reduced = reduce_location_info(child, whole);
    if (!reduced) return true;
    any_location = true;
    child = std::move(*reduced);
    return false;
  });
  if (!any_location) return std::nullopt;
  std::erase_if(left.children, [&](const Node& node) {
    const Element& child = std::get<Element>(node.value);
    const bool always = child.is(ns::kGeopriv, "location-info") || child.is(ns::kGeopriv, "usage-rules");
    return !always && !unreduced() && !(whole && is_provenance(child));
  });
  return left;
}

std::optional<Element> LocationFilter::reduce(const Element& geopriv) const {
  auto left = as_published_ ? std::optional(geopriv) : reduce_children(geopriv);
  if (left) apply_usage_rules(*left, permissions_, state_.time);
  return left;
}

}  // namespace presproof::semantics
