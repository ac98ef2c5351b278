#pragma once

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/instant.h"
#include "base/kleene.h"
#include "diag/sources.h"
#include "geo/civic.h"
#include "geo/position.h"
#include "policy/vocabulary.h"
#include "uri/uri.h"

/// What properties over one run say (presproof-props(5)), as this program reads them: a second reading, which shares nothing with
/// that of `presproof prove`.
namespace presproof::certificate_check {

template <class Atom>
struct Formula {
  enum class Operator : std::uint8_t { atom, conjunction, disjunction, negation } op = Operator::atom;
  Atom atom{};
  std::vector<Formula> operands = {};

  /// `value(atom)` for each atom, joined. Every atom is asked.
  template <class Value>
  [[nodiscard]] Tri evaluate(const Value& value) const {
    if (op == Operator::atom) return value(atom);
    if (op == Operator::negation) return !operands.front().evaluate(value);
    Tri result = known(op == Operator::conjunction);
    for (const Formula& operand : operands) {
      const Tri next = operand.evaluate(value);
      result = op == Operator::conjunction ? std::min(result, next) : std::max(result, next);
    }
    return result;
  }
};

/// The asserted identities; none: unauthenticated.
using Watcher = std::vector<uri::Uri>;

struct Group {
  enum class Kind : std::uint8_t { everyone, members, domain, person, unknown } kind = Kind::everyone;
  std::multimap<std::string, uri::Uri> uris = {};  ///< by core: members, the person's identities, or who is excepted from the domain
  std::string domain = {};                         ///< ToASCII
  std::vector<Group> minus = {};
  /// Whether it is made of a resource list that holds more than entries.
  [[nodiscard]] bool unknown() const { return kind == Kind::unknown || std::any_of(minus.begin(), minus.end(), [](const Group& each) { return each.unknown(); }); }
};

/// Guards. A sphere is lower case, and empty when undefined.
struct Authenticated {};
struct Sphere {
  std::string value;
};
struct Interval {
  Instant from;
  Instant until;
};
using GuardAtom = std::variant<Authenticated, Sphere, geo::Circle, geo::CivicAddress, Interval>;

enum class ClaimKind : std::uint8_t {
  handling, component, attribute, user_input, unknown_attribute, all_attributes, anything, location, retransmission, retention, rule,
};
struct ClaimAtom {
  ClaimKind kind = ClaimKind::handling;
  int level = 0;                                           ///< sub-handling at least, component, attribute or user input
  int at_most = 0;                                         ///< sub-handling
  std::optional<policy::SelectorKind> selector = {};       ///< of a component, with `text`
  std::string text = {};                                   ///< value, name or rule id
  std::string ns = {};                                     ///< of an unknown attribute
  std::optional<double> geodetic_below_m = {};             ///< location: a radius below
  geo::CivicLevel civic_at_least = geo::CivicLevel::none;  ///< or a level from; none: no level counts
  std::int64_t seconds = 0;                                ///< of retention
};

enum class Quantifier : std::uint8_t { never, always, sometimes };
struct Property {
  std::string name;
  Group group;
  std::vector<Formula<GuardAtom>> guards = {};  ///< `when` and `during`, ANDed
  Quantifier quantifier = Quantifier::never;
  Formula<ClaimAtom> claim = {};
  std::string uncheckable = {};  ///< why no certificate can speak of it; empty: one can
};
struct Properties {
  std::vector<Property> properties;
  std::vector<Watcher> persons;  ///< each with all its identities
};

/// The members of a list of entries and such lists (RFC 4826). Nothing else is followed: who is in another is not for this program to say.
[[nodiscard]] std::optional<Watcher> read_resource_list(diag::Sources& sources, const std::string& path);
/// Reads property files, then properties given as text, as one. Throws diag::InputError at the first problem.
[[nodiscard]] Properties read_properties(diag::Sources& sources, const std::vector<std::uint32_t>& files,
                                         const std::vector<std::uint32_t>& arguments);

/// Answers where the RFCs leave a choice: in the order of kReadings, false is the default.
using Readings = std::array<bool, 5>;
using FixedReadings = std::array<std::optional<bool>, 5>;
inline constexpr std::size_t kCoarsest = 0, kAttributesExclude = 1, kUnknownIgnored = 2, kAbsentRadiusIsNothing = 3, kEmptyIdentity = 4;
inline constexpr std::array<std::array<std::string_view, 3>, 5> kReadings = {{
    {"geo-radius", "finest", "coarsest"}, {"all-attributes-location", "includes", "excludes"}, {"unknown-attribute-location", "honoured", "ignored"},
    {"geo-radius-absent", "exact", "nothing"}, {"empty-identity", "nobody", "unauthenticated"},
}};

}  // namespace presproof::certificate_check
