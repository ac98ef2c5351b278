#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/instant.h"
#include "base/source_span.h"
#include "geo/civic.h"
#include "geo/position.h"
#include "policy/rule_set.h"
#include "policy/vocabulary.h"
#include "property/formula.h"
#include "uri/uri.h"

/// The property language (presproof-props(5)) as values; names are resolved, lengths are metres, durations seconds.
namespace presproof::property {

/// One watcher with several identities: claims hold for any subset of them that may be asserted (not the empty one).
struct Person {
  std::string name;
  std::vector<uri::Uri> identities;
  SourceSpan span;
  friend bool operator==(const Person&, const Person&) = default;
};

/// Everybody: every authenticated watcher and the unauthenticated.
struct Everyone {
  friend bool operator==(const Everyone&, const Everyone&) = default;
};
/// A set of URIs, a resource list (RFC 4826) or a person: a watcher is in it when one of its identities is equivalent
/// to one of these.
struct Members {
  std::vector<uri::Uri> uris;
  friend bool operator==(const Members&, const Members&) = default;
};
/// A watcher is in it when one of its identities has the domain and is none of the excepted.
struct DomainMembers {
  policy::Domain domain;
  std::vector<uri::Uri> except;
  friend bool operator==(const DomainMembers&, const DomainMembers&) = default;
};
/// A person by name: exactly the watchers who assert a non-empty subset of its identities and nothing else.
struct PersonMembers {
  Person person;
  friend bool operator==(const PersonMembers&, const PersonMembers&) = default;
};

/// `base minus first minus second ...`: every watcher of `base` that is in none of `minus`.
struct Group {
  std::variant<Everyone, Members, DomainMembers, PersonMembers, std::shared_ptr<const Group>> base;
  std::vector<std::shared_ptr<const Group>> minus;
  std::string name;  ///< empty for one written in place
};

struct CivicRegion {
  geo::CivicAddress fields;  ///< all must be equal
  friend bool operator==(const CivicRegion&, const CivicRegion&) = default;
};
using Region = std::variant<geo::Circle, CivicRegion>;

/// Guards: over one state and the watcher.
struct SphereIs {
  std::optional<std::string> value;  ///< nothing: `undefined`
  friend bool operator==(const SphereIs&, const SphereIs&) = default;
};
struct Inside {
  std::string name;
  Region region;
  friend bool operator==(const Inside&, const Inside&) = default;
};
struct Authenticated {
  friend bool operator==(const Authenticated&, const Authenticated&) = default;
};
using GuardAtom = std::variant<SphereIs, Inside, Authenticated>;

/// from <= t < until.
struct Interval {
  Instant from;
  Instant until;
  friend bool operator==(const Interval&, const Interval&) = default;
};

/// Claims over one run. All but Handling and RuleMatches count only where the combined sub-handling is allow (or, in
/// geolocation usage, the request is granted).
enum class Comparison : std::uint8_t { exactly, at_least, at_most };
struct Handling {
  Comparison comparison = Comparison::exactly;
  policy::SubHandling value = policy::SubHandling::block;
  friend bool operator==(const Handling&, const Handling&) = default;
};
/// `services with scheme "sip"`: all of them are provided, or the selector is. `id` is the occurrence id, `uri` a
/// service-uri or, for devices, a deviceID.
struct ComponentShown {
  policy::ComponentKind kind = policy::ComponentKind::device;
  struct Selector {
    policy::SelectorKind kind = policy::SelectorKind::class_;
    std::string value;
    friend bool operator==(const Selector&, const Selector&) = default;
  };
  std::optional<Selector> selector;
  friend bool operator==(const ComponentShown&, const ComponentShown&) = default;
};
struct AttributeShown {
  policy::AttributePermission attribute = policy::AttributePermission::activities;
  friend bool operator==(const AttributeShown&, const AttributeShown&) = default;
};
struct UserInputShown {
  policy::UserInput at_least = policy::UserInput::bare;
  friend bool operator==(const UserInputShown&, const UserInputShown&) = default;
};
struct UnknownAttributeShown {
  std::string name;
  std::string ns;
  friend bool operator==(const UnknownAttributeShown&, const UnknownAttributeShown&) = default;
};
struct AllAttributesShown {
  friend bool operator==(const AllAttributesShown&, const AllAttributesShown&) = default;
};
struct AnythingShown {
  friend bool operator==(const AnythingShown&, const AnythingShown&) = default;
};
/// `geodetic_below_m` of `exact location`: the smallest positive length, below which there is exact (0) alone.
inline constexpr double kExactRadiusOnly = std::numeric_limits<double>::denorm_min();
/// RFC 6772 section 13.3: the algorithm of section 6.5.2 may leak down to 0.13 of the nominal area; the root is for radii.
inline constexpr double kEffectiveRadius = 0.36055512754639896;
/// How far each civic level pins the target down, metres, from geo::CivicLevel::country to full (`civic resolution`).
/// They never increase.
using CivicResolution = std::array<double, 5>;
/// What a claim over time needs beside.
struct OverTime {
  std::optional<double> length_m;  ///< the length as written; nothing for a claim without one
  CivicResolution resolution{};    ///< as declared before the claim
  friend bool operator==(const OverTime&, const OverTime&) = default;
};
/// Geodetic radius below `geodetic_below_m` (exact is 0; infinity: any) or civic level at least `civic_at_least` (none:
/// no civic level counts). The parser has already turned lengths into levels by the declared civic resolution. Either
/// part may be absent.
struct LocationShown {
  std::optional<double> geodetic_below_m;
  std::optional<geo::CivicLevel> civic_at_least;
  /// `effective`: the length was about what is left of the nominal area (RFC 6772 section 13.3), and `geodetic_below_m` is
  /// the nominal radius that leaves it: the length divided by kEffectiveRadius.
  bool effective = false;
  /// `over time`: not about one run, but about all that a watcher can be shown while the target stays where it is. Such a
  /// claim is the whole claim of its property.
  std::optional<OverTime> over_time = std::nullopt;
  friend bool operator==(const LocationShown&, const LocationShown&) = default;
};
struct RetransmissionAllowed {
  friend bool operator==(const RetransmissionAllowed&, const RetransmissionAllowed&) = default;
};
struct RetentionLongerThan {
  std::int64_t seconds = 0;
  friend bool operator==(const RetentionLongerThan&, const RetentionLongerThan&) = default;
};
struct RuleMatches {
  std::string id;
  friend bool operator==(const RuleMatches&, const RuleMatches&) = default;
};
using ClaimAtom =
    std::variant<Handling, ComponentShown, AttributeShown, UserInputShown, UnknownAttributeShown, AllAttributesShown,
                 AnythingShown, LocationShown, RetransmissionAllowed, RetentionLongerThan, RuleMatches>;

enum class Quantifier : std::uint8_t { never, always, sometimes };

/// Claims over two runs; both satisfy the guard.
///
/// Any watcher of the property's group and any of `other` get the same in the same state: the response code and the
/// subscription state of the first NOTIFY, and with `content` the same document for any presence document.
struct SameAs {
  bool content = false;
  std::shared_ptr<const Group> other;
};
/// What a watcher must not be able to tell from what it gets (response, subscription state, document).
enum class Secret : std::uint8_t { sphere, location, time, handling };
inline constexpr std::array<std::string_view, 4> kSecretWords = {"sphere", "location", "time", "handling"};
/// One watcher, two states that differ in the secret alone, get the same; a document that shows the secret itself differs. For
/// `handling`: any two states in which the combined sub-handling differs look the same.
struct RevealsNothingAbout {
  Secret secret = Secret::sphere;
};
using TwoRunClaim = std::variant<SameAs, RevealsNothingAbout>;

/// `over any subscription`: about every NOTIFY that a watcher is sent, not about one decision.
struct Subscription {
  static constexpr std::size_t kUsualEvents = 6;
  static constexpr std::size_t kMostEvents = 50;
  std::size_t events = kUsualEvents;  ///< so many are looked at
};

struct Property {
  std::string name;  ///< as given, or the text
  std::string text;  ///< the body on one line, white space collapsed: `for friends never location finer than 5 km`
  std::string file;  ///< as messages name it; `-p` for one given on the command line
  SourceSpan span;
  std::shared_ptr<const Group> group;
  std::vector<Interval> during;            ///< ANDed
  std::vector<Formula<GuardAtom>> guards;  ///< ANDed
  Quantifier quantifier = Quantifier::never;
  Formula<ClaimAtom> claim;
  /// When set, the property is this and has neither quantifier nor claim.
  std::optional<TwoRunClaim> two_run = std::nullopt;
  /// Of a `never` whose claim is about what is shown.
  std::optional<Subscription> subscription = std::nullopt;
};

/// The group that `response same as` compares with; null for every other property.
[[nodiscard]] inline const Group* other_group(const Property& property) {
  const SameAs* same = property.two_run ? std::get_if<SameAs>(&*property.two_run) : nullptr;
  return same != nullptr ? same->other.get() : nullptr;
}

/// Everything that was read; the persons are watchers of the proofs of all these properties.
struct Properties {
  std::vector<Property> properties;
  std::vector<Person> persons;
  std::vector<std::shared_ptr<const Group>> groups = {};  ///< those with a name, in the order of their definitions
};

}  // namespace presproof::property
