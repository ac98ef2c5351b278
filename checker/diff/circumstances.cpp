#include "diff/circumstances.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "base/lexical.h"
#include "diag/error.h"
#include "semantics/match.h"

namespace presproof::diff {
namespace {

using enumerate::Cells;
using Sides = std::span<const enumerate::RulesAs>;
using Chosen = std::vector<bool>;  ///< of the cells of one kind

/// Calls `visit` with every condition of one kind: the rule's number and the rule, the condition, and how it is decided.
template <class Condition, class Visit>
void for_each(Sides sides, Visit visit) {
  std::size_t number = 0;
  for (const auto& [rules, options] : sides) {
    for (const policy::Rule* rule : rules) {
      for (const policy::Condition& condition : rule->conditions) {
        if (const auto* found = std::get_if<Condition>(&condition)) visit(number, *rule, *found, condition, options);
      }
      ++number;
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
  for_each<Condition>(sides, [&](std::size_t, const policy::Rule&, const Condition&, const policy::Condition& condition, const semantics::Options& options) {
    made.push_back(semantics::holds(condition, request, options));
  });
  return made;
}

/// Finds the cells that values are in.
template <class Condition, class Value>
class Places {
 public:
  Places(Value policy::State::*member, const std::vector<enumerate::Cell<Value>>& cells, Sides sides) : member_(member), sides_(sides) {
    for (std::size_t cell = 0; cell < cells.size(); ++cell) cell_of_.emplace(made_of<Condition>(cells[cell].value, member, sides), cell);
  }
  /// Every value is in one.
  [[nodiscard]] std::size_t cell_of(const Value& value) const {
    const auto found = cell_of_.find(made_of<Condition>(value, member_, sides_));
    if (found == cell_of_.end()) throw diag::InternalError("a state is in no cell");
    return found->second;
  }

 private:
  Value policy::State::*member_;
  Sides sides_;
  std::map<std::vector<bool>, std::size_t> cell_of_;
};

/// Moments between which nothing changes, each with the cell that begins there.
std::vector<std::pair<Instant, std::size_t>> starts_of(const Cells& cells, Sides sides) {
  std::set<Instant> starts = {kFirstInstant};
  for_each<policy::ValidityCondition>(sides, [&](std::size_t, const auto&, const policy::ValidityCondition& validity, const auto&, const auto&) {
    for (const policy::ValidityPair& pair : validity.pairs) {
      for (const auto& end : {pair.from, pair.until}) {
        if (end && kFirstInstant < *end && *end < kEndOfInstants) starts.insert(*end);
      }
    }
  });
  const Places<policy::ValidityCondition, Instant> places(&policy::State::time, cells.times, sides);
  std::vector<std::pair<Instant, std::size_t>> result;
  for (const Instant start : starts) result.emplace_back(start, places.cell_of(start));
  return result;
}

std::vector<Period> periods(const std::vector<std::pair<Instant, std::size_t>>& starts, const Chosen& chosen) {
  std::vector<Period> result;
  bool open = false;
  for (const auto& [start, cell] : starts) {
    if (chosen[cell] && !open) result.push_back({start == kFirstInstant ? std::nullopt : std::optional(start), std::nullopt});
    if (!chosen[cell] && open) result.back().until = start;
    open = chosen[cell];
  }
  return result;
}

/// The cells of the spheres that are named, of another one, and of none.
struct SphereCells {
  std::vector<std::pair<std::string, std::size_t>> named;
  std::size_t another = 0;
  std::size_t undefined = 0;
};

SphereCells sphere_cells_of(const Cells& cells, Sides sides) {
  const Places<policy::SphereCondition, std::optional<std::string>> places(&policy::State::sphere, cells.spheres, sides);
  SphereCells result;
  std::set<std::string> known;
  for_each<policy::SphereCondition>(sides, [&](std::size_t, const auto&, const policy::SphereCondition& sphere, const auto&, const auto&) {
    for (const std::string& token : sphere.tokens) {
      if (known.insert(to_lower_ascii(token)).second) result.named.emplace_back(token, places.cell_of(token));
    }
  });
  std::string another = "another";
  while (known.contains(another)) another += '0';
  result.another = places.cell_of(another);
  result.undefined = places.cell_of(std::nullopt);
  return result;
}

SpheresTold spheres_told(const SphereCells& cells, const Chosen& chosen) {
  SpheresTold told;
  told.others = chosen[cells.another];
  told.undefined = chosen[cells.undefined];
  // Others are told by those that are not among them.
  for (const auto& [token, cell] : cells.named)
    if (chosen[cell] != told.others) told.named.push_back(token);
  return told;
}

/// A condition about the place, and in which cells it holds.
struct Area {
  policy::LocationCondition condition;
  Chosen cells;
};

std::vector<Area> areas_of(const Cells& cells, Sides sides) {
  std::vector<Area> areas;
  const auto is_location = [](const policy::Condition& each) { return std::holds_alternative<policy::LocationCondition>(each); };
  for_each<policy::LocationCondition>(sides, [&](std::size_t number, const policy::Rule& rule, const policy::LocationCondition& location, const policy::Condition& condition, const semantics::Options& options) {
    if (std::any_of(areas.begin(), areas.end(), [&](const Area& area) { return area.condition == location; })) return;
    // The cells know of rules; geodesics take long.
    const bool is_known = std::count_if(rule.conditions.begin(), rule.conditions.end(), is_location) == 1;
    Chosen there(cells.locations.size());
    for (std::size_t i = 0; i < there.size(); ++i) {
      policy::Request request;
      request.state.location = cells.locations[i].value;
      there[i] = is_known ? cells.locations[i].rules.contains(number) : semantics::holds(condition, request, options);
    }
    areas.push_back({location, std::move(there)});
  });
  return areas;
}

/// Areas, by number, that hold in none of `not_in`, when they hold in all of `all_of` together; none that the others make superfluous as they come.
std::optional<std::vector<std::size_t>> covering(const Chosen& all_of, const Chosen& not_in, const std::vector<Area>& areas) {
  std::vector<std::size_t> numbers;
  Chosen covered(all_of.size());
  for (std::size_t number = 0; number < areas.size(); ++number) {
    if (!none_in(both(areas[number].cells, not_in))) continue;
    Chosen more = either(covered, both(areas[number].cells, all_of));
    if (more == covered) continue;
    numbers.push_back(number);
    covered = std::move(more);
  }
  if (covered != all_of) return std::nullopt;
  return numbers;
}

std::vector<policy::LocationCondition> conditions_of(const std::vector<std::size_t>& numbers, const std::vector<Area>& areas) {
  std::vector<policy::LocationCondition> conditions;
  for (const std::size_t number : numbers) conditions.push_back(areas[number].condition);
  return conditions;
}

std::optional<PlacesTold> places_told(const Chosen& chosen, const std::vector<Area>& areas) {
  Chosen rest = chosen;
  rest.flip();
  if (const auto inside = covering(chosen, rest, areas)) return PlacesTold{conditions_of(*inside, areas), {}};
  if (const auto outside = covering(rest, chosen, areas)) return PlacesTold{{}, conditions_of(*outside, areas)};
  // Inside of some, outside of others: what no exception can take away must not be inside.
  Chosen kept = rest;
  for (const Area& area : areas) {
    if (!none_in(both(area.cells, chosen))) continue;
    for (std::size_t i = 0; i < kept.size(); ++i) kept[i] = kept[i] && !area.cells[i];
  }
  const auto inside = covering(chosen, kept, areas);
  if (!inside) return std::nullopt;
  Chosen surplus(rest.size());
  for (const std::size_t number : *inside) surplus = either(surplus, areas[number].cells);
  const auto exceptions = covering(both(surplus, rest), chosen, areas);
  if (!exceptions) return std::nullopt;
  return PlacesTold{conditions_of(*inside, areas), conditions_of(*exceptions, areas)};
}

/// Some times, spheres and places; all of their combinations.
using Product = std::array<Chosen, 3>;

using Sizes = std::array<std::size_t, 3>;

/// The states in which something is so, as cells by number.
class States {
 public:
  States(const Sizes& sizes, const std::vector<bool>& chosen, const std::vector<bool>& needed) : sizes_(sizes), so_(chosen), left_(needed) {}

  [[nodiscard]] bool none_left() const { return none_in(left_); }
  /// All of them as a product; nothing when they are none.
  [[nodiscard]] std::optional<Product> as_product() const {
    Product hull = {Chosen(sizes_[0]), Chosen(sizes_[1]), Chosen(sizes_[2])};
    std::size_t count = 0;
    std::size_t state = 0;
    for (std::size_t time = 0; time < sizes_[0]; ++time) {
      for (std::size_t sphere = 0; sphere < sizes_[1]; ++sphere) {
        for (std::size_t place = 0; place < sizes_[2]; ++place, ++state) {
          if (!so_[state]) continue;
          ++count;
          hull[0][time] = hull[1][sphere] = hull[2][place] = true;
        }
      }
    }
    const auto size = [](const Chosen& chosen) { return static_cast<std::size_t>(std::count(chosen.begin(), chosen.end(), true)); };
    if (count != size(hull[0]) * size(hull[1]) * size(hull[2])) return std::nullopt;
    return hull;
  }
  [[nodiscard]] std::size_t left_in(const Product& product) const {
    std::size_t result = 0;
    for_all_in(product, [&](std::size_t state) { result += left_[state] ? 1 : 0; });
    return result;
  }
  void take(const Product& product) {
    for_all_in(product, [&](std::size_t state) { left_[state] = false; });
  }
  /// The first that is left, with as much of each kind as there can be, in this order.
  [[nodiscard]] Product grown(const std::array<std::size_t, 3>& order) const {
    const auto first = static_cast<std::size_t>(std::find(left_.begin(), left_.end(), true) - left_.begin());
    const Sizes at = {first / sizes_[2] / sizes_[1], first / sizes_[2] % sizes_[1], first % sizes_[2]};
    Product product = {Chosen(sizes_[0]), Chosen(sizes_[1]), Chosen(sizes_[2])};
    for (std::size_t kind = 0; kind < 3; ++kind) product[kind][at[kind]] = true;
    for (const std::size_t kind : order) {
      for (std::size_t i = 0; i < sizes_[kind]; ++i)
        if (!product[kind][i] && has_all_of(product, kind, i)) product[kind][i] = true;
    }
    return product;
  }

 private:
  /// With `value` alone of one kind, and of the others what the product has.
  [[nodiscard]] bool has_all_of(const Product& product, std::size_t kind, std::size_t value) const {
    const std::size_t outer = kind == 0 ? 1 : 0;
    const std::size_t inner = kind == 2 ? 1 : 2;
    Sizes at{};
    at[kind] = value;
    for (at[outer] = 0; at[outer] < sizes_[outer]; ++at[outer]) {
      if (!product[outer][at[outer]]) continue;
      for (at[inner] = 0; at[inner] < sizes_[inner]; ++at[inner])
        if (product[inner][at[inner]] && !so_[number(at)]) return false;
    }
    return true;
  }
  [[nodiscard]] std::size_t number(const Sizes& at) const { return (at[0] * sizes_[1] + at[1]) * sizes_[2] + at[2]; }
  template <class Visit>
  void for_all_in(const Product& product, Visit visit) const {
    for (std::size_t time = 0; time < sizes_[0]; ++time) {
      for (std::size_t sphere = 0; product[0][time] && sphere < sizes_[1]; ++sphere) {
        for (std::size_t place = 0; product[1][sphere] && place < sizes_[2]; ++place)
          if (product[2][place]) visit(number({time, sphere, place}));
      }
    }
  }

  Sizes sizes_;
  const Chosen& so_;
  Chosen left_;
};

constexpr std::array<std::array<std::size_t, 3>, 6> kOrders = {{{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}}};

}  // namespace

struct Teller::Impl {
  const Cells& cells;
  Sizes sizes;
  std::vector<std::pair<Instant, std::size_t>> starts;
  SphereCells spheres;
  std::vector<Area> areas;
  mutable std::vector<std::optional<policy::TargetLocation>> locations;

  Impl(const Cells& the_cells, Sides sides)
      : cells(the_cells),
        sizes{cells.times.size(), cells.spheres.size(), cells.locations.size()},
        starts(starts_of(cells, sides)),
        spheres(sphere_cells_of(cells, sides)),
        areas(areas_of(cells, sides)),
        locations(cells.locations.size()) {}

  /// Of the same cell as this one.
  [[nodiscard]] policy::TargetLocation location(std::size_t cell) const {
    auto& known = locations[cell];
    if (!known) known = shortened(cell);
    return *known;
  }
  [[nodiscard]] policy::TargetLocation shortened(std::size_t cell) const {
    const policy::TargetLocation& location = cells.locations[cell].value;
    const auto* place = location.geodetic ? std::get_if<geo::Position>(&*location.geodetic) : nullptr;
    if (place == nullptr) return location;
    for (const double parts : {1e2, 1e4, 1e6}) {
      policy::TargetLocation other = location;
      const auto rounded = [&](double degrees) { return std::round(degrees * parts) / parts + 0.0; };  // there is no -0
      other.geodetic = geo::Position{rounded(place->latitude), rounded(place->longitude)};
      if (other == location) return location;
      if (std::all_of(areas.begin(), areas.end(), [&](const Area& area) { return semantics::holds(area.condition, other) == area.cells[cell]; })) return other;
    }
    return location;
  }

  [[nodiscard]] std::optional<Circumstance> told(const Product& product) const {
    const auto& [times, of_spheres, places] = product;
    Circumstance one;
    if (!all_in(times)) one.times = periods(starts, times);
    if (!all_in(of_spheres)) one.spheres = spheres_told(spheres, of_spheres);
    if (all_in(places)) return one;
    one.places = places_told(places, areas);
    if (!one.places) return std::nullopt;
    return one;
  }

  [[nodiscard]] Circumstances told(States states) const {
    if (!cells.certain || states.none_left()) return {};
    if (const auto product = states.as_product()) {
      auto one = told(*product);
      return one ? Circumstances{{std::move(*one)}} : Circumstances{};
    }
    Circumstances result;
    while (!states.none_left()) {
      if (result.any_of.size() == kMostCircumstances) return {};
      std::optional<std::pair<std::size_t, Product>> best;
      std::optional<Circumstance> best_told;
      std::vector<Product> tried;
      for (const auto& order : kOrders) {
        Product grown = states.grown(order);
        if (std::find(tried.begin(), tried.end(), grown) != tried.end()) continue;
        tried.push_back(grown);
        const std::size_t count = states.left_in(grown);
        if (best && best->first >= count) continue;
        auto one = told(grown);
        if (!one) continue;
        best = {count, std::move(grown)};
        best_told = std::move(one);
      }
      if (!best) return {};
      result.any_of.push_back(std::move(*best_told));
      states.take(best->second);
    }
    return result;
  }
};

Teller::Teller(const Cells& cells, Sides sides) : impl_(std::make_unique<Impl>(cells, sides)) {}
Teller::~Teller() = default;

policy::State Teller::state(std::size_t number) const {
  const auto& [times, spheres, locations] = impl_->sizes;
  return {impl_->cells.times[number / locations / spheres].value, impl_->cells.spheres[number / locations % spheres].value, impl_->location(number % locations)};
}
Circumstances Teller::circumstances_of(const std::vector<bool>& chosen) const { return impl_->told({impl_->sizes, chosen, chosen}); }

Circumstances Teller::circumstances_of(const std::vector<bool>& chosen, const std::vector<bool>& needed) const { return impl_->told({impl_->sizes, chosen, needed}); }

}  // namespace presproof::diff
