#include "verify/over_time.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <iterator>

#include <fmt/format.h>

#include "diag/error.h"
#include "verify/over_time_words.h"
#include "claims/scope.h"

namespace presproof::verify {

struct OverTimeCheck::View {
  std::size_t kind = 0;
  std::vector<std::size_t> states;  ///< that the guard allows
  std::vector<std::size_t> alike;   ///< kinds
  std::vector<GeodeticShown> shown;
  geo::CivicLevel civic_shown = geo::CivicLevel::none;
  geo::CivicLevel civic_told = geo::CivicLevel::none;  ///< by conditions
  Knowledge knowledge;
};

struct OverTimeCheck::Hit {
  std::optional<Place> place;  ///< where what is sought is; its `left` counts with `by_length` alone
  bool by_length = false;
  bool certain = true;
};

/// The runs that tell most.
struct OverTimeCheck::Telling {
  std::size_t first = 0;  ///< states
  std::optional<std::size_t> second = std::nullopt;
  std::optional<std::size_t> elsewhere = std::nullopt;  ///< the second run's kind of place, when it is another
  std::optional<double> area_m2 = std::nullopt;
  std::string reason = {};
};

namespace {

const property::LocationShown& location_claim(const property::Property& property) { return std::get<property::LocationShown>(property.claim.atom); }

/// The coarsest level that shows all of the fields.
geo::CivicLevel level_of(const geo::CivicAddress& fields) {
  for (std::size_t i = 1; i < geo::kCivicLevelNames.size(); ++i) {
    const auto level = static_cast<geo::CivicLevel>(i);
    if (std::all_of(fields.begin(), fields.end(), [&](const auto& field) { return geo::shown_at(field.first, level); })) return level;
  }
  return geo::CivicLevel::full;
}

/// What is known of the address when it is that of one of these kinds: the coarsest of what each would tell.
geo::CivicLevel civic_told(const WatcherTable& table, const std::vector<std::size_t>& kinds) {
  geo::CivicLevel told = geo::CivicLevel::full;
  for (const std::size_t kind : kinds) {
    geo::CivicLevel here = geo::CivicLevel::none;
    for (std::size_t i = 0; i < table.civic.size(); ++i) {
      if (table.kinds[kind].civic >> i & 1U) here = std::max(here, level_of(table.civic[i]));
    }
    told = std::min(told, here);
  }
  return told;
}

std::vector<Pattern> circles_of(const WatcherTable& table, const std::vector<std::size_t>& kinds) {
  std::vector<Pattern> patterns;
  for (const std::size_t kind : kinds) patterns.push_back(table.kinds[kind].circles);
  std::sort(patterns.begin(), patterns.end());
  patterns.erase(std::unique(patterns.begin(), patterns.end()), patterns.end());
  return patterns;
}

geo::Position point_of(const policy::TargetLocation& where) { return std::get<geo::Position>(*where.geodetic); }

}  // namespace

bool is_over_time(const property::Property& property) {
  const auto* location = std::get_if<property::LocationShown>(&property.claim.atom);
  return !property.two_run && property.claim.op == property::Operator::atom && location != nullptr && location->over_time.has_value();
}

bool is_as_in_one_run(const property::Property& property) {
  const auto& claim = location_claim(property);
  return property.quantifier != property::Quantifier::always && !claim.over_time->length_m && claim.geodetic_below_m;
}

OverTimeCheck::OverTimeCheck(const property::Property& property, const smt::Partition& partition, const semantics::Evaluator& evaluator,
                             const smt::Limits& limits)
    : property_(property),
      claim_(location_claim(property)),
      partition_(partition),
      evaluator_(evaluator),
      limits_(limits),
      context_{evaluator.policy(), evaluator.options().usage, evaluator.options().readings},
      bound_{claim_.over_time->length_m.value_or(0), claim_.geodetic_below_m.value_or(0)},
      seeks_claim_(property.quantifier != property::Quantifier::always) {}

OverTimeCheck::View OverTimeCheck::view_of(const WatcherTable& table, std::size_t kind) const {
  const PlaceKind& here = table.kinds[kind];
  std::vector<std::size_t> states;
  std::vector<GeodeticShown> shown;
  geo::CivicLevel civic = geo::CivicLevel::none;
  for (std::size_t state = 0; state < table.states.size(); ++state) {
    if (!here.guard[state]) continue;
    states.push_back(state);
    const Appearance& look = table.appearances[here.looks[state]];
    civic = std::max(civic, look.civic);
    if (look.geodetic && std::find(shown.begin(), shown.end(), *look.geodetic) == shown.end()) shown.push_back(*look.geodetic);
  }
  std::vector<std::size_t> same = alike(table, kind);
  Knowledge knowledge(shown, table.regions, circles_of(table, same), claim_.effective);
  const geo::CivicLevel told = civic_told(table, same);
  return {kind, std::move(states), std::move(same), std::move(shown), civic, told, std::move(knowledge)};
}

/// Whether the claim holds whatever the cells: by a civic level, or by what some state shows when there is no length.
bool OverTimeCheck::holds_by_level(const View& view) const {
  const bool conditions_count = claim_.over_time->length_m || !claim_.geodetic_below_m;
  const geo::CivicLevel civic = conditions_count ? std::max(view.civic_shown, view.civic_told) : view.civic_shown;
  if (claim_.civic_at_least && civic != geo::CivicLevel::none && civic >= *claim_.civic_at_least) return true;
  if (claim_.over_time->length_m || !claim_.geodetic_below_m) return false;
  return std::any_of(view.shown.begin(), view.shown.end(), [&](const GeodeticShown& shown) { return shown.radius_m < *claim_.geodetic_below_m; });
}

Search OverTimeCheck::search(const WatcherTable& table, const View& view) {
  const PlaceKind& here = table.kinds[view.kind];
  for (const Searched& known : searched_) {
    if (known.pattern == here.circles && known.circles == table.regions.circles && known.knowledge == view.knowledge) return known.search;
  }
  const auto find = seeks_claim_ ? find_below : find_not_below;
  searched_.push_back({table.regions.circles, here.circles, view.knowledge, find(view.knowledge, here.circles, point_of(here.where), bound_, limits_)});
  return searched_.back().search;
}

OverTimeCheck::Hit OverTimeCheck::judge(const WatcherTable& table, std::size_t kind) {
  const View view = view_of(table, kind);
  const geo::Position known = point_of(table.kinds[kind].where);
  const bool by_length = claim_.over_time->length_m && claim_.geodetic_below_m;
  const bool holds = holds_by_level(view);
  if (holds || !by_length) return holds == seeks_claim_ ? Hit{Place{known, {}}, false, true} : Hit{{}, false, true};
  Search found = search(table, view);
  return {std::move(found.found), true, found.certain};
}

Counterexample OverTimeCheck::run_at(const policy::Watcher& watcher, const WatcherState& state, const policy::TargetLocation& where) const {
  const policy::Request request{watcher, {state.time, state.sphere, where}};
  return {request, context_.readings, evaluator_.decide(request)};
}

/// Whether this alone, in a claim about one run, would do.
bool OverTimeCheck::satisfied_alone(const WatcherTable& table, const Appearance& look, geo::Position place) const {
  if (claim_.civic_at_least && look.civic != geo::CivicLevel::none && look.civic >= *claim_.civic_at_least) return true;
  if (!claim_.geodetic_below_m || !look.geodetic) return false;
  if (!claim_.over_time->length_m) return look.geodetic->radius_m < *claim_.geodetic_below_m;
  const auto left = Knowledge({*look.geodetic}, table.regions, table.regions.possible, claim_.effective).left_at(place);
  return left && bound_.is_below(*left);
}

/// Two states with different radii, if their cells alone leave too little: the pair that leaves least.
std::optional<OverTimeCheck::Telling> OverTimeCheck::telling_pair(const WatcherTable& table, const View& view, const Hit& hit) const {
  std::vector<std::size_t> first_of;  // for each shown
  const PlaceKind& here = table.kinds[view.kind];
  for (const GeodeticShown& shown : view.shown) {
    first_of.push_back(*std::find_if(view.states.begin(), view.states.end(),
                                     [&](std::size_t state) { return table.appearances[here.looks[state]].geodetic == shown; }));
  }
  std::optional<Telling> best;
  double least = 0;
  for (std::size_t a = 0; a < view.shown.size(); ++a) {
    for (std::size_t b = a + 1; b < view.shown.size(); ++b) {
      const auto left = Knowledge({view.shown[a], view.shown[b]}, table.regions, table.regions.possible, claim_.effective).left_at(hit.place->place);
      if (!left || !bound_.is_below(*left) || (best && left->radius_m >= least)) continue;
      least = left->radius_m;
      const bool finer_first = view.shown[a].radius_m <= view.shown[b].radius_m;
      best = Telling{.first = finer_first ? first_of[a] : first_of[b], .second = finer_first ? first_of[b] : first_of[a], .area_m2 = left->area_m2};
      best->reason = words_for_pair(view.shown[finer_first ? a : b], table.states[best->first], view.shown[finer_first ? b : a],
                                    table.states[*best->second], *left);
    }
  }
  return best;
}

/// A state in which another kind of place, as near to this one as possible, looks otherwise; or, where no region tells anything, three or
/// more radii.
OverTimeCheck::Telling OverTimeCheck::telling_region(const WatcherTable& table, const View& view, const Hit& hit) const {
  const PlaceKind& here = table.kinds[view.kind];
  Telling best{.first = view.states.front()};
  int least = 0;
  for (std::size_t other = 0; other < table.kinds.size(); ++other) {
    const PlaceKind& there = table.kinds[other];
    const int differing = std::popcount(here.circles ^ there.circles) + std::popcount(here.civic ^ there.civic);
    if (best.elsewhere && differing >= least) continue;
    const auto state = std::find_if(view.states.begin(), view.states.end(), [&](std::size_t each) { return here.looks[each] != there.looks[each]; });
    if (state == view.states.end()) continue;
    least = differing;
    best.first = *state;
    best.second = *state;
    best.elsewhere = other;
  }
  if (hit.by_length) best.area_m2 = hit.place->left.area_m2;
  best.reason = hit.by_length ? words_for_knowledge(view.knowledge, hit.place->left) : words_for_civic(view.civic_told);
  return best;
}

OverTimeCheck::Telling OverTimeCheck::telling(const WatcherTable& table, const View& view, const Hit& hit) const {
  const PlaceKind& here = table.kinds[view.kind];
  if (!seeks_claim_) {
    const bool measured = hit.by_length && claim_.geodetic_below_m;
    return {.first = view.states.front(), .area_m2 = measured ? hit.place->left.area_m2 : std::nullopt, .reason = words_for_too_much(measured, hit.place->left)};
  }
  std::optional<std::size_t> alone;
  for (const std::size_t state : view.states) {
    const Appearance& look = table.appearances[here.looks[state]];
    if (!satisfied_alone(table, look, hit.place->place)) continue;
    const auto radius = [&](std::size_t of) {
      const auto& geodetic = table.appearances[here.looks[of]].geodetic;
      return geodetic ? geodetic->radius_m : INFINITY;
    };
    if (!alone || radius(state) < radius(*alone)) alone = state;
  }
  if (alone) {
    Telling one{.first = *alone};
    const auto& geodetic = table.appearances[here.looks[*alone]].geodetic;
    if (hit.by_length && geodetic) {
      const auto left = Knowledge({*geodetic}, table.regions, table.regions.possible, claim_.effective).left_at(hit.place->place);
      if (left) one.area_m2 = left->area_m2;
    }
    return one;
  }
  if (hit.by_length) {
    if (auto pair = telling_pair(table, view, hit)) return *pair;
  }
  return telling_region(table, view, hit);
}

/// The rules that give the runs' locations, and of two runs at different places those that match in one alone.
std::vector<policy::RuleRef> OverTimeCheck::rules_behind(const OverTimeAnswer& answer, bool difference_alone) const {
  std::set<policy::RuleRef> rules;
  const auto& first = answer.example->decision;
  if (!difference_alone) {
    for (const policy::RuleRef ref : claims::rules_concerned(property_.claim, first, context_)) rules.insert(ref);
  }
  if (answer.second && answer.second->request.state.location == answer.example->request.state.location) {
    for (const policy::RuleRef ref : claims::rules_concerned(property_.claim, answer.second->decision, context_)) rules.insert(ref);
  } else if (answer.second) {
    const auto& second = answer.second->decision;
    std::set_symmetric_difference(first.matched.begin(), first.matched.end(), second.matched.begin(), second.matched.end(),
                                  std::inserter(rules, rules.end()));
  }
  return {rules.begin(), rules.end()};
}

/// Decides again, at the place itself, everything that the hit rests on.
OverTimeAnswer OverTimeCheck::confirmed(const WatcherTable& table, const View& view, const Hit& hit, const policy::Watcher& watcher) const {
  const PlaceKind& here = table.kinds[view.kind];
  policy::TargetLocation where = here.where;
  where.geodetic = hit.place->place;
  const auto broken = [&](const char* what) {
    throw diag::InternalError(fmt::format("a place found for the property `{}` does not replay: {} (location {} {})", property_.name, what,
                                          hit.place->place.latitude, hit.place->place.longitude));
  };
  if (!claims::in_group(*property_.group, watcher)) broken("the watcher is not in the group");
  for (const std::size_t state : view.states) {
    const Counterexample run = run_at(watcher, table.states[state], where);
    if (!claims::guard_holds(property_, run.request)) broken("the guard does not hold");
    if (appearance_of(run.decision, context_) != table.appearances[here.looks[state]]) broken("the watcher is shown something else");
  }
  if (hit.by_length) {
    const auto left = view.knowledge.left_at(hit.place->place);
    if (!left || !(seeks_claim_ ? bound_.is_below(*left) : bound_.is_not_below(*left))) broken("what is left has another size");
  }
  const Telling found = telling(table, view, hit);
  OverTimeAnswer answer;
  answer.example = run_at(watcher, table.states[found.first], where);
  if (found.second) answer.second = run_at(watcher, table.states[*found.second], found.elsewhere ? table.kinds[*found.elsewhere].where : where);
  if (found.elsewhere && appearance_of(answer.second->decision, context_) == appearance_of(answer.example->decision, context_)) {
    broken("the other run looks the same");
  }
  answer.rules = rules_behind(answer, found.elsewhere && view.shown.empty());
  answer.remaining_area_m2 = found.area_m2;
  answer.reason = found.reason;
  return answer;
}

void OverTimeCheck::look_at(const WatcherTable& table, const policy::Watcher& watcher) {
  for (std::size_t kind = 0; kind < table.kinds.size(); ++kind) {
    const PlaceKind& here = table.kinds[kind];
    if (std::none_of(here.guard.begin(), here.guard.end(), [](bool allowed) { return allowed; })) continue;
    guard_can_hold_ = true;
    const Hit hit = judge(table, kind);
    if (hit.place && !hit_) {
      hit_ = confirmed(table, view_of(table, kind), hit, watcher);
      return;
    }
    if (!hit.certain && problem_.empty()) problem_ = words_for_unsure(view_of(table, kind).knowledge, limits_.passed());
  }
  std::set<std::size_t> seen;
  for (const PlaceKind& kind : table.kinds) {
    for (std::size_t state = 0; state < table.states.size(); ++state) {
      const Appearance& look = table.appearances[kind.looks[state]];
      if (!kind.guard[state] || (!look.geodetic && look.civic == geo::CivicLevel::none) || !seen.insert(kind.looks[state]).second) continue;
      const auto rules = claims::rules_concerned(property_.claim, run_at(watcher, table.states[state], kind.where).decision, context_);
      location_rules_.insert(rules.begin(), rules.end());
    }
  }
}

OverTimeAnswer OverTimeCheck::without_hit() const {
  OverTimeAnswer answer;
  if (group_is_empty_) {
    answer.verdict = Verdict::vacuous;
    answer.reason = "the group is empty";
  } else if (!problem_.empty()) {
    answer.reason = problem_;
  } else if (!guard_can_hold_) {
    answer.verdict = Verdict::vacuous;
    answer.reason = "its `when` and `during` can never hold";
  } else if (!partition_.complete()) {
    answer.reason = "URIs or domains are named in so many ways that not every watcher was considered";
  } else {
    answer.verdict = property_.quantifier == property::Quantifier::sometimes ? Verdict::violated : Verdict::proved;
    answer.rules = {location_rules_.begin(), location_rules_.end()};
  }
  return answer;
}

OverTimeAnswer OverTimeCheck::run() {
  const bool empty_identity = context_.readings.empty_identity_is_unauthenticated();
  std::set<std::pair<bool, std::vector<smt::RuleNumber>>> done;
  for (const smt::WatcherClass& watcher : partition_.classes()) {
    if (hit_) break;
    if (!partition_.contains(*property_.group, watcher)) continue;
    group_is_empty_ = false;
    std::vector<smt::RuleNumber> numbers = partition_.rules_of(watcher, empty_identity);
    std::vector<policy::RuleRef> rules;
    for (const smt::RuleNumber number : numbers) rules.push_back(partition_.rules().ref(number));
    if (!done.emplace(watcher.authenticated(), std::move(numbers)).second) continue;
    if (limits_.passed()) {
      problem_ = "the time limit was reached before an answer was found";
      break;
    }
    const WatcherTable table = watcher_table(watcher.watcher(), rules, property_, evaluator_, places_, limits_);
    if (table.problem.empty()) {
      look_at(table, watcher.watcher());
    } else if (problem_.empty()) {
      problem_ = table.problem;
    }
  }
  if (!hit_) return without_hit();
  hit_->verdict = property_.quantifier == property::Quantifier::sometimes ? Verdict::proved : Verdict::violated;
  return *hit_;
}

}  // namespace presproof::verify
