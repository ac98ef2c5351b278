#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include "base/overloaded.h"
#include "lint/checks/checks.h"
#include "lint/disclosure.h"

namespace presproof::lint {
namespace {

using policy::RuleRef;

/// Where a rule applies: the radius of a circle as large as all alternatives together.
struct Region {
  double radius_m = 0;
  const policy::LocationAlternative* largest = nullptr;
  std::string words;
};

geo::CivicLevel level_of(const geo::CivicAddress& fields) {
  auto level = geo::CivicLevel::country;
  while (level < geo::CivicLevel::full &&
         !std::ranges::all_of(fields, [&](const auto& field) { return geo::shown_at(field.first, level); }))
    level = static_cast<geo::CivicLevel>(static_cast<int>(level) + 1);
  return level;
}

/// How large, and what it is called; nothing for one that no place is in.
std::optional<std::pair<double, std::string>> size_of(const policy::LocationAlternative& location) {
  using Size = std::optional<std::pair<double, std::string>>;
  return std::visit(
      Overloaded{[](const geo::Circle& circle) -> Size {
                   return std::pair(circle.radius_m, fmt::format("a circle of {}", length_words(circle.radius_m)));
                 },
                 [](const policy::CivicLocation& civic) -> Size {
                   const auto level = level_of(civic.fields);
                   return std::pair(civic_length_m(level),
                                    fmt::format("a civic address at level `{}`, about {}", geo::to_string(level),
                                                length_words(civic_length_m(level))));
                 },
                 [](const policy::UnknownLocation&) -> Size { return std::nullopt; }},
      location.where);
}

Region region_of(const policy::LocationCondition& condition) {
  Region region;
  double area = 0;
  double largest_m = -1;
  for (const auto& location : condition.locations) {
    const auto size = size_of(location);
    if (!size) continue;
    area += size->first * size->first;
    if (size->first <= largest_m) continue;
    largest_m = size->first;
    region.largest = &location;
    region.words = size->second;
  }
  region.radius_m = std::sqrt(area);
  if (condition.locations.size() > 1)
    region.words = fmt::format("{} places, the largest {}", condition.locations.size(), region.words);
  return region;
}

/// The smallest region of a rule's location conditions, all of which hold.
std::optional<Region> region_of(const policy::Rule& rule) {
  std::optional<Region> smallest;
  each_condition<policy::LocationCondition>(rule, [&](const policy::LocationCondition& condition) {
    auto region = region_of(condition);
    if (region.largest != nullptr && (!smallest || region.radius_m < smallest->radius_m)) smallest = std::move(region);
  });
  return smallest;
}

/// Without the region, the same watchers get a location that is no coarser.
bool shown_elsewhere(const Context& context, RuleRef ref) {
  const auto& disclosures = context.disclosures();
  const double resolution_m = disclosures.of(ref).resolution_m();
  return std::ranges::any_of(disclosures.companions(ref).rules, [&](RuleRef other) {
    return disclosures.of(other).resolution_m() <= resolution_m && covers(context.policy, context.overlaps(), other, ref);
  });
}

}  // namespace

/// RFC 6772 section 13.5: "omitted data also conveys some information". Whoever sees a location that is given only within
/// a region knows that the target is in the region.
void check_condition_region_smaller(const Context& context, diag::Sink& sink) {
  const auto& disclosures = context.disclosures();
  each_rule(context.policy, [&](RuleRef ref, const policy::Rule& rule) {
    const auto& given = disclosures.of(ref);
    if (!given.locates() || !disclosures.companions(ref).complete) return;
    const auto region = region_of(rule);
    if (!region || region->radius_m >= given.resolution_m() || shown_elsewhere(context, ref)) return;
    const auto whom = disclosures.reached_words(ref, kAnyComponent);
    if (!whom) return;
    auto found = finding(diag::Code::condition_region_smaller, rule, given.finest_location()->span,
                         fmt::format("{} gives {} only within {}: that it is given at all tells {} the smaller region",
                                     name_of(rule), location_words(given), region->words, *whom),
                         "give the same location outside of the region, too, or widen the region");
    found.related.push_back({region->largest->span, "where the rule applies"});
    sink.report(std::move(found));
  });
}

}  // namespace presproof::lint
