#include "explain/views.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <tuple>

#include "diff/shown.h"
#include "smt/likely_states.h"

namespace presproof::explain {
namespace {

using enumerate::RuleMask;
using policy::RuleRef;

/// A row that takes more kinds of states than this is told by examples.
constexpr std::size_t kMostStates = 200'000;

/// What diff::value_shown says of a boolean that no rule sets.
constexpr std::string_view kUnchanged = "unchanged";

/// However many watchers there are, each may have so much looked at, and a rule by itself so much.
constexpr std::uint64_t kLeastBudget = 1'000;
constexpr std::uint64_t kRuleBudget = 100'000;
constexpr std::size_t kViewsInPiece = 64;

/// How much a decision gives of a permission; of the same permission more is more generous.
double generosity(std::string_view permission, const std::string& value, const semantics::Decision& decision) {
  const auto& permissions = decision.permissions;
  if (permission == "sub-handling") return static_cast<double>(permissions.sub_handling);
  if (permission == "provide-user-input") return static_cast<double>(permissions.user_input);
  if (permission != "provide-location") return value == "all" || value == "true" ? 1 : 0;
  if (value == "exact position") return 1e12;
  if (value.starts_with("civic ")) return static_cast<double>(permissions.location.civic) - 10;
  return 1e9 - permissions.location.radius_m.value_or(1e9);
}

/// What one decision shows: permission and value, and how much that is.
struct Item {
  std::string permission;
  std::string value;
  friend auto operator<=>(const Item&, const Item&) = default;
};

std::vector<std::pair<Item, double>> items_of(const std::vector<smt::Observation>& observations, const semantics::Decision& decision,
                                              const claims::ClaimContext& context) {
  std::vector<std::pair<Item, double>> items;
  for (const smt::Observation& observation : observations) {
    if (!diff::is_observed(observation, decision, context)) continue;
    Item item{std::string(observation.permission), diff::value_shown(observation, decision, context)};
    if (item.value == kUnchanged) continue;
    const auto known = std::find_if(items.begin(), items.end(), [&](const auto& each) { return each.first == item; });
    if (known != items.end()) continue;
    const double much = generosity(item.permission, item.value, decision);
    items.emplace_back(std::move(item), much);
  }
  return items;
}

std::vector<RuleRef> rules_giving(std::string_view permission, const semantics::Decision& decision) {
  const auto found = decision.granted_by.find(permission);
  return found == decision.granted_by.end() ? decision.matched : found->second;
}

/// What is given in some states, in one of which it was decided.
struct Found {
  double much = 0;
  std::vector<RuleRef> rules;
  policy::State state;
  std::vector<bool> states;
};
using FoundItems = std::map<Item, Found>;

/// Values of one track are ordered by generosity: whoever gets one gets all that a lesser one gives. Empty: they are not.
std::string_view track_of(const Item& item) {
  if (item.permission == "sub-handling" || item.permission == "provide-user-input") return item.permission;
  if (item.permission != "provide-location") return {};
  return item.value.starts_with("civic ") ? "civic" : "geodetic";
}

/// Adds to the states of each value those of the more generous ones on its track; of these values, but the most generous, the states of their own.
std::map<Item, std::vector<bool>> add_more_generous(FoundItems& found) {
  std::map<std::string_view, std::vector<FoundItems::iterator>> tracks;
  for (auto item = found.begin(); item != found.end(); ++item)
    if (const auto track = track_of(item->first); !track.empty()) tracks[track].push_back(item);
  std::map<Item, std::vector<bool>> lesser;
  for (auto& [track, items] : tracks) {
    std::stable_sort(items.begin(), items.end(), [](const auto& a, const auto& b) { return a->second.much > b->second.much; });
    for (std::size_t i = 1; i < items.size(); ++i) {
      lesser.emplace(items[i]->first, items[i]->second.states);
      for (std::size_t state = 0; state < items[i]->second.states.size(); ++state)
        if (items[i - 1]->second.states[state]) items[i]->second.states[state] = true;
    }
  }
  return lesser;
}

/// Both in policy order.
void add_rules(std::vector<RuleRef>& rules, const std::vector<RuleRef>& more) {
  std::vector<RuleRef> all;
  std::set_union(rules.begin(), rules.end(), more.begin(), more.end(), std::back_inserter(all));
  rules = std::move(all);
}

void add_decision(View& view, const semantics::Decision& decision) {
  view.deciding.insert(decision.matched.begin(), decision.matched.end());
  view.blocked = view.blocked || decision.permissions.sub_handling == policy::SubHandling::block;
}

/// `told` is asked for the states of a value and of the more generous ones, and for its own.
EntriesByPermission entries_of(FoundItems found, const std::function<diff::Circumstances(const std::vector<bool>&, const std::vector<bool>&)>& told) {
  const auto lesser = add_more_generous(found);
  std::map<std::string, std::vector<std::pair<double, Entry>>> sorted;
  for (auto& [item, each] : found) {
    const auto own = lesser.find(item);
    sorted[item.permission].emplace_back(each.much, Entry{item.value, told(each.states, own == lesser.end() ? each.states : own->second), std::move(each.rules), std::move(each.state), own != lesser.end()});
  }
  EntriesByPermission entries;
  for (auto& [permission, all] : sorted) {
    std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    auto& list = entries[permission];
    for (auto& each : all) list.push_back(std::move(each.second));
  }
  return entries;
}

}  // namespace

std::vector<smt::Observation> observations_of(const std::vector<const policy::Rule*>& rules, const Options& options) {
  auto observations = smt::observations_of(rules, options.usage, options.readings);
  const bool all_attributes = std::any_of(rules.begin(), rules.end(), [](const policy::Rule* rule) {
    return std::any_of(rule->permissions.begin(), rule->permissions.end(), [](const auto& permission) { return std::holds_alternative<policy::ProvideAllAttributes>(permission.what); });
  });
  if (!all_attributes || options.usage != policy::Usage::presence) return observations;
  const auto known = [&](std::string_view permission) { return std::any_of(observations.begin(), observations.end(), [&](const auto& each) { return each.permission == permission; }); };
  for (std::size_t attribute = 0; attribute < policy::kAttributePermissions; ++attribute) {
    if (!known(policy::kAttributePermissionNames[attribute]))
      observations.push_back({policy::kAttributePermissionNames[attribute], property::AttributeShown{static_cast<policy::AttributePermission>(attribute)}});
  }
  if (!known("provide-user-input")) observations.push_back({"provide-user-input", property::UserInputShown{policy::UserInput::full}});
  return observations;
}

Views::Views(const policy::Policy& policy, const Options& options)
    : policy_(policy),
      options_(options),
      evaluator_(policy, {options.usage, options.profile, options.readings}),
      context_{policy, options.usage, options.readings} {}

std::vector<const policy::Rule*> Views::pointers(const std::vector<RuleRef>& rules) const {
  std::vector<const policy::Rule*> result;
  for (const RuleRef ref : rules) result.push_back(&rule_at(policy_, ref));
  return result;
}

std::vector<std::shared_ptr<const View>> Views::of(const std::vector<Asked>& asked, Workers& workers) const {
  // Without a rule an engine may answer the unauthenticated, and whom it refuses, otherwise than others.
  std::map<std::tuple<std::vector<RuleRef>, bool, smt::Refusal>, std::size_t> numbers;
  std::vector<const Asked*> different;
  std::vector<std::size_t> number_of;
  for (const Asked& each : asked) {
    const auto [place, is_new] = numbers.try_emplace({*each.rules, each.watcher->authenticated(), each.refusal}, different.size());
    if (is_new) different.push_back(&each);
    number_of.push_back(place->second);
  }
  std::vector<std::shared_ptr<const View>> views(different.size());
  // Each has a budget of its own, so that nothing depends on the number of threads.
  const enumerate::Budget budget(std::max<std::uint64_t>(options_.budget / std::max<std::size_t>(different.size(), 1), kLeastBudget));
  (void)workers.run((different.size() + kViewsInPiece - 1) / kViewsInPiece, [&](std::size_t piece) {
    enumerate::Arrangements arrangements;
    for (std::size_t i = piece * kViewsInPiece; i < std::min((piece + 1) * kViewsInPiece, different.size()); ++i) {
      const Asked& each = *different[i];
      auto view = decided(*each.watcher, *each.rules, arrangements, budget);
      views[i] = std::make_shared<const View>(view ? std::move(*view) : examples(*each.watcher, *each.rules));
    }
    return false;
  });
  std::vector<std::shared_ptr<const View>> result;
  for (const std::size_t number : number_of) result.push_back(views[number]);
  return result;
}

/// What the evaluator says in every kind of state; nothing when that is too much, or when a kind may be missing.
std::optional<View> Views::decided(const policy::Watcher& watcher, const std::vector<RuleRef>& rules, enumerate::Arrangements& arrangements,
                                   enumerate::Budget budget) const {
  const auto conditions = pointers(rules);
  const enumerate::RulesAs sides[] = {{conditions, evaluator_.options()}};
  const auto cells = enumerate::CellFinder(sides, anything_, arrangements, budget).find();
  if (!cells || !cells->certain) return std::nullopt;
  const std::size_t spheres = cells->spheres.size();
  const std::size_t places = cells->locations.size();
  const std::size_t states = cells->times.size() * spheres * places;
  if (states > kMostStates || !budget.spend(states)) return std::nullopt;
  const auto observations = observations_of(conditions, options_);
  std::map<RuleMask, std::vector<FoundItems::iterator>> by_rules;  // the same rules give the same
  FoundItems found;
  View view;
  const diff::Teller teller(*cells, sides);
  for (std::size_t state = 0; state < states; ++state) {
    const auto& time = cells->times[state / places / spheres];
    const auto& sphere = cells->spheres[state / places % spheres];
    const auto& place = cells->locations[state % places];
    const auto [known, is_new] = by_rules.try_emplace(time.rules.both(sphere.rules).both(place.rules));
    if (is_new) {
      if (!budget.spend(observations.size() + rules.size())) return std::nullopt;
      const policy::State where = teller.state(state);
      const auto decision = evaluator_.decide({watcher, where});
      add_decision(view, decision);
      for (auto& [item, much] : items_of(observations, decision, context_)) {
        const auto at = found.try_emplace(item, Found{much, {}, where, std::vector<bool>(states)}).first;
        add_rules(at->second.rules, rules_giving(item.permission, decision));
        known->second.push_back(at);
      }
    }
    for (const auto& item : known->second) item->second.states[state] = true;
  }
  view.entries = entries_of(std::move(found), [&](const std::vector<bool>& holding, const std::vector<bool>& own) { return teller.circumstances_of(holding, own); });
  return view;
}

/// Where a rule matches, and where none with conditions does.
View Views::examples(const policy::Watcher& watcher, const std::vector<RuleRef>& rules) const {
  const auto conditions = pointers(rules);
  const auto observations = observations_of(conditions, options_);
  FoundItems found;
  const auto look_at = [&](const policy::State& state) {
    const auto decision = evaluator_.decide({watcher, state});
    for (auto& [item, much] : items_of(observations, decision, context_)) {
      found.try_emplace(item, Found{much, rules_giving(item.permission, decision), state, {}});
    }
  };
  look_at({});
  for (const RuleRef ref : rules) {
    if (rule_at(policy_, ref).conditions.size() < 2) continue;
    for (const policy::State& state : smt::likely_states(rule_at(policy_, ref), {})) {
      if (!evaluator_.matches(ref, {watcher, state})) continue;
      look_at(state);
      break;
    }
  }
  return View{entries_of(std::move(found), [](const auto&, const auto&) { return diff::Circumstances{}; }), false};
}

std::vector<diff::Circumstances> Views::when(const std::vector<RuleRef>& rules, Workers& workers) const {
  std::vector<diff::Circumstances> result(rules.size());
  (void)workers.run((rules.size() + kViewsInPiece - 1) / kViewsInPiece, [&](std::size_t piece) {
    enumerate::Arrangements arrangements;
    for (std::size_t i = piece * kViewsInPiece; i < std::min((piece + 1) * kViewsInPiece, rules.size()); ++i) {
      const std::vector<const policy::Rule*> alone = {&rule_at(policy_, rules[i])};
      enumerate::Budget budget(kRuleBudget);
      const enumerate::RulesAs sides[] = {{alone, evaluator_.options()}};
      const auto cells = enumerate::CellFinder(sides, anything_, arrangements, budget).find();
      if (!cells || !cells->certain) continue;
      std::vector<bool> holding;
      for (const auto& time : cells->times)
        for (const auto& sphere : cells->spheres)
          for (const auto& place : cells->locations) holding.push_back(time.rules.contains(0) && sphere.rules.contains(0) && place.rules.contains(0));
      result[i] = diff::Teller(*cells, sides).circumstances_of(holding);
    }
    return false;
  });
  return result;
}

}  // namespace presproof::explain
