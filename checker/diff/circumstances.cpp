#include "diff/circumstances.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/lexical.h"
#include "semantics/match.h"

namespace presproof::diff {
namespace {

using enumerate::Cells;
using Sides = std::span<const enumerate::RulesAs>;
using Chosen = std::vector<bool>;  ///< of the cells of one kind

/// Calls `visit` with every condition of one kind, and how it is decided.
template <class Condition, class Visit>
void for_each(Sides sides, Visit visit) {
  for (const auto& [rules, options] : sides) {
    for (const policy::Rule* rule : rules) {
      for (const policy::Condition& condition : rule->conditions) {
        if (const auto* found = std::get_if<Condition>(&condition)) visit(*found, condition, options);
      }
    }
  }
}

bool none_in(const Chosen& chosen) { return std::find(chosen.begin(), chosen.end(), true) == chosen.end(); }
bool all_in(const Chosen& chosen) { return std::find(chosen.begin(), chosen.end(), false) == chosen.end(); }
Chosen both(Chosen a, const Chosen& b) {
  for (std::size_t i = 0; i < a.size(); ++i) a[i] = a[i] && b[i];
  return a;
}
Chosen either(Chosen a, const Chosen& b) {
  for (std::size_t i = 0; i < a.size(); ++i) a[i] = a[i] || b[i];
  return a;
}

/// What all conditions of one kind make of a value; the same for all values of a cell.
template <class Condition, class Value>
std::vector<bool> made_of(const Value& value, Value policy::State::*member, Sides sides) {
  policy::Request request;
  request.state.*member = value;
  std::vector<bool> made;
  for_each<Condition>(sides, [&](const Condition&, const policy::Condition& condition, const semantics::Options& options) {
    made.push_back(semantics::holds(condition, request, options));
  });
  return made;
}

/// Whether the cell of a value is chosen.
template <class Condition, class Value>
bool is_chosen(const Value& value, Value policy::State::*member, const std::vector<enumerate::Cell<Value>>& cells, const Chosen& chosen, Sides sides) {
  const auto made = made_of<Condition>(value, member, sides);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (chosen[i] && made_of<Condition>(cells[i].value, member, sides) == made) return true;
  }
  return false;
}

std::vector<Period> periods(const Cells& cells, const Chosen& chosen, Sides sides) {
  std::set<Instant> starts = {kFirstInstant};
  for_each<policy::ValidityCondition>(sides, [&](const policy::ValidityCondition& validity, const auto&, const auto&) {
    for (const policy::ValidityPair& pair : validity.pairs) {
      for (const auto& end : {pair.from, pair.until}) {
        if (end && kFirstInstant < *end && *end < kEndOfInstants) starts.insert(*end);
      }
    }
  });
  std::vector<Period> result;
  bool open = false;
  for (const Instant start : starts) {
    const bool is_in = is_chosen<policy::ValidityCondition>(start, &policy::State::time, cells.times, chosen, sides);
    if (is_in && !open) result.push_back({start == kFirstInstant ? std::nullopt : std::optional(start), std::nullopt});
    if (!is_in && open) result.back().until = start;
    open = is_in;
  }
  return result;
}

SpheresTold spheres_told(const Cells& cells, const Chosen& chosen, Sides sides) {
  std::vector<std::string> tokens;
  std::set<std::string> known;
  for_each<policy::SphereCondition>(sides, [&](const policy::SphereCondition& sphere, const auto&, const auto&) {
    for (const std::string& token : sphere.tokens) {
      if (known.insert(to_lower_ascii(token)).second) tokens.push_back(token);
    }
  });
  std::string another = "another";
  while (known.contains(another)) another += '0';
  const auto is_so = [&](const std::optional<std::string>& sphere) {
    return is_chosen<policy::SphereCondition>(sphere, &policy::State::sphere, cells.spheres, chosen, sides);
  };
  SpheresTold told;
  told.others = is_so(another);
  told.undefined = is_so(std::nullopt);
  // Others are told by those that are not among them.
  std::copy_if(tokens.begin(), tokens.end(), std::back_inserter(told.named), [&](const std::string& token) { return is_so(token) != told.others; });
  return told;
}

/// A condition about the place, and in which cells it holds.
struct Area {
  policy::LocationCondition condition;
  Chosen cells;
};

std::vector<Area> areas_of(const Cells& cells, Sides sides) {
  std::vector<Area> areas;
  for_each<policy::LocationCondition>(sides, [&](const policy::LocationCondition& location, const policy::Condition& condition, const semantics::Options& options) {
    if (std::any_of(areas.begin(), areas.end(), [&](const Area& area) { return area.condition == location; })) return;
    Chosen there(cells.locations.size());
    for (std::size_t i = 0; i < there.size(); ++i) {
      policy::Request request;
      request.state.location = cells.locations[i].value;
      there[i] = semantics::holds(condition, request, options);
    }
    areas.push_back({location, std::move(there)});
  });
  return areas;
}

/// Areas that hold in none of `not_in`, when they hold in all of `all_of` together; none that the others make superfluous as they come.
std::optional<std::vector<policy::LocationCondition>> covering(const Chosen& all_of, const Chosen& not_in, const std::vector<Area>& areas) {
  std::vector<policy::LocationCondition> conditions;
  Chosen covered(all_of.size());
  for (const Area& area : areas) {
    if (!none_in(both(area.cells, not_in))) continue;
    const Chosen more = either(covered, both(area.cells, all_of));
    if (more == covered) continue;
    conditions.push_back(area.condition);
    covered = more;
  }
  if (covered != all_of) return std::nullopt;
  return conditions;
}

std::optional<PlacesTold> places_told(const Chosen& chosen, const std::vector<Area>& areas) {
  Chosen rest = chosen;
  rest.flip();
  if (auto inside = covering(chosen, rest, areas)) return PlacesTold{std::move(*inside), {}};
  if (auto outside = covering(rest, chosen, areas)) return PlacesTold{{}, std::move(*outside)};
  // Inside of some, outside of others: what no exception can take away must not be inside.
  Chosen kept = rest;
  for (const Area& area : areas) {
    if (!none_in(both(area.cells, chosen))) continue;
    for (std::size_t i = 0; i < kept.size(); ++i) kept[i] = kept[i] && !area.cells[i];
  }
  auto inside = covering(chosen, kept, areas);
  if (!inside) return std::nullopt;
  Chosen surplus(rest.size());
  for (const Area& area : areas) {
    if (std::find(inside->begin(), inside->end(), area.condition) != inside->end()) surplus = either(surplus, area.cells);
  }
  auto exceptions = covering(both(surplus, rest), chosen, areas);
  if (!exceptions) return std::nullopt;
  return PlacesTold{std::move(*inside), std::move(*exceptions)};
}

/// Some times, spheres and places; all of their combinations.
using Product = std::array<Chosen, 3>;

/// The states in which something is so, as cells by number.
class States {
 public:
  States(const HoldsIn& holds, const HoldsIn* needed, const Cells& cells) : sizes_{cells.times.size(), cells.spheres.size(), cells.locations.size()} {
    so_.resize(sizes_[0] * sizes_[1] * sizes_[2]);
    for_all([&](const std::array<std::size_t, 3>& at) { so_[number(at)] = holds(at[0], at[1], at[2]); });
    left_ = so_;
    if (needed == nullptr) return;
    for_all([&](const std::array<std::size_t, 3>& at) { left_[number(at)] = so_[number(at)] && (*needed)(at[0], at[1], at[2]); });
  }

  [[nodiscard]] bool none_left() const { return none_in(left_); }
  /// The smallest product that has all of them.
  [[nodiscard]] Product hull() const {
    Product hull = {Chosen(sizes_[0]), Chosen(sizes_[1]), Chosen(sizes_[2])};
    for_all([&](const std::array<std::size_t, 3>& at) {
      for (std::size_t kind = 0; kind < 3; ++kind)
        if (so_[number(at)]) hull[kind][at[kind]] = true;
    });
    return hull;
  }
  [[nodiscard]] bool has_all_of(const Product& product) const { return count(product, [&](std::size_t state) { return !so_[state]; }) == 0; }
  [[nodiscard]] std::size_t left_in(const Product& product) const { return count(product, [&](std::size_t state) { return left_[state]; }); }
  void take(const Product& product) {
    for_all([&](const std::array<std::size_t, 3>& at) {
      if (product[0][at[0]] && product[1][at[1]] && product[2][at[2]]) left_[number(at)] = false;
    });
  }
  /// The first that is left, with as much of each kind as there can be, in this order.
  [[nodiscard]] Product grown(const std::array<std::size_t, 3>& order) const {
    const auto first = static_cast<std::size_t>(std::find(left_.begin(), left_.end(), true) - left_.begin());
    const std::array<std::size_t, 3> at = {first / sizes_[2] / sizes_[1], first / sizes_[2] % sizes_[1], first % sizes_[2]};
    Product product = {Chosen(sizes_[0]), Chosen(sizes_[1]), Chosen(sizes_[2])};
    for (std::size_t kind = 0; kind < 3; ++kind) product[kind][at[kind]] = true;
    for (const std::size_t kind : order) {
      for (std::size_t i = 0; i < sizes_[kind]; ++i) {
        if (product[kind][i]) continue;
        Product slice = product;
        slice[kind].assign(sizes_[kind], false);
        slice[kind][i] = true;
        if (has_all_of(slice)) product[kind][i] = true;
      }
    }
    return product;
  }

 private:
  [[nodiscard]] std::size_t number(const std::array<std::size_t, 3>& at) const { return (at[0] * sizes_[1] + at[1]) * sizes_[2] + at[2]; }
  template <class Visit>
  void for_all(Visit visit) const {
    std::array<std::size_t, 3> at{};
    for (at[0] = 0; at[0] < sizes_[0]; ++at[0])
      for (at[1] = 0; at[1] < sizes_[1]; ++at[1])
        for (at[2] = 0; at[2] < sizes_[2]; ++at[2]) visit(at);
  }
  template <class Test>
  [[nodiscard]] std::size_t count(const Product& product, Test test) const {
    std::size_t result = 0;
    for (std::size_t time = 0; time < sizes_[0]; ++time) {
      for (std::size_t sphere = 0; product[0][time] && sphere < sizes_[1]; ++sphere) {
        for (std::size_t place = 0; product[1][sphere] && place < sizes_[2]; ++place) result += product[2][place] && test(number({time, sphere, place})) ? 1 : 0;
      }
    }
    return result;
  }

  std::array<std::size_t, 3> sizes_;
  Chosen so_;
  Chosen left_;
};

class Teller {
 public:
  Teller(const Cells& cells, Sides sides) : cells_(cells), sides_(sides), areas_(areas_of(cells, sides)) {}

  [[nodiscard]] std::optional<Circumstance> told(const Product& product) const {
    const auto& [times, spheres, places] = product;
    Circumstance one;
    if (!all_in(times)) one.times = periods(cells_, times, sides_);
    if (!all_in(spheres)) one.spheres = spheres_told(cells_, spheres, sides_);
    if (all_in(places)) return one;
    one.places = places_told(places, areas_);
    if (!one.places) return std::nullopt;
    return one;
  }

 private:
  const Cells& cells_;
  Sides sides_;
  std::vector<Area> areas_;
};

constexpr std::array<std::array<std::size_t, 3>, 6> kOrders = {{{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}}};

Circumstances told_of(States states, const Cells& cells, Sides sides) {
  if (states.none_left()) return {};
  const Teller teller(cells, sides);
  if (const Product hull = states.hull(); states.has_all_of(hull)) {
    auto told = teller.told(hull);
    return told ? Circumstances{{std::move(*told)}} : Circumstances{};
  }
  Circumstances result;
  while (!states.none_left()) {
    if (result.any_of.size() == kMostCircumstances) return {};
    std::optional<std::pair<std::size_t, Product>> best;
    std::optional<Circumstance> best_told;
    for (const auto& order : kOrders) {
      const Product grown = states.grown(order);
      const std::size_t count = states.left_in(grown);
      if (best && best->first >= count) continue;
      auto told = teller.told(grown);
      if (!told) continue;
      best = {count, grown};
      best_told = std::move(told);
    }
    if (!best) return {};
    result.any_of.push_back(std::move(*best_told));
    states.take(best->second);
  }
  return result;
}

}  // namespace

Circumstances circumstances_of(const HoldsIn& holds, const Cells& cells, Sides sides) {
  return cells.certain ? told_of({holds, nullptr, cells}, cells, sides) : Circumstances{};
}

Circumstances circumstances_of(const HoldsIn& holds, const HoldsIn& needed, const Cells& cells, Sides sides) {
  return cells.certain ? told_of({holds, &needed, cells}, cells, sides) : Circumstances{};
}

}  // namespace presproof::diff
