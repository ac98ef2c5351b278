#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/instant.h"
#include "base/source_span.h"
#include "geo/civic.h"
#include "geo/position.h"
#include "policy/vocabulary.h"
#include "uri/uri.h"

/// Rule sets as plain values: Common Policy (RFC 4745), presence rules (RFC 5025) and geolocation policy (RFC 6772).
/// The older geopriv dialect (draft-ietf-geopriv-policy) is read into the same values. What a value cannot say was
/// reported by the reader and is kept here only as far as it decides something.
namespace presproof::policy {

/// A domain as written, and as compared (nothing when it has no ToASCII form: it then equals no domain).
struct Domain {
  std::string text;
  std::optional<std::string> ascii;
  SourceSpan span;
  friend bool operator==(const Domain&, const Domain&) = default;
};

/// RFC 4745 section 7.1: what an <identity> lists.
struct One {
  uri::Uri id;
  SourceSpan span;
  friend bool operator==(const One&, const One&) = default;
};
/// Excludes by either; with neither, nobody.
struct Except {
  std::optional<uri::Uri> id;
  std::optional<Domain> domain;
  SourceSpan span;
  friend bool operator==(const Except&, const Except&) = default;
};
struct Many {
  std::optional<Domain> domain;  ///< without one: every authenticated identity
  std::vector<Except> excepts;
  /// An unknown child of <many> makes it FALSE.
  bool never = false;
  SourceSpan span;
  friend bool operator==(const Many&, const Many&) = default;
};
/// FALSE (another namespace's identity element, or a <one> without an id).
struct UnknownIdentity {
  std::string ns;
  std::string local;
  SourceSpan span;
  friend bool operator==(const UnknownIdentity&, const UnknownIdentity&) = default;
};
using IdentityMatcher = std::variant<One, Many, UnknownIdentity>;

/// ORed. Empty: the reading `empty-identity`.
struct IdentityCondition {
  std::vector<IdentityMatcher> matchers;
  SourceSpan span;
  bool unauthenticated = false;  ///< holds for the unauthenticated, too: OMA's <anonymous-request>, where an engine knows it
  friend bool operator==(const IdentityCondition&, const IdentityCondition&) = default;
};
/// RFC 4745 section 7.3: ORed tokens, compared without case.
struct SphereCondition {
  std::vector<std::string> tokens;
  SourceSpan span;
  friend bool operator==(const SphereCondition&, const SphereCondition&) = default;
};
/// RFC 4745 section 7.4: from <= t < until. A pair that cannot be ordered against the clock (no offset, malformed,
/// incomplete) has a nothing here and never holds.
struct ValidityPair {
  std::optional<Instant> from;
  std::optional<Instant> until;
  SourceSpan span;
  friend bool operator==(const ValidityPair&, const ValidityPair&) = default;
};
struct ValidityCondition {
  std::vector<ValidityPair> pairs;  ///< ORed
  SourceSpan span;
  friend bool operator==(const ValidityCondition&, const ValidityCondition&) = default;
};
/// RFC 6772 section 4: ORed locations.
struct CivicLocation {
  geo::CivicAddress fields;  ///< all must be equal; never empty
  friend bool operator==(const CivicLocation&, const CivicLocation&) = default;
};
struct UnknownLocation {  ///< FALSE
  std::string profile;
  friend bool operator==(const UnknownLocation&, const UnknownLocation&) = default;
};
struct LocationAlternative {
  std::variant<geo::Circle, CivicLocation, UnknownLocation> where;
  std::string label;
  SourceSpan span;
  friend bool operator==(const LocationAlternative&, const LocationAlternative&) = default;
};
struct LocationCondition {
  std::vector<LocationAlternative> locations;
  SourceSpan span;
  friend bool operator==(const LocationCondition&, const LocationCondition&) = default;
};
/// FALSE.
struct UnknownCondition {
  std::string ns;
  std::string local;
  SourceSpan span;
  friend bool operator==(const UnknownCondition&, const UnknownCondition&) = default;
};
/// ANDed in a rule; none: always true.
using Condition = std::variant<IdentityCondition, SphereCondition, ValidityCondition, LocationCondition, UnknownCondition>;

/// RFC 5025 section 3.3.1. `values[kind]` are as written, trimmed; kinds that do not suit the component stay empty.
struct ProvideComponents {
  ComponentKind kind = ComponentKind::device;
  bool all = false;
  std::array<std::vector<std::string>, kSelectorKinds> values;
  friend bool operator==(const ProvideComponents&, const ProvideComponents&) = default;
};
struct ProvideAttribute {
  AttributePermission attribute = AttributePermission::activities;
  bool value = false;
  friend bool operator==(const ProvideAttribute&, const ProvideAttribute&) = default;
};
struct ProvideUnknownAttribute {
  std::string ns;
  std::string name;
  bool value = false;
  friend bool operator==(const ProvideUnknownAttribute&, const ProvideUnknownAttribute&) = default;
};
struct ProvideAllAttributes {
  friend bool operator==(const ProvideAllAttributes&, const ProvideAllAttributes&) = default;
};
/// Geodetic location at a granularity.
struct GeodeticGrant {
  /// 0: exact (`<provide-location/>`). Above 0: the radius. Nothing: `<provide-geo/>` without a radius, the reading
  /// `geo-radius-absent`.
  std::optional<double> radius_m;
  /// The older dialect's resolutions in degrees: coordinates are rounded instead of moved to a grid.
  struct Rounding {
    std::optional<double> latitude_deg;
    std::optional<double> longitude_deg;
    friend bool operator==(const Rounding&, const Rounding&) = default;
  };
  std::optional<Rounding> rounding;
  friend bool operator==(const GeodeticGrant&, const GeodeticGrant&) = default;
};
/// RFC 6772 section 6.5. `<provide-location/>` without children: geodetic radius 0 and civic full.
struct ProvideLocation {
  std::optional<GeodeticGrant> geodetic;
  geo::CivicLevel civic = geo::CivicLevel::none;
  friend bool operator==(const ProvideLocation&, const ProvideLocation&) = default;
};
struct SetRetransmissionAllowed {
  bool value = false;
  friend bool operator==(const SetRetransmissionAllowed&, const SetRetransmissionAllowed&) = default;
};
struct SetRetentionExpiry {
  std::int64_t seconds = 0;  ///< not negative
  friend bool operator==(const SetRetentionExpiry&, const SetRetentionExpiry&) = default;
};
struct SetNoteWell {
  std::optional<std::string> lang;
  std::string text;
  friend auto operator<=>(const SetNoteWell&, const SetNoteWell&) = default;
};
struct KeepRuleReference {
  bool value = false;
  friend bool operator==(const KeepRuleReference&, const KeepRuleReference&) = default;
};
/// Ignored.
struct UnknownPermission {
  std::string ns;
  std::string local;
  friend bool operator==(const UnknownPermission&, const UnknownPermission&) = default;
};

/// An action or a transformation; elements whose value is invalid are reported and left out.
struct Permission {
  std::variant<SubHandling, ProvideComponents, ProvideAttribute, UserInput, ProvideUnknownAttribute, ProvideAllAttributes,
               ProvideLocation, SetRetransmissionAllowed, SetRetentionExpiry, SetNoteWell, KeepRuleReference, UnknownPermission>
      what;
  SourceSpan span;
  friend bool operator==(const Permission&, const Permission&) = default;
};

/// An element as engines see it that look at local names alone.
struct WrittenElement {
  std::string name;
  std::string text;  ///< all character data in it and below, not trimmed
  std::vector<WrittenElement> children;
  friend bool operator==(const WrittenElement&, const WrittenElement&);
};
inline bool operator==(const WrittenElement&, const WrittenElement&) = default;

/// What comes of a rule whose conditions hold, for engines under which the first such rule decides (engine/view.h).
enum class Outcome : std::uint8_t {
  gives,    ///< what its permissions say; the only one under the RFCs
  no_rule,  ///< the engine stops looking, as if no rule matched
  fails,    ///< the engine answers with an error
};

struct Rule {
  std::string id;  ///< as written; may be empty or a duplicate in a document with findings
  std::vector<Condition> conditions;
  std::vector<Permission> permissions;  ///< actions and transformations, in document order
  SourceSpan span;                      ///< of the start tag
  SourceSpan id_span;                   ///< of the id attribute, else of the start tag
  Outcome outcome = Outcome::gives;
  std::vector<WrittenElement> transformations = {};  ///< as written, for engines that take away what these name; else empty
  std::uint8_t rank = 0;  ///< for engines under which the rules of one kind go before those of another: the lower one goes first
  friend bool operator==(const Rule&, const Rule&) = default;
};

/// One document.
struct RuleSet {
  std::string file;
  std::vector<Rule> rules;
  /// Whether any element is of the pres-rules namespace (RFC 5025): decides `--usage auto`.
  bool has_presence_rules = false;
  friend bool operator==(const RuleSet&, const RuleSet&) = default;
};

/// RFC 5025 section 9.7: all documents of a user apply together.
struct Policy {
  std::vector<RuleSet> documents;
  friend bool operator==(const Policy&, const Policy&) = default;
};

/// A rule's place in a policy.
struct RuleRef {
  std::uint32_t document = 0;
  std::uint32_t rule = 0;
  friend auto operator<=>(const RuleRef&, const RuleRef&) = default;
};
[[nodiscard]] inline const Rule& rule_at(const Policy& policy, RuleRef ref) { return policy.documents[ref.document].rules[ref.rule]; }

}  // namespace presproof::policy
