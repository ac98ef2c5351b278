#include "presence/geopriv.h"

#include <algorithm>

#include "xml/namespaces.h"

namespace presproof::presence {
namespace {

namespace ns = xml::ns;

LocationInfo read_location(const Element& element) {
  if (auto shape = read_shape(element)) return {std::move(*shape), element};
  if (auto civic = read_civic(element)) return {std::move(*civic), element};
  return {element, element};
}

/// The published element when the value is still what it says, else the value's canonical one.
Element write_location(const LocationInfo& info) {
  if (const auto* shape = std::get_if<geo::Shape>(&info.what)) {
    return read_shape(info.source) == *shape ? info.source : write_shape(*shape);
  }
  if (const auto* civic = std::get_if<geo::CivicAddress>(&info.what)) {
    if (read_civic(info.source) == *civic) return info.source;
    Element written = write_civic(*civic);
    for (const ElementAttribute& attribute : info.source.attributes) {
      if (attribute.ns == ns::kXml && attribute.local == "lang") written.attributes.push_back(attribute);
    }
    return written;
  }
  return std::get<Element>(info.what);
}

Element write_location_info(const Geopriv& geopriv, const Element* source) {
  Element info;
  info.ns = std::string(ns::kGeopriv);
  info.local = "location-info";
  if (source != nullptr) {
    info.attributes = source->attributes;
    info.span = source->span;
  }
  for (const LocationInfo& location : geopriv.locations) info.children.push_back({write_location(location)});
  return info;
}

}  // namespace

Geopriv read_geopriv(const Element& element) {
  Geopriv geopriv;
  geopriv.source = element;
  for (const Node& node : element.children) {
    const auto* child = std::get_if<Element>(&node.value);
    if (child == nullptr) continue;
    if (child->is(ns::kGeopriv, "location-info")) {
      for (const Node& inner : child->children) {
        if (const auto* location = std::get_if<Element>(&inner.value))
          geopriv.locations.push_back(read_location(*location));
      }
    } else if (child->is(ns::kGeopriv, "usage-rules") && !geopriv.usage_rules) {
      geopriv.usage_rules = *child;
    } else {
      geopriv.others.push_back(*child);
    }
  }
  return geopriv;
}

Element write_geopriv(const Geopriv& geopriv) {
  Element written;
  written.ns = std::string(ns::kGeopriv);
  written.local = "geopriv";
  written.attributes = geopriv.source.attributes;
  written.span = geopriv.source.span;

  bool locations_written = false;
  bool rules_written = false;
  auto next_other = geopriv.others.begin();
  for (const Node& node : geopriv.source.children) {
    const auto* child = std::get_if<Element>(&node.value);
    if (child == nullptr) continue;
    if (child->is(ns::kGeopriv, "location-info")) {
      if (!locations_written) written.children.push_back({write_location_info(geopriv, child)});
      locations_written = true;
    } else if (geopriv.usage_rules && !rules_written && child->is(ns::kGeopriv, "usage-rules")) {
      written.children.push_back({*geopriv.usage_rules});
      rules_written = true;
    } else if (const auto kept = std::find(next_other, geopriv.others.end(), *child); kept != geopriv.others.end()) {
      for (; next_other != kept; ++next_other) written.children.push_back({*next_other});
      written.children.push_back({*next_other++});
    }
  }
  // RFC 4119 section 2.2: <location-info> is required and comes first, then <usage-rules>.
  if (!locations_written) {
    written.children.insert(written.children.begin(), Node{write_location_info(geopriv, nullptr)});
  }
  if (geopriv.usage_rules && !rules_written) {
    const auto info = std::find_if(written.children.begin(), written.children.end(), [](const Node& node) {
      return std::get<Element>(node.value).is(ns::kGeopriv, "location-info");
    });
    written.children.insert(info + 1, Node{*geopriv.usage_rules});
  }
  for (; next_other != geopriv.others.end(); ++next_other) written.children.push_back({*next_other});
  return written;
}

}  // namespace presproof::presence
