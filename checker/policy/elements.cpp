#include "policy/elements.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/lexical.h"
#include "xml/namespaces.h"

namespace presproof::policy {
namespace {

using diag::Code;
using xml::ns::kBasicLocationProfiles;
using xml::ns::kCivicAddr;
using xml::ns::kCommonPolicy;
using xml::ns::kGeolocationPolicy;
using xml::ns::kGeoprivPolicy;
using xml::ns::kGml;
using xml::ns::kPidfloShapes;
using xml::ns::kPresRules;

enum class Dialect : std::uint8_t { current, older };

struct Row {
  std::string_view ns;
  std::string_view local;
  Tag tag;
  Place place;
  Dialect dialect = Dialect::current;

  /// The older dialect's elements were written in two namespaces.
  [[nodiscard]] constexpr bool in(std::string_view other) const {
    return other == ns || (dialect == Dialect::older && other == kGeoprivPolicy);
  }
};

constexpr Row older(std::string_view local, Tag tag, Place place) {
  return {kGeolocationPolicy, local, tag, place, Dialect::older};
}

constexpr std::array kRows = {
    Row{kCommonPolicy, "ruleset", Tag::ruleset, Place::document},
    Row{kCommonPolicy, "rule", Tag::rule, Place::ruleset},
    Row{kCommonPolicy, "conditions", Tag::conditions, Place::rule},
    Row{kCommonPolicy, "actions", Tag::actions, Place::rule},
    Row{kCommonPolicy, "transformations", Tag::transformations, Place::rule},
    Row{kCommonPolicy, "identity", Tag::identity, Place::conditions},
    Row{kCommonPolicy, "sphere", Tag::sphere, Place::conditions},
    Row{kCommonPolicy, "validity", Tag::validity, Place::conditions},
    Row{kCommonPolicy, "one", Tag::one, Place::identity},
    Row{kCommonPolicy, "many", Tag::many, Place::identity},
    Row{kCommonPolicy, "except", Tag::except, Place::many},
    Row{kCommonPolicy, "from", Tag::from, Place::validity},
    Row{kCommonPolicy, "until", Tag::until, Place::validity},
    Row{kPresRules, "sub-handling", Tag::sub_handling, Place::actions},
    Row{kPresRules, "provide-devices", Tag::provide_devices, Place::transformations},
    Row{kPresRules, "provide-persons", Tag::provide_persons, Place::transformations},
    Row{kPresRules, "provide-services", Tag::provide_services, Place::transformations},
    Row{kPresRules, "all-devices", Tag::all_devices, Place::components},
    Row{kPresRules, "all-persons", Tag::all_persons, Place::components},
    Row{kPresRules, "all-services", Tag::all_services, Place::components},
    Row{kPresRules, "class", Tag::class_, Place::components},
    Row{kPresRules, "occurrence-id", Tag::occurrence_id, Place::components},
    Row{kPresRules, "deviceID", Tag::device_id, Place::components},
    Row{kPresRules, "service-uri", Tag::service_uri, Place::components},
    Row{kPresRules, "service-uri-scheme", Tag::service_uri_scheme, Place::components},
    Row{kPresRules, "provide-activities", Tag::provide_activities, Place::transformations},
    Row{kPresRules, "provide-class", Tag::provide_class, Place::transformations},
    Row{kPresRules, "provide-deviceID", Tag::provide_device_id, Place::transformations},
    Row{kPresRules, "provide-mood", Tag::provide_mood, Place::transformations},
    Row{kPresRules, "provide-place-is", Tag::provide_place_is, Place::transformations},
    Row{kPresRules, "provide-place-type", Tag::provide_place_type, Place::transformations},
    Row{kPresRules, "provide-privacy", Tag::provide_privacy, Place::transformations},
    Row{kPresRules, "provide-relationship", Tag::provide_relationship, Place::transformations},
    Row{kPresRules, "provide-sphere", Tag::provide_sphere, Place::transformations},
    Row{kPresRules, "provide-status-icon", Tag::provide_status_icon, Place::transformations},
    Row{kPresRules, "provide-time-offset", Tag::provide_time_offset, Place::transformations},
    Row{kPresRules, "provide-note", Tag::provide_note, Place::transformations},
    Row{kPresRules, "provide-user-input", Tag::provide_user_input, Place::transformations},
    Row{kPresRules, "provide-unknown-attribute", Tag::provide_unknown_attribute, Place::transformations},
    Row{kPresRules, "provide-all-attributes", Tag::provide_all_attributes, Place::transformations},
    Row{kGeolocationPolicy, "location-condition", Tag::location_condition, Place::conditions},
    Row{kGeolocationPolicy, "location", Tag::location, Place::location_condition},
    Row{kPidfloShapes, "Circle", Tag::circle, Place::location},
    Row{kCivicAddr, "civicAddress", Tag::civic_address, Place::location},
    Row{kGml, "pos", Tag::pos, Place::circle},
    Row{kPidfloShapes, "radius", Tag::radius, Place::circle},
    Row{kGeolocationPolicy, "set-retransmission-allowed", Tag::set_retransmission_allowed, Place::transformations},
    Row{kGeolocationPolicy, "set-retention-expiry", Tag::set_retention_expiry, Place::transformations},
    Row{kGeolocationPolicy, "set-note-well", Tag::set_note_well, Place::transformations},
    Row{kGeolocationPolicy, "keep-rule-reference", Tag::keep_rule_reference, Place::transformations},
    Row{kGeolocationPolicy, "provide-location", Tag::provide_location, Place::transformations},
    Row{kBasicLocationProfiles, "provide-civic", Tag::provide_civic, Place::provide_location},
    Row{kBasicLocationProfiles, "provide-geo", Tag::provide_geo, Place::provide_location},
    older("civic-loc-condition", Tag::civic_loc_condition, Place::conditions),
    older("civic-loc-transformation", Tag::civic_loc_transformation, Place::transformations),
    older("geospatial-loc-transformation", Tag::geospatial_loc_transformation, Place::transformations),
    older("distribution-transformation", Tag::distribution_transformation, Place::transformations),
    older("retention-transformation", Tag::retention_transformation, Place::transformations),
    older("retention-expiry-transformation", Tag::retention_transformation, Place::transformations),
    older("notewell-transformation", Tag::note_well_transformation, Place::transformations),
    older("note-well-transformation", Tag::note_well_transformation, Place::transformations),
    older("keep-rules-transformation", Tag::keep_rules_transformation, Place::transformations),
    older("latitude-resolution", Tag::latitude_resolution, Place::resolutions),
    older("lat-resolution", Tag::latitude_resolution, Place::resolutions),
    older("longitude-resolution", Tag::longitude_resolution, Place::resolutions),
    older("lon-resolution", Tag::longitude_resolution, Place::resolutions),
    older("altitude-resolution", Tag::altitude_resolution, Place::resolutions),
    older("alt-resolution", Tag::altitude_resolution, Place::resolutions),
};

/// What a place is called, what becomes of an element that has no meaning there, and the namespace whose schema speaks:
/// it allows elements of other namespaces (##other), but no further ones of its own and none without a namespace.
struct PlaceInfo {
  Place place;
  std::string_view parent;
  std::string_view noun;
  Code unknown;
  std::string_view consequence;
  std::string_view ns;
};

constexpr std::array kPlaces = {
    PlaceInfo{Place::document, "the document", "root", Code::not_a_rule_set, "nothing in it is read", kCommonPolicy},
    PlaceInfo{Place::ruleset, "`<ruleset>`", "rule", Code::unexpected_content, "it is ignored", kCommonPolicy},
    PlaceInfo{Place::rule, "`<rule>`", "part of a rule", Code::unexpected_content, "it is ignored", kCommonPolicy},
    PlaceInfo{Place::conditions, "`<conditions>`", "condition", Code::unknown_condition,
              "it counts as false and the rule never matches", kCommonPolicy},
    PlaceInfo{Place::identity, "`<identity>`", "identity", Code::unknown_condition, "it matches nobody", kCommonPolicy},
    PlaceInfo{Place::one, "`<one>`", "extension", Code::unknown_condition, "the whole `<one>` matches nobody",
              kCommonPolicy},
    PlaceInfo{Place::many, "`<many>`", "exception", Code::unknown_condition, "the whole `<many>` matches nobody",
              kCommonPolicy},
    PlaceInfo{Place::validity, "`<validity>`", "part of a validity", Code::unexpected_content,
              "it is no part of a pair of `<from>` and `<until>`", kCommonPolicy},
    PlaceInfo{Place::location_condition, "`<location-condition>`", "location", Code::unknown_condition,
              "it matches no place", kGeolocationPolicy},
    PlaceInfo{Place::location, "`<location>`", "location", Code::unknown_condition, "the location matches no place",
              kGeolocationPolicy},
    PlaceInfo{Place::circle, "`<Circle>`", "part of a circle", Code::unexpected_content, "the circle matches no place",
              kPidfloShapes},
    PlaceInfo{Place::actions, "`<actions>`", "action", Code::unknown_permission, "it is ignored", kCommonPolicy},
    PlaceInfo{Place::transformations, "`<transformations>`", "transformation", Code::unknown_permission,
              "it is ignored", kCommonPolicy},
    PlaceInfo{Place::components, "`<provide-devices>`, `<provide-persons>` or `<provide-services>`", "selector",
              Code::unknown_permission, "it selects nothing", kPresRules},
    PlaceInfo{Place::provide_location, "`<provide-location>`", "location transformation", Code::unknown_permission,
              "it grants nothing", kGeolocationPolicy},
    PlaceInfo{Place::resolutions, "`<geospatial-loc-transformation>`", "resolution", Code::unknown_permission,
              "it is ignored", kGeolocationPolicy},
};

constexpr const PlaceInfo& info(Place place) { return kPlaces[static_cast<std::size_t>(place)]; }

static_assert(
    [] {
      for (std::size_t i = 0; i < kPlaces.size(); ++i) {
        if (static_cast<std::size_t>(kPlaces[i].place) != i) return false;
      }
      return true;
    }(),
    "the table is indexed by place");

// Elements are looked up by the thousand: an open-addressed table of the local names.
constexpr std::size_t kBuckets = 512;
constexpr std::uint8_t kNoRow = 0xFF;
static_assert(kRows.size() < kBuckets / 2 && kRows.size() < kNoRow);

/// The factors were chosen to spread the names of the table: nearly all have a bucket of their own.
constexpr std::size_t bucket_of(std::string_view local) {
  if (local.empty()) return 0;
  const auto letter = [&](std::size_t index) {
    return static_cast<std::size_t>(static_cast<unsigned char>(local[index]));
  };
  const std::size_t last = local.size() - 1;
  return (local.size() * 13 + letter(0) * 17 + letter(last) * 3 + letter(local.size() / 2) * 37) % kBuckets;
}

constexpr std::array<std::uint8_t, kBuckets> kBucketRows = [] {
  std::array<std::uint8_t, kBuckets> buckets{};
  buckets.fill(kNoRow);
  for (std::size_t row = 0; row < kRows.size(); ++row) {
    std::size_t bucket = bucket_of(kRows[row].local);
    while (buckets[bucket] != kNoRow) bucket = (bucket + 1) % kBuckets;
    buckets[bucket] = static_cast<std::uint8_t>(row);
  }
  return buckets;
}();

const Row* row_of(const xml::Name& name) {
  for (std::size_t bucket = bucket_of(name.local); kBucketRows[bucket] != kNoRow; bucket = (bucket + 1) % kBuckets) {
    const Row& row = kRows[kBucketRows[bucket]];
    if (row.local == name.local && row.in(name.ns)) return &row;
  }
  return nullptr;
}

std::string namespace_text(std::string_view ns) {
  return ns.empty() ? std::string("no namespace") : fmt::format("the namespace {}", quoted(ns));
}

/// How to write `local` in namespace `ns` where `element` stands.
std::string in_namespace(const xml::Element& element, std::string_view ns, std::string_view local) {
  if (element.namespace_of("") == ns) return fmt::format("write `<{}>` without a prefix", local);
  return fmt::format("put `<{}>` into the namespace `{}`", local, ns);
}

/// The namespaces of the table, or none: what is written there was meant for presproof's vocabularies.
bool is_ours(std::string_view ns) {
  return ns.empty() || std::ranges::any_of(kRows, [&](const Row& row) { return row.in(ns); });
}

/// `<conditions>` may hold `<identity>`, ...; empty when that is too much for a message.
std::string allowed_in(const PlaceInfo& here) {
  constexpr std::size_t kMost = 6;
  std::string list;
  std::size_t count = 0;
  for (const Row& row : kRows) {
    if (row.place != here.place || row.dialect == Dialect::older) continue;
    list += fmt::format("{}`<{}>`", count++ == 0 ? "" : ", ", row.local);
  }
  return count == 0 || count > kMost ? std::string() : fmt::format("; {} may hold {}", here.parent, list);
}

void report_misspelt(Reading& reading, const xml::Element& element, const PlaceInfo& here) {
  const xml::Name name = element.name();
  const auto [ns, local] = name;
  if (const auto meant = meant_name(name, here.place)) {
    return reading.report(Code::misspelt_element, element.span(),
                          fmt::format("{} of {} is no known {}: {}{}", quoted_tag(element), namespace_text(ns), here.noun,
                                      here.consequence, allowed_in(here)),
                          fmt::format("did you mean `<{}>` of the namespace `{}`?", meant->local, meant->ns));
  }
  if (here.unknown != Code::unexpected_content && (ns == here.ns || ns.empty())) {
    return reading.report(Code::unexpected_content, element.span(),
                          fmt::format("{} of {} is not allowed in {}: {}", quoted_tag(element), namespace_text(ns),
                                      here.parent, here.consequence));
  }
  reading.report(
      here.unknown, element.span(),
      fmt::format("{} of {} is no known {}: {}", quoted_tag(element), namespace_text(ns), here.noun, here.consequence));
}

}  // namespace

Tag tag_of(const xml::Name& name) {
  const Row* row = row_of(name);
  return row == nullptr ? Tag::none : row->tag;
}

std::optional<Place> place_in(Tag parent) {
  static constexpr std::array kParents = {
      std::pair{Tag::ruleset, Place::ruleset}, std::pair{Tag::rule, Place::rule},
      std::pair{Tag::conditions, Place::conditions}, std::pair{Tag::identity, Place::identity},
      std::pair{Tag::one, Place::one}, std::pair{Tag::many, Place::many}, std::pair{Tag::validity, Place::validity},
      std::pair{Tag::location_condition, Place::location_condition}, std::pair{Tag::location, Place::location},
      std::pair{Tag::circle, Place::circle}, std::pair{Tag::actions, Place::actions},
      std::pair{Tag::transformations, Place::transformations}, std::pair{Tag::provide_devices, Place::components},
      std::pair{Tag::provide_persons, Place::components}, std::pair{Tag::provide_services, Place::components},
      std::pair{Tag::provide_location, Place::provide_location},
      std::pair{Tag::geospatial_loc_transformation, Place::resolutions}};
  const auto row = std::ranges::find_if(kParents, [&](const auto& each) { return each.first == parent; });
  return row == kParents.end() ? std::nullopt : std::optional(row->second);
}

std::optional<xml::Name> meant_name(const xml::Name& name, Place here) {
  std::vector<std::string_view> words;
  for (const Row& row : kRows) {
    if (row.place != here) continue;
    if (row.local == name.local) return xml::Name{row.ns, row.local};
    if (row.dialect == Dialect::current) words.push_back(row.local);
  }
  const auto word = is_ours(name.ns) ? nearest_word(name.local, words) : std::nullopt;
  if (!word) return std::nullopt;
  const auto row =
      std::ranges::find_if(kRows, [&](const Row& each) { return each.local == *word && each.place == here; });
  return xml::Name{row->ns, row->local};
}

void report_unknown(Reading& reading, const xml::Element& element, Place place) {
  const xml::Name name = element.name();
  const PlaceInfo& here = info(place);
  if (const Row* row = row_of(name)) {
    reading.report(Code::misplaced_element, element.span(),
                   fmt::format("{} belongs in {}, not in {}: {}", quoted_tag(element), info(row->place).parent,
                               here.parent, here.consequence),
                   "move it to where it belongs");
    return;
  }
  const auto right =
      std::ranges::find_if(kRows, [&](const Row& row) { return row.local == name.local && row.place == place; });
  if (right == kRows.end()) return report_misspelt(reading, element, here);
  reading.report(Code::wrong_namespace, element.span(),
                 fmt::format("{} is in {}, where it has no meaning: {}", quoted_tag(element), namespace_text(name.ns),
                             here.consequence),
                 in_namespace(element, right->ns, right->local));
}

}  // namespace presproof::policy
