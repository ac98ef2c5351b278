#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "geo/civic.h"
#include "geo/position.h"
#include "presence/document.h"

/// The <geopriv> element of PIDF-LO (RFC 4119) as a value, so that it can be reduced and written again.
namespace presproof::presence {

/// One child of <location-info>: a shape, a civic address, or something else kept as it is.
struct LocationInfo {
  std::variant<geo::Shape, geo::CivicAddress, Element> what;
  Element source;  ///< as published
};

struct Geopriv {
  std::vector<LocationInfo> locations;  ///< of every <location-info>; RFC 4119 allows one
  std::optional<Element> usage_rules;   ///< the first
  std::vector<Element> others;  ///< method, provided-by, and whatever else there is: not known to be free of location
  Element source;
};

/// Of an element {kGeopriv}geopriv.
[[nodiscard]] Geopriv read_geopriv(const Element& element);

/// As an element again; location shapes in GML and pidflo, civic addresses in civicAddr. What is as it was read keeps
/// its published form, and everything its published place; what was added stands behind. Text directly in <geopriv>
/// or <location-info> is left out.
[[nodiscard]] Element write_geopriv(const Geopriv& geopriv);
[[nodiscard]] Element write_shape(const geo::Shape& shape);
[[nodiscard]] Element write_civic(const geo::CivicAddress& address);

/// The geodetic shape or civic address of one child of <location-info>; nothing when it is neither. Shapes: RFC 5491
/// section 5.2 in WGS 84, altitudes dropped (EPSG 4979); and RFC 4119's <gml:location> with <gml:coordinates>. Of a
/// civic field that occurs twice (in two languages) the first; fields without text are left out.
[[nodiscard]] std::optional<geo::Shape> read_shape(const Element& element);
[[nodiscard]] std::optional<geo::CivicAddress> read_civic(const Element& element);

/// Whether the element is of GML or pidflo: meant as a shape, whether it can be read or not.
[[nodiscard]] bool is_shape_element(const Element& element);
/// The srsName of a shape or of the shape in its <gml:location>; empty without one.
[[nodiscard]] std::string_view srs_name_of(const Element& element);
/// Whether a srsName is EPSG 4326 or 4979 as a URN of the OGC (RFC 5491 section 5), or RFC 4119's `epsg:4326`.
[[nodiscard]] bool is_wgs84(std::string_view srs_name);

/// All <geopriv> elements of a component: its children and those of its <status>, in document order.
[[nodiscard]] std::vector<const Element*> geoprivs_of(const Part& part);

}  // namespace presproof::presence
