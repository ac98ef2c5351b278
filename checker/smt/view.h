#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/readings.h"
#include "policy/request.h"
#include "policy/rule_set.h"
#include "property/property.h"
#include "smt/threshold.h"

/// What a watcher is given, as yes-or-no observations, each monotone: when more rules match, what was observed stays (the readings `coarsest`
/// and the booleans of RFC 6772 sections 6.1 and 6.4 aside). Two sets of matching rules give the same when every observation that one of
/// their rules could make is the same.
namespace presproof::smt {

/// Location at least as fine as a grant (which may be the older dialect's rounding), or, with `strictly`, finer.
struct AsFineAs {
  double radius_m = 0;
  std::optional<policy::GeodeticGrant::Rounding> rounding;
  bool strictly = false;
  friend bool operator==(const AsFineAs&, const AsFineAs&) = default;
};
/// A boolean of RFC 6772 that the rules combine to true, or do not combine to false.
struct BooleanSet {
  bool rule_reference = false;  ///< else set-retransmission-allowed
  bool to_true = false;         ///< else: not set to false
  friend bool operator==(const BooleanSet&, const BooleanSet&) = default;
};
struct NoteWell {
  policy::SetNoteWell note;
  friend bool operator==(const NoteWell&, const NoteWell&) = default;
};

struct Observation {
  std::string_view permission;  ///< its key in the contract's `permissions`
  std::variant<property::ClaimAtom, AsFineAs, BooleanSet, NoteWell> what;
  /// Counts only where both sides allow: what it speaks of has a meaning there alone.
  bool among_allowed = false;
};

[[nodiscard]] ClaimShape shape_of(const Observation& observation, policy::Usage usage, const engine::Readings& readings);

/// What rules with these permissions could make a difference to; each observation once, in an order that depends on the rules' order alone.
/// Sub-handling, components as such and provide-all-attributes are always among them, so whatever these hide is found, too.
[[nodiscard]] std::vector<Observation> observations_of(std::span<const policy::Rule* const> rules, policy::Usage usage,
                                                       const engine::Readings& readings);

/// A text that no selector of the rules has: selected when all of a component is.
inline constexpr std::string_view kUnnamed = "\x01unnamed";

}  // namespace presproof::smt
