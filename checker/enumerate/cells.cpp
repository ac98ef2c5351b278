#include "enumerate/cells.h"

#include <algorithm>
#include <set>

#include "base/lexical.h"
#include "base/overloaded.h"
#include "claims/scope.h"
#include "semantics/match.h"

namespace presproof::enumerate {
namespace {

/// For the guard's `during`, which are no atoms.
struct NoAtom {};

template <class Value>
void sort_unique(std::vector<Value>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

}  // namespace

CellFinder::CellFinder(std::span<const RulesAs> sides, const property::Property& property, Arrangements& arrangements, Budget& budget)
    : property_(property), arrangements_(arrangements), budget_(budget) {
  for (const auto& [rules, options] : sides) {
    for (const policy::Rule* rule : rules) {
      collect(*rule);
      numbers_.emplace_back();
      for (const policy::Condition& condition : rule->conditions) {
        const auto known = std::find_if(different_.begin(), different_.end(), [&](const Different& each) {
          return each.options->profile == options.profile && *each.condition == condition;
        });
        numbers_.back().push_back(static_cast<std::size_t>(known - different_.begin()));
        if (known == different_.end()) different_.push_back({&condition, &options});
      }
    }
  }
  for (const auto& guard : property.guards) collect(guard);
  for (const property::Interval& interval : property.during) breakpoints_.insert(breakpoints_.end(), {interval.from, interval.until});
  sort_unique(breakpoints_);
  sort_unique(circles_);
  for (auto& [field, texts] : civic_) sort_unique(texts);
}

void CellFinder::collect(const geo::CivicAddress& fields) {
  for (const auto& [field, text] : fields) civic_[field].push_back(text);
}

void CellFinder::collect(const policy::Rule& rule) {
  for (const policy::Condition& condition : rule.conditions) {
    std::visit(Overloaded{
                   [](const policy::IdentityCondition&) {},
                   [&](const policy::SphereCondition& sphere) {
                     named_spheres_.insert(named_spheres_.end(), sphere.tokens.begin(), sphere.tokens.end());
                   },
                   [&](const policy::ValidityCondition& validity) {
                     for (const policy::ValidityPair& pair : validity.pairs) {
                       if (pair.from) breakpoints_.push_back(*pair.from);
                       if (pair.until) breakpoints_.push_back(*pair.until);
                     }
                   },
                   [&](const policy::LocationCondition& location) {
                     for (const policy::LocationAlternative& alternative : location.locations) {
                       if (const auto* circle = std::get_if<geo::Circle>(&alternative.where)) circles_.push_back(arrangements_.add(*circle));
                       if (const auto* civic = std::get_if<policy::CivicLocation>(&alternative.where)) collect(civic->fields);
                     }
                   },
                   [](const policy::UnknownCondition&) {},
               },
               condition);
  }
}

void CellFinder::collect(const property::Formula<property::GuardAtom>& guard) {
  for (const auto& operand : guard.operands) collect(operand);
  if (guard.op != property::Operator::atom) return;
  atoms_.push_back(&guard.atom);
  std::visit(Overloaded{
                 [&](const property::SphereIs& sphere) {
                   if (sphere.value) named_spheres_.push_back(*sphere.value);
                 },
                 [&](const property::Inside& inside) {
                   if (const auto* circle = std::get_if<geo::Circle>(&inside.region)) circles_.push_back(arrangements_.add(*circle));
                   if (const auto* civic = std::get_if<property::CivicRegion>(&inside.region)) collect(civic->fields);
                 },
                 [](const property::Authenticated&) {},
             },
             guard.atom);
}

/// The watcher does not matter to these conditions and atoms.
template <class Condition, class Atom>
std::vector<bool> CellFinder::made_of(const policy::State& state) const {
  const policy::Request request{{}, state};
  std::vector<bool> made;
  for (const auto& [condition, options] : different_) made.push_back(!std::holds_alternative<Condition>(*condition) || semantics::holds(*condition, request, *options));
  if constexpr (std::is_same_v<Atom, NoAtom>) {
    for (const property::Interval& interval : property_.during) made.push_back(interval.from <= state.time && state.time < interval.until);
  } else {
    for (const property::GuardAtom* atom : atoms_) {
      if (std::holds_alternative<Atom>(*atom)) made.push_back(claims::guard_atom_holds(*atom, request));
    }
  }
  return made;
}

RuleMask CellFinder::rules_that_allow(const std::vector<bool>& made) const {
  RuleMask rules(numbers_.size());
  for (std::size_t i = 0; i < numbers_.size(); ++i) {
    if (std::all_of(numbers_[i].begin(), numbers_[i].end(), [&](std::size_t condition) { return made[condition]; })) rules.add(i);
  }
  return rules;
}

template <class Condition, class Atom, class Value>
std::vector<Cell<Value>> CellFinder::cells(const std::vector<Value>& values, Value policy::State::*member) const {
  std::vector<Cell<Value>> found;
  std::set<std::vector<bool>> seen;
  for (const Value& value : values) {
    if (!budget_.spend(1 + different_.size() + atoms_.size())) break;
    policy::State state;
    state.*member = value;
    const auto [made, is_new] = seen.insert(made_of<Condition, Atom>(state));
    if (is_new) found.push_back({value, rules_that_allow(*made)});
  }
  return found;
}

/// Between neighbouring breakpoints nothing changes; each stands for the times from it on, the first instant for those before all.
std::vector<Instant> CellFinder::times() const {
  std::vector<Instant> times = {kUsualInstant, kFirstInstant};
  std::copy_if(breakpoints_.begin(), breakpoints_.end(), std::back_inserter(times),
               [](Instant time) { return kFirstInstant < time && time < kEndOfInstants; });
  return times;
}

std::vector<std::optional<std::string>> CellFinder::spheres() const {
  std::vector<std::optional<std::string>> spheres = {std::nullopt};
  std::set<std::string> known;
  for (const std::string& sphere : named_spheres_) {
    if (known.insert(to_lower_ascii(sphere)).second) spheres.emplace_back(sphere);
  }
  std::string another = "another";
  while (known.contains(another)) another += '0';
  spheres.emplace_back(another);
  return spheres;
}

/// No address, and every choice of nothing, a named text or another for each field; one for each outcome of the conditions. A
/// condition about locations holds for its geodetic part or for its civic one (RFC 6772 section 4), so the civic part is
/// looked at where the place is unknown.
std::vector<std::optional<geo::CivicAddress>> CellFinder::addresses() {
  std::vector<std::optional<geo::CivicAddress>> found = {std::nullopt};
  std::vector<geo::CivicAddress> choices(1);
  for (const auto& [field, texts] : civic_) {
    std::string another = "another";
    while (std::binary_search(texts.begin(), texts.end(), another)) another += '0';
    std::vector<std::string> values = texts;
    values.push_back(another);
    if (!budget_.spend(choices.size() * values.size())) return found;
    const std::size_t without = choices.size();
    for (const std::string& value : values) {
      for (std::size_t i = 0; i < without; ++i) {
        choices.push_back(choices[i]);
        choices.back().emplace(field, value);
      }
    }
  }
  std::set<std::vector<bool>> seen;
  for (const geo::CivicAddress& choice : choices) {
    if (choice.empty()) continue;
    if (!budget_.spend(1 + different_.size() + atoms_.size())) return found;
    policy::State state;
    state.location.civic = choice;
    if (seen.insert(made_of<policy::LocationCondition, property::Inside>(state)).second) found.emplace_back(choice);
  }
  return found;
}

std::vector<policy::TargetLocation> CellFinder::locations() {
  std::vector<std::optional<geo::Shape>> places = {std::nullopt};
  if (!circles_.empty()) {
    const Arrangement& arrangement = arrangements_.of(circles_, budget_);
    certain_ = certain_ && arrangement.certain;
    places.insert(places.end(), arrangement.places.begin(), arrangement.places.end());
  }
  std::vector<policy::TargetLocation> locations;
  for (const auto& civic : addresses()) {
    for (const auto& place : places) locations.push_back({place, civic});
  }
  return locations;
}

std::optional<Cells> CellFinder::find() {
  Cells found;
  found.times = cells<policy::ValidityCondition, NoAtom>(times(), &policy::State::time);
  found.spheres = cells<policy::SphereCondition, property::SphereIs>(spheres(), &policy::State::sphere);
  found.locations = cells<policy::LocationCondition, property::Inside>(locations(), &policy::State::location);
  found.certain = certain_;
  if (budget_.exhausted()) return std::nullopt;
  return found;
}

}  // namespace presproof::enumerate
