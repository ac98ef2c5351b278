#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.h"
#include "enumerate/cells.h"
#include "policy/rule_set.h"

/// When and where something is so, told by what the conditions of rules (RFC 4745 section 7, RFC 6772 section 4) tell apart.
///
/// The states of the presentity are cells (enumerate/cells.h): what holds in one state of a cell holds in all. What is so in all of some times,
/// in some spheres and at some places, and nowhere else, can be told by these three; anything else only by an example.
namespace presproof::diff {

/// from <= t < until; nothing: since ever, for ever.
struct Period {
  std::optional<Instant> from;
  std::optional<Instant> until;
  friend bool operator==(const Period&, const Period&) = default;
};
/// The spheres named, or all others and none at all.
struct SpheresTold {
  std::vector<std::string> named;
  bool others = false;
  friend bool operator==(const SpheresTold&, const SpheresTold&) = default;
};
/// Where one of the conditions holds, or where none does, which is also where the place is not known.
struct PlacesTold {
  std::vector<policy::LocationCondition> conditions;
  bool outside = false;
  friend bool operator==(const PlacesTold&, const PlacesTold&) = default;
};

struct Circumstances {
  /// It is so in exactly the states that the rest describes. Else the rest is empty, and there are states in which it is so.
  bool exact = false;
  std::optional<std::vector<Period>> times;  ///< nothing: at any time
  std::optional<SpheresTold> spheres;        ///< nothing: in any sphere
  std::optional<PlacesTold> places;          ///< nothing: wherever the presentity is
  [[nodiscard]] bool always() const { return exact && !times && !spheres && !places; }
  friend bool operator==(const Circumstances&, const Circumstances&) = default;
};

/// `holds` is asked for the cells by their numbers: time, sphere, location; it holds somewhere. `rules` are those of which the cells were made.
[[nodiscard]] Circumstances circumstances_of(const std::function<bool(std::size_t, std::size_t, std::size_t)>& holds,
                                             const enumerate::Cells& cells, const std::vector<const policy::Rule*>& rules);

}  // namespace presproof::diff
