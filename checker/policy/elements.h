#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include "policy/reading.h"
#include "xml/document.h"

/// The elements of rule sets: which name in which namespace stands where. This is the one table of names; the readers
/// are tables from its tags to functions, and every finding about a wrong, misplaced or misspelt name comes from it.
///
/// RFC 4745 section 13, RFC 5025 section 7, RFC 6772 section 8 and, for the older dialect, draft-ietf-geopriv-policy.
namespace presproof::policy {

enum class Tag : std::uint8_t {
  none,
  ruleset, rule, conditions, actions, transformations,
  identity, sphere, validity, one, many, except, from, until,
  sub_handling,
  provide_devices, provide_persons, provide_services,
  all_devices, all_persons, all_services,
  class_, occurrence_id, device_id, service_uri, service_uri_scheme,
  provide_activities, provide_class, provide_device_id, provide_mood, provide_place_is, provide_place_type,
  provide_privacy, provide_relationship, provide_sphere, provide_status_icon, provide_time_offset, provide_note,
  provide_user_input, provide_unknown_attribute, provide_all_attributes,
  location_condition, location, circle, pos, radius, civic_address,
  set_retransmission_allowed, set_retention_expiry, set_note_well, keep_rule_reference,
  provide_location, provide_civic, provide_geo,
  // draft-ietf-geopriv-policy
  civic_loc_condition, civic_loc_transformation, geospatial_loc_transformation, distribution_transformation,
  retention_transformation, note_well_transformation, keep_rules_transformation,
  latitude_resolution, longitude_resolution, altitude_resolution,
};
inline constexpr std::size_t kTags = static_cast<std::size_t>(Tag::altitude_resolution) + 1;

/// Where an element may stand: as a child of what.
enum class Place : std::uint8_t {
  document, ruleset, rule, conditions, identity, one, many, validity, location_condition, location, circle,
  actions, transformations, components, provide_location, resolutions,
};

/// The element that has this name, wherever it stands; Tag::none when there is none.
[[nodiscard]] Tag tag_of(const xml::Name& name);

/// Where the children of an element with this tag stand; nothing when it has none.
[[nodiscard]] std::optional<Place> place_in(Tag parent);

/// What was meant by a name without a meaning at `here`: the same name in the right namespace, or, in a namespace of
/// rule sets or none, the nearest one.
[[nodiscard]] std::optional<xml::Name> meant_name(const xml::Name& name, Place here);

/// Reports `element`, which has no meaning at `here`: a known name in a wrong namespace, a known element in a wrong place, or an
/// unknown one, with the nearest word that would have a meaning here.
void report_unknown(Reading& reading, const xml::Element& element, Place here);

/// A table from tags to readers, null for every tag without one.
template <class Function>
using ByTag = std::array<Function, kTags>;

template <class Function, std::size_t rows>
[[nodiscard]] constexpr ByTag<Function> by_tag(const std::pair<Tag, Function> (&readers)[rows]) {
  ByTag<Function> table{};
  for (const auto& [tag, function] : readers) table[static_cast<std::size_t>(tag)] = function;
  return table;
}

template <class Function>
[[nodiscard]] constexpr Function reader_of(const ByTag<Function>& table, Tag tag) {
  return table[static_cast<std::size_t>(tag)];
}

}  // namespace presproof::policy
