#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/instant.h"
#include "base/kleene.h"
#include "geo/position.h"
#include "policy/rule_set.h"
#include "property/property.h"

/// Parts of all states, as a certificate's tree cuts them out, and what conditions are worth in one. This guides the search for small trees;
/// nothing rests on it, since whoever checks a certificate decides every leaf anew.
namespace presproof::certificate {

struct SphereIs {
  std::string value;  ///< lower case; empty: undefined
  friend auto operator<=>(const SphereIs&, const SphereIs&) = default;
};
struct InCircle {
  std::size_t circle = 0;  ///< number in Circles
  friend auto operator<=>(const InCircle&, const InCircle&) = default;
};
struct FieldIs {
  std::string field;
  std::string text;
  friend auto operator<=>(const FieldIs&, const FieldIs&) = default;
};
/// from <= t < until.
struct Times {
  Instant from;
  Instant until;
  friend auto operator<=>(const Times&, const Times&) = default;
};
struct Constant {
  bool value = false;
  friend auto operator<=>(const Constant&, const Constant&) = default;
};
using Atom = std::variant<Constant, Times, SphereIs, InCircle, FieldIs>;
using Condition = property::Formula<Atom>;

/// The distinct circles, numbered as they are met.
class Circles {
 public:
  [[nodiscard]] std::size_t number_of(const geo::Circle& circle);
  [[nodiscard]] const geo::Circle& operator[](std::size_t number) const { return circles_[number]; }
  [[nodiscard]] std::size_t size() const { return circles_.size(); }

 private:
  std::vector<geo::Circle> circles_;
  std::map<std::pair<std::pair<double, double>, double>, std::size_t> numbers_;
};

/// A rule's conditions on the state, and a property's guard for watchers that are authenticated or are not.
[[nodiscard]] Condition condition_of(const policy::Rule& rule, Circles& circles);
[[nodiscard]] Condition guard_of(const property::Property& property, bool authenticated, Circles& circles);

struct Part {
  Instant from = kFirstInstant;
  Instant until = kEndOfInstants;
  std::optional<std::string> sphere;
  std::set<std::string> not_spheres;
  std::map<std::size_t, bool> inside;
  std::map<std::string, std::string> civic;
  std::set<std::pair<std::string, std::string>> not_civic;

  [[nodiscard]] Tri value(const Atom& atom) const;
  [[nodiscard]] Tri value(const Condition& condition) const;
  /// The atoms that keep the condition from being decided.
  void open_atoms(const Condition& condition, std::vector<const Atom*>& found) const;
};

}  // namespace presproof::certificate
