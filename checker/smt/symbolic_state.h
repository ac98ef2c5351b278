#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "geo/civic.h"
#include "geo/position.h"
#include "policy/request.h"
#include "policy/rule_set.h"
#include "property/property.h"
#include "smt/cells.h"
#include "smt/finite_variable.h"
#include "smt/term.h"

/// The presentity's state as variables: the cell of time, the sphere (undefined, another, or one of those named), whether the
/// target is inside each circle, and each civic field (absent, or one of the texts named). Nothing in a policy or property can tell
/// two states apart that agree in these. Which patterns of inside and outside exist on earth is for geometry.h to say.
namespace presproof::smt {

/// What a policy and its properties name of states: in the policy's order, then in an order that does not depend on that of the
/// properties.
class Vocabulary {
 public:
  Vocabulary(const policy::Policy& policy, const property::Properties& properties);

  std::vector<Instant> breakpoints;
  std::vector<std::string> spheres;  ///< as first written; no two equal but for ASCII case
  std::vector<geo::Circle> circles;
  std::map<std::string, std::vector<std::string>> civic;  ///< field to its texts

 private:
  void add_sphere(const std::string& value);
  void add(const geo::Circle& circle);
  void add(const geo::CivicAddress& fields);
  void add(const policy::Rule& rule);
  void add(const property::Properties& properties);
  std::map<std::string, bool> known_spheres_;
  std::map<std::pair<std::pair<double, double>, double>, bool> known_circles_;
};

using CircleId = std::uint32_t;

class SymbolicState {
 public:
  SymbolicState(TermStore& terms, const policy::Policy& policy, const property::Properties& properties);
  /// The same state for a store that stands on the store of `base`.
  SymbolicState(TermStore& terms, const SymbolicState& base);

  [[nodiscard]] const Vocabulary& vocabulary() const { return vocabulary_; }
  [[nodiscard]] const TimeCells& cells() const { return cells_; }
  [[nodiscard]] CellSet between(Instant from, Instant until) const { return CellSet({cells_.between(from, until)}); }

  [[nodiscard]] Term time_in(const CellSet& set) { return time_.in(set); }
  /// Nothing: undefined.
  [[nodiscard]] Term sphere_is(const std::optional<std::string>& value);
  [[nodiscard]] Term inside(const geo::Circle& circle) const { return inside_[circle_id(circle)]; }
  [[nodiscard]] Term inside(const geo::CivicAddress& fields);

  /// A sphere that is defined and that nobody names.
  [[nodiscard]] Term sphere_is_another();
  /// A text for such a sphere that differs from `taken`.
  [[nodiscard]] std::string another_sphere(const std::optional<std::string>& taken) const;

  /// The variables of a part of the state; of all of it for `handling`, which depends on all.
  [[nodiscard]] std::vector<Term> variables_of(property::Secret secret) const;

  /// That every finite variable has one of its values.
  [[nodiscard]] const std::vector<Term>& bounds() const { return bounds_; }

  /// The circle that a variable is about, if it is about one.
  [[nodiscard]] std::optional<CircleId> circle_of(std::uint32_t node) const;
  [[nodiscard]] const geo::Circle& circle(CircleId id) const { return vocabulary_.circles[id]; }
  [[nodiscard]] Term inside_circle(CircleId id) const { return inside_[id]; }

  /// Cell number, sphere and civic address that variables stand for; another sphere is a text that nobody names.
  [[nodiscard]] std::uint32_t cell_in(const Valuation& values) const { return time_.value_in(values); }
  [[nodiscard]] std::optional<std::string> sphere_in(const Valuation& values) const;
  [[nodiscard]] std::optional<geo::CivicAddress> civic_in(const Valuation& values) const;
  /// The other way round, exactly: by real geodesics for the `relevant` circles alone.
  void assign(const policy::State& state, std::span<const CircleId> relevant, Valuation& values) const;

 private:
  [[nodiscard]] CircleId circle_id(const geo::Circle& circle) const;
  struct CivicField {
    std::string name;
    std::shared_ptr<const std::vector<std::string>> texts;
    FiniteVariable variable;  ///< 0: absent
  };
  /// What states of all stores have in common: terms of the base alone.
  struct Fixed {
    Fixed(const policy::Policy& policy, const property::Properties& properties) : vocabulary(policy, properties), cells(vocabulary.breakpoints) {}
    Vocabulary vocabulary;
    TimeCells cells;
    std::vector<Term> inside;
    std::map<std::pair<std::pair<double, double>, double>, CircleId> circle_ids;
    std::vector<std::uint32_t> circle_nodes;  ///< the variables' numbers, ascending, by circle
    std::map<std::string, std::uint32_t> sphere_values;  ///< by lower-case text
    std::vector<Term> bounds;
  };
  SymbolicState(TermStore& terms, const std::shared_ptr<Fixed>& fixed);

  TermStore* terms_;
  std::shared_ptr<const Fixed> fixed_;
  const Vocabulary& vocabulary_;
  const TimeCells& cells_;
  const std::vector<Term>& inside_;
  const std::map<std::string, std::uint32_t>& sphere_values_;
  const std::vector<Term>& bounds_;
  FiniteVariable time_;
  FiniteVariable sphere_;  ///< 0: undefined, 1: another, 2...: named
  std::map<std::string, CivicField> civic_;
};

}  // namespace presproof::smt
