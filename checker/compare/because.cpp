#include "compare/because.h"

#include <algorithm>
#include <set>

#include "semantics/match.h"

namespace presproof::compare {
namespace {

using policy::Condition;
using policy::Rule;
using policy::SubHandling;
using semantics::Evaluator;

bool same_place(const Rule& a, const Rule& b) { return a.span.file == b.span.file && a.span.line == b.span.line && a.span.column == b.span.column; }

/// The rule of the other reading that stands in the same place.
const Rule* counterpart(const policy::Policy& policy, const Rule& rule) {
  for (const auto& document : policy.documents)
    for (const Rule& each : document.rules)
      if (each.outcome != policy::Outcome::no_rule && same_place(each, rule)) return &each;
  return nullptr;
}

std::string_view identity_departure(const policy::IdentityCondition& condition, const policy::Watcher& watcher, bool other_holds) {
  if (!watcher.authenticated()) return "anonymous";
  bool domains = false;
  for (const auto& matcher : condition.matchers) {
    const auto* many = std::get_if<policy::Many>(&matcher);
    if (many == nullptr) continue;
    policy::Many without = *many;
    without.excepts.clear();
    if (semantics::holds(policy::IdentityCondition{{without}, {}}, watcher, engine::Readings())) {
      // The domain is right: an exception makes the difference.
      std::erase_if(without.excepts = many->excepts, [](const policy::Except& except) { return !except.id; });
      const bool by_id = !semantics::holds(policy::IdentityCondition{{without}, {}}, watcher, engine::Readings());
      return by_id && other_holds ? "except-id" : "except-domain";
    }
    domains = domains || many->domain;
  }
  return domains && other_holds ? "many-domain" : "uri-equivalence";
}

/// Why the conditions of a rule hold on one side alone. `chosen_for_others`: the engine looks at none of them.
void conditions_behind(const Rule& rule, const policy::Request& request, const Evaluator& rfc, bool other_holds, bool chosen_for_others, std::set<std::string_view>& keys) {
  std::size_t identities = 0;
  for (const Condition& condition : rule.conditions) {
    const auto* identity = std::get_if<policy::IdentityCondition>(&condition);
    identities += identity != nullptr ? 1 : 0;
    if (semantics::holds(condition, request, rfc.options()) == other_holds) continue;
    // Of the departures of different engines those count that the profile has.
    if (identity != nullptr) {
      const std::string_view key = identities > 1 ? "two-conditions" : identity_departure(*identity, request.watcher, other_holds);
      keys.insert(key);
      if (key.starts_with("except")) keys.insert("except");
    } else if (std::holds_alternative<policy::SphereCondition>(condition)) keys.insert({"sphere", "one-condition"});
    else if (std::holds_alternative<policy::ValidityCondition>(condition)) keys.insert({"validity", "one-condition"});
    else keys.insert({"unknown-condition", "oma-conditions", chosen_for_others ? "other-identity" : "one-condition"});
  }
}

template <class Permission>
bool has(const Rule& rule) {
  return std::any_of(rule.permissions.begin(), rule.permissions.end(), [](const policy::Permission& permission) { return std::holds_alternative<Permission>(permission.what); });
}

/// Why a rule is none to the engine.
void unseen_because(const Rule& rule, const engine::Profile& profile, std::set<std::string_view>& keys) {
  const bool names = std::any_of(rule.conditions.begin(), rule.conditions.end(), semantics::is_identity);
  const bool periods = std::any_of(rule.conditions.begin(), rule.conditions.end(), [](const Condition& condition) { return std::holds_alternative<policy::ValidityCondition>(condition); });
  switch (profile.view) {
    case engine::RuleSetView::as_written:
    case engine::RuleSetView::oma: break;
    case engine::RuleSetView::ser:
    case engine::RuleSetView::opensips_oma: keys.insert(names ? "comment" : "no-conditions"); break;
    case engine::RuleSetView::mobicents: keys.insert(!has<SubHandling>(rule) ? "one-action" : rule.conditions.empty() ? "no-conditions" : "no-transformations"); break;
    case engine::RuleSetView::kaleo: keys.insert(periods ? "validity" : "no-conditions"); break;
  }
}

bool selects_by_id(const semantics::Permissions& permissions) {
  constexpr auto kId = static_cast<std::size_t>(policy::SelectorKind::occurrence_id);
  return std::any_of(permissions.components.begin(), permissions.components.end(), [](const semantics::ProvidedComponents& each) { return !each.values[kId].empty(); });
}

/// Why more or less is shown by a rule that both take.
void shown_because(const semantics::Permissions& by_rfc, const semantics::Permissions& by_other, const Rule& chosen, const engine::Profile& profile, std::set<std::string_view>& keys) {
  if (by_other.sub_handling != SubHandling::allow) return;
  constexpr auto kClass = static_cast<std::size_t>(policy::AttributePermission::class_);
  switch (profile.filtering) {
    case engine::Filtering::shows_what_is_granted:
      if (by_rfc.unknown_attributes != by_other.unknown_attributes || by_rfc.location != by_other.location) keys.insert("oma-permissions");
      break;
    case engine::Filtering::shows_what_is_not_removed: keys.insert(chosen.transformations.empty() ? "no-transformations" : "omitted"); break;
    case engine::Filtering::shows_all_or_nothing: keys.insert("transformations"); break;
    case engine::Filtering::shows_status_whole:
      if (by_rfc.location != by_other.location) keys.insert("location");
      if (by_rfc.attributes[kClass] != by_other.attributes[kClass]) keys.insert("class");
      if (by_rfc.unknown_attributes != by_other.unknown_attributes) keys.insert("unknown-attribute");
      if (by_rfc.sub_handling == SubHandling::allow && by_rfc.components != by_other.components) keys.insert(selects_by_id(by_rfc) ? "occurrence-id" : "last-permission");
      break;
  }
}

}  // namespace

std::vector<const engine::Departure*> departures_behind(const policy::Request& request, const Evaluator& rfc, const Evaluator& other) {
  const auto by_rfc = rfc.decide(request);
  const auto by_other = other.decide(request);
  const engine::Profile& profile = *other.options().profile;
  std::set<std::string_view> keys;
  const bool refused = by_other.response && by_other.response->code >= 400 && by_other.subscription_state.empty();
  if (profile.parameters.force_active) keys.insert("force-active");
  else if (refused) keys.insert(by_other.response->code == 400 ? "uri-equivalence" : "unknown-handling");
  else if (!by_other.matched.empty()) {
    std::vector<const Rule*> there;
    for (const policy::RuleRef ref : by_other.matched) {
      const Rule& chosen = rule_at(other.policy(), ref);
      const Rule* known = counterpart(rfc.policy(), chosen);
      const bool by_both = std::any_of(by_rfc.matched.begin(), by_rfc.matched.end(), [&](policy::RuleRef each) { return known != nullptr && same_place(rule_at(rfc.policy(), each), *known); });
      if (known == nullptr) keys.insert("namespaces");
      else if (!by_both) conditions_behind(*known, request, rfc, true, chosen.conditions.empty(), keys);
      if (known != nullptr) there.push_back(known);
    }
    for (const policy::RuleRef ref : by_rfc.matched) {
      const Rule& rule = rule_at(rfc.policy(), ref);
      if (std::any_of(there.begin(), there.end(), [&](const Rule* each) { return same_place(*each, rule); })) continue;
      if (counterpart(other.policy(), rule) == nullptr && profile.combining == engine::Combining::matching_rules_of_first_kind) unseen_because(rule, profile, keys);
      else keys.insert({"first-match", "oma-order", "kinds"});
    }
    shown_because(by_rfc.permissions, by_other.permissions, rule_at(other.policy(), by_other.matched.front()), profile, keys);
  } else if (by_rfc.matched.empty()) {
    keys.insert("default");
  } else {
    for (const policy::RuleRef ref : by_rfc.matched) {
      const Rule& rule = rule_at(rfc.policy(), ref);
      if (counterpart(other.policy(), rule) == nullptr) {
        unseen_because(rule, profile, keys);
        continue;
      }
      conditions_behind(rule, request, rfc, false, false, keys);
      for (const Condition& condition : rule.conditions)
        if (const auto* identity = std::get_if<policy::IdentityCondition>(&condition)) keys.insert(identity_departure(*identity, request.watcher, false));
    }
  }
  std::vector<const engine::Departure*> found;
  for (const engine::Departure& departure : engine::departures_of(profile))
    if (keys.contains(departure.key)) found.push_back(&departure);
  return found;
}

}  // namespace presproof::compare
