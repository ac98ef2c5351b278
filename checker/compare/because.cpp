#include "compare/because.h"

#include <algorithm>
#include <set>

#include "semantics/match.h"

namespace presproof::compare {
namespace {

using policy::Condition;
using policy::Rule;
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
    if (identity != nullptr) keys.insert(identities > 1 ? "two-conditions" : identity_departure(*identity, request.watcher, other_holds));
    else if (std::holds_alternative<policy::SphereCondition>(condition)) keys.insert({"sphere", "one-condition"});
    else if (std::holds_alternative<policy::ValidityCondition>(condition)) keys.insert({"validity", "one-condition"});
    else keys.insert({"unknown-condition", chosen_for_others ? "other-identity" : "one-condition"});
  }
}

}  // namespace

std::vector<const engine::Departure*> departures_behind(const policy::Request& request, const Evaluator& rfc, const Evaluator& other) {
  const auto by_rfc = rfc.decide(request);
  const auto by_other = other.decide(request);
  const auto& parameters = other.options().profile->parameters;
  std::set<std::string_view> keys;
  const bool refused = by_other.response && by_other.response->code >= 400;
  if (parameters.force_active) keys.insert("force-active");
  else if (refused) keys.insert(by_other.response->code == 400 ? "uri-equivalence" : "unknown-handling");
  else if (!by_other.matched.empty()) {
    const Rule& chosen = rule_at(other.policy(), by_other.matched.front());
    const Rule* there = counterpart(rfc.policy(), chosen);
    const auto is_there = [&](policy::RuleRef ref) { return there != nullptr && same_place(rule_at(rfc.policy(), ref), *there); };
    if (there != nullptr && std::none_of(by_rfc.matched.begin(), by_rfc.matched.end(), is_there)) conditions_behind(*there, request, rfc, true, chosen.conditions.empty(), keys);
    if (there == nullptr) keys.insert("namespaces");
    if (std::any_of(by_rfc.matched.begin(), by_rfc.matched.end(), [&](policy::RuleRef ref) { return !is_there(ref); })) keys.insert({"first-match", "oma-order"});
    if (by_other.permissions.sub_handling == policy::SubHandling::allow) keys.insert(chosen.transformations.empty() ? "no-transformations" : "omitted");
  } else if (by_rfc.matched.empty()) {
    keys.insert("default");
  } else {
    for (const policy::RuleRef ref : by_rfc.matched) {
      const Rule& rule = rule_at(rfc.policy(), ref);
      const bool is_seen = counterpart(other.policy(), rule) != nullptr;
      const bool names = std::any_of(rule.conditions.begin(), rule.conditions.end(), semantics::is_identity);
      if (!is_seen) keys.insert(names ? "comment" : "no-conditions");
      else conditions_behind(rule, request, rfc, false, false, keys);
      if (is_seen)
        for (const Condition& condition : rule.conditions)
          if (const auto* identity = std::get_if<policy::IdentityCondition>(&condition)) keys.insert(identity_departure(*identity, request.watcher, false));
    }
  }
  std::vector<const engine::Departure*> found;
  for (const engine::Departure& departure : engine::departures_of(*other.options().profile))
    if (keys.contains(departure.key)) found.push_back(&departure);
  return found;
}

}  // namespace presproof::compare
