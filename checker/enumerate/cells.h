#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "enumerate/arrangement.h"
#include "enumerate/budget.h"
#include "policy/request.h"
#include "policy/rule_set.h"
#include "property/property.h"
#include "semantics/evaluator.h"

/// States enough, for some rules and one property's guard: times, spheres and locations, each with what the conditions make of it. Two
/// times (spheres, locations) of which every condition makes the same are one cell, and one of them stands for it.
namespace presproof::enumerate {

/// A set of rules as numbers in a list.
class RuleMask {
 public:
  explicit RuleMask(std::size_t rules = 0) : words_((rules + 63) / 64) {}
  void add(std::size_t rule) { words_[rule / 64] |= std::uint64_t{1} << (rule % 64); }
  [[nodiscard]] bool contains(std::size_t rule) const { return (words_[rule / 64] >> (rule % 64) & 1) != 0; }
  [[nodiscard]] RuleMask both(const RuleMask& other) const {
    RuleMask result = *this;
    for (std::size_t i = 0; i < words_.size(); ++i) result.words_[i] &= other.words_[i];
    return result;
  }
  friend auto operator<=>(const RuleMask&, const RuleMask&) = default;

 private:
  std::vector<std::uint64_t> words_;
};

template <class Value>
struct Cell {
  Value value;
  RuleMask rules;  ///< those whose conditions about this kind of value hold
};

struct Cells {
  std::vector<Cell<Instant>> times;
  std::vector<Cell<std::optional<std::string>>> spheres;
  std::vector<Cell<policy::TargetLocation>> locations;
  bool certain = true;  ///< false: a cell may be missing
};

/// Rules, and how their conditions are decided.
struct RulesAs {
  std::span<const policy::Rule* const> rules;
  const semantics::Options& options;
};

class CellFinder {
 public:
  /// The rules of all `sides` are numbered one after the other. All of these must outlive it.
  CellFinder(std::span<const RulesAs> sides, const property::Property& property, Arrangements& arrangements, Budget& budget);

  /// Nothing when the budget ended.
  [[nodiscard]] std::optional<Cells> find();

 private:
  /// One that two sides may decide otherwise is two.
  struct Different {
    const policy::Condition* condition;
    const semantics::Options* options;
  };

  void collect(const policy::Rule& rule);
  void collect(const property::Formula<property::GuardAtom>& guard);
  void collect(const geo::CivicAddress& fields);

  /// What the different conditions of one kind make of a state, one by one, those of other kinds as if they held; then the guard's atoms.
  template <class Condition, class Atom>
  [[nodiscard]] std::vector<bool> made_of(const policy::State& state) const;
  [[nodiscard]] RuleMask rules_that_allow(const std::vector<bool>& made) const;
  template <class Condition, class Atom, class Value>
  [[nodiscard]] std::vector<Cell<Value>> cells(const std::vector<Value>& values, Value policy::State::*member) const;
  [[nodiscard]] std::vector<Instant> times() const;
  [[nodiscard]] std::vector<std::optional<std::string>> spheres() const;
  [[nodiscard]] std::vector<std::optional<geo::CivicAddress>> addresses();
  [[nodiscard]] std::vector<policy::TargetLocation> locations();

  const property::Property& property_;
  Arrangements& arrangements_;
  Budget& budget_;
  std::vector<Different> different_;               ///< two that mean the same are asked once
  std::vector<std::vector<std::size_t>> numbers_;  ///< for each rule those of its conditions in different_
  std::vector<const property::GuardAtom*> atoms_;
  std::vector<Instant> breakpoints_;
  std::vector<std::string> named_spheres_;
  std::vector<Arrangements::CircleId> circles_;
  std::map<std::string, std::vector<std::string>> civic_;
  bool certain_ = true;
};

}  // namespace presproof::enumerate
