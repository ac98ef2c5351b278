#include "verify/watcher_states.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/lexical.h"
#include "base/overloaded.h"
#include "smt/cells.h"
#include "smt/decode.h"
#include "smt/geometry.h"
#include "smt/term.h"
#include "claims/scope.h"

namespace presproof::verify {
namespace {

constexpr std::size_t kMaxCivic = 6;
constexpr std::size_t kMaxDecisions = 300000;

/// What rules and a guard name.
struct Named {
  std::vector<Instant> instants;
  std::vector<std::string> spheres;
  std::vector<geo::Circle> circles;
  std::vector<geo::CivicAddress> civic;

  void add_sphere(const std::string& value) {
    const auto same = [&](const std::string& other) { return equal_ignoring_case(value, other); };
    if (std::none_of(spheres.begin(), spheres.end(), same)) spheres.push_back(value);
  }
  void add(const geo::Circle& circle) {
    if (std::find(circles.begin(), circles.end(), circle) == circles.end()) circles.push_back(circle);
  }
  void add(const geo::CivicAddress& fields) {
    if (!fields.empty() && std::find(civic.begin(), civic.end(), fields) == civic.end()) civic.push_back(fields);
  }
  void add(const policy::Condition& condition) {
    std::visit(Overloaded{
                   [&](const policy::SphereCondition& sphere) { std::for_each(sphere.tokens.begin(), sphere.tokens.end(), [&](const auto& token) { add_sphere(token); }); },
                   [&](const policy::ValidityCondition& validity) {
                     for (const policy::ValidityPair& pair : validity.pairs) {
                       if (pair.from && pair.until) instants.insert(instants.end(), {*pair.from, *pair.until});
                     }
                   },
                   [&](const policy::LocationCondition& location) {
                     for (const policy::LocationAlternative& alternative : location.locations) {
                       std::visit(Overloaded{[&](const geo::Circle& circle) { add(circle); },
                                             [&](const policy::CivicLocation& civic_location) { add(civic_location.fields); },
                                             [](const policy::UnknownLocation&) {}},
                                  alternative.where);
                     }
                   },
                   [](const auto&) {},
               },
               condition);
  }
  void add(const property::Formula<property::GuardAtom>& guard) {
    for (const auto& operand : guard.operands) add(operand);
    if (guard.op != property::Operator::atom) return;
    std::visit(Overloaded{
                   [&](const property::SphereIs& sphere) {
                     if (sphere.value) add_sphere(*sphere.value);
                   },
                   [&](const property::Inside& inside) {
                     std::visit(Overloaded{[&](const geo::Circle& circle) { add(circle); }, [&](const property::CivicRegion& region) { add(region.fields); }},
                                inside.region);
                   },
                   [](const property::Authenticated&) {},
               },
               guard.atom);
  }
};

Named named_by(const std::vector<policy::RuleRef>& rules, const property::Property& property, const policy::Policy& policy) {
  Named named;
  for (const policy::RuleRef ref : rules) {
    for (const policy::Condition& condition : rule_at(policy, ref).conditions) named.add(condition);
  }
  for (const property::Interval& interval : property.during) named.instants.insert(named.instants.end(), {interval.from, interval.until});
  for (const auto& guard : property.guards) named.add(guard);
  return named;
}

std::vector<WatcherState> states_of(const Named& named) {
  std::vector<std::optional<std::string>> spheres = {std::nullopt};
  spheres.insert(spheres.end(), named.spheres.begin(), named.spheres.end());
  if (!named.spheres.empty()) {
    std::string another = "elsewhere";
    const auto taken = [&](const std::string& value) { return equal_ignoring_case(value, another); };
    for (int i = 2; std::any_of(named.spheres.begin(), named.spheres.end(), taken); ++i) another = fmt::format("elsewhere{}", i);
    spheres.emplace_back(another);
  }
  const smt::TimeCells cells(named.instants);
  std::vector<WatcherState> states;
  for (std::uint32_t cell = 0; cell < cells.count(); ++cell) {
    for (const auto& sphere : spheres) states.push_back({smt::readable_instant(cells, cell), sphere});
  }
  return states;
}

/// Some towns on all continents; one of them is outside of any few circles that people draw.
constexpr std::array<geo::Position, 8> kTowns = {
    {{48.1, 11.6}, {52.5, 13.4}, {40.7, -74}, {35.7, 139.7}, {-33.9, 151.2}, {-23.5, -46.6}, {-1.3, 36.8}, {19.1, 72.9}}};

bool meets(const geo::CivicAddress& address, const geo::CivicAddress& fields) {
  return std::all_of(fields.begin(), fields.end(), [&](const auto& field) {
    const auto known = address.find(field.first);
    return known != address.end() && known->second == field.second;
  });
}

/// An address for each set of civic conditions that can hold together and without the others: the least that meets them.
std::vector<std::pair<Pattern, geo::CivicAddress>> addresses_of(const std::vector<geo::CivicAddress>& conditions) {
  std::vector<std::pair<Pattern, geo::CivicAddress>> addresses;
  for (Pattern pattern = 0; pattern < Pattern{1} << conditions.size(); ++pattern) {
    geo::CivicAddress address;
    for (std::size_t i = 0; i < conditions.size(); ++i) {
      if (pattern >> i & 1U) address.insert(conditions[i].begin(), conditions[i].end());
    }
    Pattern met = 0;
    for (std::size_t i = 0; i < conditions.size(); ++i) met |= (meets(address, conditions[i]) ? 1U : 0U) << i;
    if (met == pattern) addresses.emplace_back(pattern, std::move(address));
  }
  return addresses;
}

/// Decides every state for one kind of place.
void fill(PlaceKind& kind, WatcherTable& table, const policy::Watcher& watcher, const property::Property& property, const semantics::Evaluator& evaluator) {
  const claims::ClaimContext context{evaluator.policy(), evaluator.options().usage, evaluator.options().readings};
  for (const WatcherState& state : table.states) {
    const policy::Request request{watcher, {state.time, state.sphere, kind.where}};
    Appearance look = appearance_of(evaluator.decide(request), context);
    const auto known = std::find(table.appearances.begin(), table.appearances.end(), look);
    kind.looks.push_back(static_cast<std::size_t>(known - table.appearances.begin()));
    if (known == table.appearances.end()) table.appearances.push_back(std::move(look));
    kind.guard.push_back(claims::guard_holds(property, request));
  }
}

}  // namespace

const PatternPlaces::Places& PatternPlaces::of(const std::vector<geo::Circle>& circles, const smt::Limits& limits) {
  const auto found = std::find_if(known_.begin(), known_.end(), [&](const Places& known) { return known.circles == circles; });
  if (found != known_.end()) return *found;
  Places& added = known_.emplace_back();
  added.circles = circles;
  smt::Geometry geometry(circles, solvers_);
  for (Pattern pattern = 0; pattern < Pattern{1} << circles.size(); ++pattern) {
    smt::Pattern sought;
    for (smt::CircleId id = 0; id < circles.size(); ++id) (pattern >> id & 1U ? sought.inside : sought.outside).push_back(id);
    if (pattern == 0) {
      const auto town = std::find_if(kTowns.begin(), kTowns.end(), [&](const geo::Position& place) { return geometry.has(place, sought); });
      if (town != kTowns.end()) added.places.emplace_back(pattern, *town);
      if (town == kTowns.end()) added.problem = "no place was found outside of all circles";
      continue;
    }
    const smt::Placement placement = geometry.place(sought, limits, {});
    if (const auto* place = std::get_if<geo::Position>(&placement)) {
      added.places.emplace_back(pattern, *place);
    } else if (!std::holds_alternative<smt::Impossible>(placement)) {
      added.problem = "whether circles of the policy have places in common is closer than is certain on WGS 84";
    }
  }
  return added;
}

WatcherTable watcher_table(const policy::Watcher& watcher, const std::vector<policy::RuleRef>& rules, const property::Property& property,
                           const semantics::Evaluator& evaluator, PatternPlaces& pattern_places, const smt::Limits& limits) {
  const Named named = named_by(rules, property, evaluator.policy());
  WatcherTable table(named.circles);
  table.civic = named.civic;
  if (named.circles.size() > kMaxCircles || named.civic.size() > kMaxCivic) {
    table.problem = fmt::format("more than {} circles or {} civic locations are conditions for one watcher", kMaxCircles, kMaxCivic);
    return table;
  }
  table.states = states_of(named);
  const PatternPlaces::Places& found = pattern_places.of(named.circles, limits);
  const auto& places = found.places;
  table.problem = found.problem;
  const auto addresses = addresses_of(named.civic);
  if (table.states.size() * places.size() * addresses.size() > kMaxDecisions) {
    table.problem = "too many times, spheres and places are conditions for one watcher";
    return table;
  }
  for (const auto& [pattern, place] : places) {
    table.regions.possible.push_back(pattern);
    for (const auto& [civic, address] : addresses) {
      PlaceKind kind{pattern, civic, {}, {}, {}};
      kind.where.geodetic = place;
      if (!address.empty()) kind.where.civic = address;
      fill(kind, table, watcher, property, evaluator);
      table.kinds.push_back(std::move(kind));
      if (!limits.passed()) continue;
      table.problem = "the time limit was reached before an answer was found";
      return table;
    }
  }
  return table;
}

std::vector<std::size_t> alike(const WatcherTable& table, std::size_t kind) {
  const PlaceKind& here = table.kinds[kind];
  std::vector<std::size_t> result;
  for (std::size_t other = 0; other < table.kinds.size(); ++other) {
    bool same = true;
    for (std::size_t state = 0; state < here.looks.size() && same; ++state) {
      same = !here.guard[state] || here.looks[state] == table.kinds[other].looks[state];
    }
    if (same) result.push_back(other);
  }
  return result;
}

}  // namespace presproof::verify
