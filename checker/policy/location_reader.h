#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "policy/reading.h"
#include "policy/rule_set.h"
#include "xml/document.h"

/// Locations in rules: `<location-condition>` (RFC 6772 section 4) and `<provide-location>` (section 6.5).
///
/// A location that cannot be decided here (another profile, another reference system, a malformed value) is FALSE; the
/// other locations of its condition still count. Of `<provide-location>`, children that do not suit the declared
/// profile grant nothing. When the profile is missing beside children, which section 6.5 forbids, the children still
/// count: documents in use omit it, and what they grant is plain. Without children everything is disclosed, whatever
/// the profile says.
namespace presproof::policy {

[[nodiscard]] Condition read_location_condition(Reading& reading, const xml::Element& element);

/// Appends what `element` grants.
void read_provide_location(Reading& reading, const xml::Element& element, std::vector<Permission>& permissions);

/// The civic fields below `parent`, also in `<civicAddress>` wrappers; `namespaces` are those in which the fields of
/// RFC 5139 are known. Nothing, after a finding, when they can never all be equal to the target's: a field in a wrong
/// namespace, two values for one field, none at all.
[[nodiscard]] std::optional<geo::CivicAddress> read_civic_fields(Reading& reading, const xml::Element& parent,
                                                                 std::span<const std::string_view> namespaces);

}  // namespace presproof::policy
