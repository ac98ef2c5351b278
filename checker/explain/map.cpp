#include "explain/map.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numbers>

#include "geo/cell.h"
#include "geo/obfuscation.h"
#include "semantics/evaluator.h"

namespace presproof::explain {
namespace {

/// Cells are drawn as far as this many radii around the place.
constexpr double kRadiiAround = 2;

std::vector<geo::PlanePolygon> cells_around(geo::Position place, double radius_m) {
  const auto grid = geo::grid_for(place.latitude, radius_m);
  if (!grid) return {};
  const geo::PlanePolygon own = geo::tile_at(place, *grid);
  const double north_deg = kRadiiAround * grid->latitude_step_deg;
  const double east_deg = kRadiiAround * grid->longitude_step_deg;
  const geo::Box box{place.longitude - east_deg, place.latitude - north_deg, place.longitude + east_deg, place.latitude + north_deg};
  std::vector<geo::PlanePolygon> cells = {own};
  for (auto& cell : geo::tiles_in(box, *grid))
    if (cell != own) cells.push_back(std::move(cell));
  return cells;
}

/// Of a decision that shows a position, how exact.
std::optional<double> radius_of(const Entry& entry, const policy::Watcher& watcher, const semantics::Evaluator& evaluator) {
  if (entry.value == "exact position") return 0;
  if (!entry.value.starts_with("radius ")) return std::nullopt;
  return evaluator.decide({watcher, entry.state}).permissions.location.radius_m;
}

}  // namespace

Map map_of(const Explanation& explanation, const Options& options, geo::Position place) {
  Map map{place, {}, {}};
  const auto column = std::find(explanation.columns.begin(), explanation.columns.end(), "provide-location");
  if (column != explanation.columns.end()) {
    const auto number = static_cast<std::size_t>(column - explanation.columns.begin());
    const semantics::Evaluator evaluator(*explanation.policy, {options.usage, options.profile, options.readings});
    std::map<std::pair<double, std::string>, Disclosed> found;
    for (std::uint32_t row = 0; row < explanation.rows.size(); ++row) {
      for (const Entry& entry : explanation.rows[row].cells[number]) {
        const auto radius_m = radius_of(entry, explanation.rows[row].watcher, evaluator);
        const double order = radius_m.value_or(std::numeric_limits<double>::infinity());
        Disclosed& disclosed = found[{order, entry.value}];
        disclosed.value = entry.value;
        disclosed.radius_m = radius_m;
        disclosed.always = disclosed.always && entry.when.always();
        disclosed.rows.push_back(row);
      }
    }
    for (auto& [key, disclosed] : found) {
      if (disclosed.radius_m.value_or(0) > 0) {
        disclosed.shown = geo::obfuscate(place, *disclosed.radius_m, {.presentity = options.presentity, .seed = 0, .previous_center = {}, .grid_origin_deg = {}});
        disclosed.cells = cells_around(place, *disclosed.radius_m);
      }
      map.disclosed.push_back(std::move(disclosed));
    }
  }
  std::map<std::tuple<double, double, double>, Region> regions;
  for (std::uint32_t document = 0; document < explanation.policy->documents.size(); ++document) {
    const auto& rules = explanation.policy->documents[document].rules;
    for (std::uint32_t rule = 0; rule < rules.size(); ++rule) {
      for (const auto& condition : rules[rule].conditions) {
        const auto* location = std::get_if<policy::LocationCondition>(&condition);
        if (location == nullptr) continue;
        for (const auto& alternative : location->locations) {
          const auto* circle = std::get_if<geo::Circle>(&alternative.where);
          if (circle == nullptr) continue;
          Region& region = regions[{circle->center.latitude, circle->center.longitude, circle->radius_m}];
          region.circle = *circle;
          if (region.rules.empty() || region.rules.back() != policy::RuleRef{document, rule}) region.rules.push_back({document, rule});
        }
      }
    }
  }
  for (auto& [key, region] : regions) map.regions.push_back(std::move(region));
  return map;
}

}  // namespace presproof::explain
