#include "diff/circumstances.h"

#include <algorithm>
#include <set>

#include "base/lexical.h"
#include "semantics/match.h"

namespace presproof::diff {
namespace {

using enumerate::Cells;
using Rules = std::vector<const policy::Rule*>;

/// Calls `visit` with every condition of one kind.
template <class Condition, class Visit>
void for_each(const Rules& rules, Visit visit) {
  for (const policy::Rule* rule : rules) {
    for (const policy::Condition& condition : rule->conditions) {
      if (const auto* found = std::get_if<Condition>(&condition)) visit(*found);
    }
  }
}

bool none_in(const std::vector<bool>& chosen) { return std::find(chosen.begin(), chosen.end(), true) == chosen.end(); }
bool all_in(const std::vector<bool>& chosen) { return std::find(chosen.begin(), chosen.end(), false) == chosen.end(); }

/// What all conditions of one kind make of a value; the same for all values of a cell.
template <class Condition, class Value>
std::vector<bool> made_of(const Value& value, const Rules& rules) {
  std::vector<bool> made;
  for_each<Condition>(rules, [&](const Condition& condition) { made.push_back(semantics::holds(condition, value)); });
  return made;
}

/// Whether the cell of a value is chosen.
template <class Condition, class Value>
bool is_chosen(const Value& value, const std::vector<enumerate::Cell<Value>>& cells, const std::vector<bool>& chosen, const Rules& rules) {
  const auto made = made_of<Condition>(value, rules);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (chosen[i] && made_of<Condition>(cells[i].value, rules) == made) return true;
  }
  return false;
}

std::vector<Period> periods(const Cells& cells, const std::vector<bool>& chosen, const Rules& rules) {
  std::set<Instant> starts = {kFirstInstant};
  for_each<policy::ValidityCondition>(rules, [&](const policy::ValidityCondition& validity) {
    for (const policy::ValidityPair& pair : validity.pairs) {
      for (const auto& end : {pair.from, pair.until}) {
        if (end && kFirstInstant < *end && *end < kEndOfInstants) starts.insert(*end);
      }
    }
  });
  std::vector<Period> result;
  bool open = false;
  for (const Instant start : starts) {
    const bool is_in = is_chosen<policy::ValidityCondition>(start, cells.times, chosen, rules);
    if (is_in && !open) result.push_back({start == kFirstInstant ? std::nullopt : std::optional(start), std::nullopt});
    if (!is_in && open) result.back().until = start;
    open = is_in;
  }
  return result;
}

SpheresTold spheres_told(const Cells& cells, const std::vector<bool>& chosen, const Rules& rules) {
  SpheresTold told;
  told.others = is_chosen<policy::SphereCondition, std::optional<std::string>>(std::nullopt, cells.spheres, chosen, rules);
  std::set<std::string> known;
  for_each<policy::SphereCondition>(rules, [&](const policy::SphereCondition& sphere) {
    for (const std::string& token : sphere.tokens) {
      if (!known.insert(to_lower_ascii(token)).second) continue;
      // Others are told by those that are not among them.
      if (is_chosen<policy::SphereCondition, std::optional<std::string>>(token, cells.spheres, chosen, rules) != told.others) told.named.push_back(token);
    }
  });
  return told;
}

/// The conditions that hold in no cell but these, when they hold in all of these together.
std::optional<std::vector<policy::LocationCondition>> covering(const Cells& cells, const std::vector<bool>& chosen, const Rules& rules) {
  std::vector<policy::LocationCondition> conditions;
  std::vector<bool> covered(chosen.size());
  for_each<policy::LocationCondition>(rules, [&](const policy::LocationCondition& condition) {
    std::vector<bool> more = covered;
    for (std::size_t i = 0; i < chosen.size(); ++i) {
      if (!semantics::holds(condition, cells.locations[i].value)) continue;
      if (!chosen[i]) return;
      more[i] = true;
    }
    if (more == covered) return;
    conditions.push_back(condition);
    covered = std::move(more);
  });
  if (covered != chosen) return std::nullopt;
  return conditions;
}

std::optional<PlacesTold> places_told(const Cells& cells, std::vector<bool> chosen, const Rules& rules) {
  if (auto inside = covering(cells, chosen, rules)) return PlacesTold{std::move(*inside), false};
  chosen.flip();
  if (auto outside = covering(cells, chosen, rules)) return PlacesTold{std::move(*outside), true};
  return std::nullopt;
}

}  // namespace

Circumstances circumstances_of(const std::function<bool(std::size_t, std::size_t, std::size_t)>& holds, const Cells& cells, const Rules& rules) {
  std::vector<bool> times(cells.times.size());
  std::vector<bool> spheres(cells.spheres.size());
  std::vector<bool> locations(cells.locations.size());
  std::size_t count = 0;
  for (std::size_t time = 0; time < times.size(); ++time) {
    for (std::size_t sphere = 0; sphere < spheres.size(); ++sphere) {
      for (std::size_t location = 0; location < locations.size(); ++location) {
        if (!holds(time, sphere, location)) continue;
        times[time] = spheres[sphere] = locations[location] = true;
        ++count;
      }
    }
  }
  const auto size = [](const std::vector<bool>& chosen) { return static_cast<std::size_t>(std::count(chosen.begin(), chosen.end(), true)); };
  if (none_in(times) || !cells.certain || count != size(times) * size(spheres) * size(locations)) return {};
  Circumstances told{.exact = true, .times = {}, .spheres = {}, .places = {}};
  if (!all_in(times)) told.times = periods(cells, times, rules);
  if (!all_in(spheres)) told.spheres = spheres_told(cells, spheres, rules);
  if (!all_in(locations)) {
    told.places = places_told(cells, locations, rules);
    if (!told.places) return {};
  }
  return told;
}

}  // namespace presproof::diff
