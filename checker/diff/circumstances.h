#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/instant.h"
#include "enumerate/cells.h"
#include "policy/rule_set.h"

/// When and where something is so, told by what the conditions of rules (RFC 4745 section 7, RFC 6772 section 4) tell apart.
///
/// The states of the presentity are cells (enumerate/cells.h): what holds in one state of a cell holds in all. What is so in all of some times,
/// in some spheres and at some places can be told by these three; other things by several of these, or, where that takes too many, by an example.
namespace presproof::diff {

/// from <= t < until; nothing: since ever, for ever.
struct Period {
  std::optional<Instant> from;
  std::optional<Instant> until;
  friend bool operator==(const Period&, const Period&) = default;
};
/// The spheres named, or all others; and whether it is so where no sphere is known.
struct SpheresTold {
  std::vector<std::string> named;
  bool others = false;
  bool undefined = false;
  friend bool operator==(const SpheresTold&, const SpheresTold&) = default;
};
/// Where one of the conditions holds (none named: wherever it is, also where the place is not known), and none of the exceptions.
struct PlacesTold {
  std::vector<policy::LocationCondition> conditions;
  std::vector<policy::LocationCondition> exceptions;
  friend bool operator==(const PlacesTold&, const PlacesTold&) = default;
};

struct Circumstance {
  std::optional<std::vector<Period>> times;  ///< nothing: at any time
  std::optional<SpheresTold> spheres;        ///< nothing: in any sphere
  std::optional<PlacesTold> places;          ///< nothing: wherever the presentity is
  friend bool operator==(const Circumstance&, const Circumstance&) = default;
};

struct Circumstances {
  /// It is so in exactly the states that one of these describes; they may overlap. Empty: there are states in which it is so.
  std::vector<Circumstance> any_of;
  [[nodiscard]] bool exact() const { return !any_of.empty(); }
  [[nodiscard]] bool always() const { return any_of == std::vector<Circumstance>(1); }
  friend bool operator==(const Circumstances&, const Circumstances&) = default;
};

/// More are told by an example.
inline constexpr std::size_t kMostCircumstances = 4;

/// Tells circumstances of cells, as often as asked.
class Teller {
 public:
  /// `sides` are the rules of which the cells were made. Both must outlive it.
  Teller(const enumerate::Cells& cells, std::span<const enumerate::RulesAs> sides);
  ~Teller();
  Teller(const Teller&) = delete;
  Teller& operator=(const Teller&) = delete;

  /// A state of a cell: (time * spheres + sphere) * locations + location. People read it, so its place has few digits where one in the cell has.
  [[nodiscard]] policy::State state(std::size_t number) const;
  /// Of states, as many as there are, some of which are chosen.
  [[nodiscard]] Circumstances circumstances_of(const std::vector<bool>& chosen) const;
  /// The same where not all of these need be told, but the `needed` ones among them.
  [[nodiscard]] Circumstances circumstances_of(const std::vector<bool>& chosen, const std::vector<bool>& needed) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace presproof::diff
