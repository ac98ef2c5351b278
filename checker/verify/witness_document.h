#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "policy/request.h"
#include "policy/rule_set.h"
#include "presence/document.h"

/// A presence document with something for every permission: what a rule gives shows in it, and what no rule gives is
/// there to be withheld. With it a decision, which is a mask over any document, becomes a NOTIFY that can be looked at.
namespace presproof::verify {

/// The presentity of every witness document.
inline constexpr std::string_view kWitnessEntity = "sip:alice@example.com";

/// At most so many selector values (class, occurrence id, deviceID, service URI, scheme) and so many unknown attributes
/// that rules name get something of their own: the first ones, in policy order.
inline constexpr std::size_t kMostSelectorValues = 1000;
inline constexpr std::size_t kMostUnknownAttributes = 100;

/// A document of the presentity in `state`, deterministic, in the element order of RFC 3863, RFC 4479 and RFC 4119,
/// with the state's time in all timestamps (0001-01-01 for what is before: XML Schema has no year 0000):
///
/// - a tuple, a person and a device that no selector selects, and one for each selector value that rules name;
/// - in each component every attribute of RFC 5025 section 3.3.2 that belongs there, the unknown attributes that rules
///   name and one that nobody names; a note of the whole document;
/// - in each component a PIDF-LO with the state's location and with usage rules; none when the location is unknown.
///
/// presence::sphere_of and presence::location_of give the state's sphere and location (an undefined sphere: persons
/// that differ in theirs), unless no document can say them: a sphere that is blank or has blanks around it, an empty
/// civic field. An occurrence id that rules name for two kinds of component occurs in both, and one that is no XML name
/// as it is; otherwise the document is valid. In geolocation usage, which knows no selectors and no attributes, none
/// that rules name.
[[nodiscard]] presence::Document witness_document(const policy::Policy& policy, const policy::State& state,
                                                  policy::Usage usage);
/// The same for these rules, the first ones first when they name too much.
[[nodiscard]] presence::Document witness_document_of(std::span<const policy::Rule* const> rules,
                                                     const policy::State& state, policy::Usage usage);

}  // namespace presproof::verify
