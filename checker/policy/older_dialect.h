#pragma once

#include <optional>

#include "policy/reading.h"
#include "policy/rule_set.h"
#include "xml/document.h"

/// draft-ietf-geopriv-policy as it was before it became RFC 6772: other names and, for location, coordinates rounded to
/// a resolution in degrees instead of a radius. Everything is read into RFC 6772's values, with a note that names what
/// the RFC has instead. Accepted in the namespace of the RFC and in that of the first drafts.
namespace presproof::policy {

/// Notes that `element` is of the older dialect and what replaced it.
void report_older(Reading& reading, const xml::Element& element);

/// A reader of an RFC 6772 element for the older one of the same meaning.
template <auto read>
auto older(Reading& reading, const xml::Element& element) {
  report_older(reading, element);
  return read(reading, element);
}

[[nodiscard]] Condition read_civic_loc_condition(Reading& reading, const xml::Element& element);
[[nodiscard]] std::optional<ProvideLocation> read_civic_loc_transformation(Reading& reading,
                                                                           const xml::Element& element);
[[nodiscard]] std::optional<ProvideLocation> read_geospatial_loc_transformation(Reading& reading,
                                                                                const xml::Element& element);

/// The radius in metres that rounded coordinates stand for: half the step of the latitude. Exact, 0, when one of the two
/// coordinates is not rounded: along that one the target would be pinned down however coarse the other is.
[[nodiscard]] double nominal_radius_m(const GeodeticGrant::Rounding& rounding);

}  // namespace presproof::policy
