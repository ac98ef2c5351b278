#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/readings.h"
#include "policy/request.h"
#include "policy/rule_set.h"
#include "property/property.h"

/// What a claim comes down to: "some matching rule gives at least this". RFC 4745 section 10.2 combines by OR, maximum and
/// union, so every claim about combined permissions is a formula over such thresholds, each monotone in the set of
/// matching rules; no term ever runs through all rules to find a maximum.
namespace presproof::smt {

struct Threshold {
  enum class Kind : std::uint8_t {
    nothing,               ///< no rule gives it
    match,                 ///< any rule
    handling,              ///< sub-handling at least `level`
    component,             ///< any, or all, of component `level`
    all_of_component,      ///< all of component `level`
    selected,              ///< of component `level`, with selector `sub_level` and `text`
    attribute,             ///< number `level`
    user_input,            ///< at least `level`
    unknown_attribute,     ///< `text` in namespace `ns`
    all_attributes,
    geodetic_below,        ///< a radius below `amount`
    geodetic_from,         ///< a radius of at least `amount`
    geodetic_up_to,        ///< a grant as fine as the radius `amount` rounded by `rounding`, or finer
    geodetic_beyond,       ///< a coarser grant than that
    civic,                 ///< at least `level`
    retransmission,
    retransmission_denied,
    retransmission_unsaid,     ///< neither of the two
    rule_reference_kept,
    rule_reference_dropped,
    rule_reference_unsaid,     ///< neither of the two
    note_well,             ///< `text` in the language that has the key `ns`
    retention_above,       ///< more than `seconds`
    rule_id,               ///< is called `text`
    hiding,                ///< `text` is what the transformations take away (hiding.h)
    failure,               ///< the engine answers with an error
  };
  Kind kind = Kind::nothing;
  int level = 0;
  int sub_level = 0;
  double amount = 0;
  std::int64_t seconds = 0;
  bool absent_is_exact = true;  ///< geodetic: what a grant without a radius is (the reading `geo-radius-absent`)
  /// The older dialect's steps in degrees of latitude and longitude; 0 for one that has none. Empty: a circle.
  std::vector<double> rounding = {};
  std::string text;
  std::string ns;
  friend auto operator<=>(const Threshold&, const Threshold&) = default;
};

/// How fine a geodetic grant is, from fine to coarse: by radius, a circle before a rounding, then by the roundings' steps. A grant without
/// a radius counts as exact.
using GrantKey = std::pair<double, std::vector<double>>;
[[nodiscard]] GrantKey key_of(const policy::GeodeticGrant& grant);

/// The note's language as one text: no language is another than an empty one.
[[nodiscard]] std::string language_key(const policy::SetNoteWell& note);

/// Whether the rule on its own gives it (a permission that is there twice counts twice).
[[nodiscard]] bool gives(const policy::Rule& rule, const Threshold& threshold);

using ClaimShape = property::Formula<Threshold>;

/// The claim over one run, with everything that it needs beside: sub-handling allow and a component in presence usage, a matching rule in
/// geolocation usage.
[[nodiscard]] ClaimShape shape_of(const property::Formula<property::ClaimAtom>& claim, policy::Usage usage,
                                  const engine::Readings& readings);

/// Whether it asks of everybody in the group what nobody has to whom no rule gives anything. Those are then meant who are written as they are named, and of those whom an
/// engine takes for others (smt::OtherSpelling) them alone who are shown something all the same.
[[nodiscard]] bool is_for_those_as_named(const property::Property& property, policy::Usage usage, const engine::Readings& readings);

}  // namespace presproof::smt
