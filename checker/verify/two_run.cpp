#include "verify/two_run.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <set>

#include "base/lexical.h"
#include "base/overloaded.h"
#include "claims/scope.h"
#include "verify/documents_apart.h"
#include "verify/view.h"

namespace presproof::verify {
namespace {

using property::Secret;

bool same_sphere(const policy::State& first, const policy::State& second) {
  if (!first.sphere || !second.sphere) return first.sphere == second.sphere;
  return to_lower_ascii(*first.sphere) == to_lower_ascii(*second.sphere);
}

property::Formula<property::ClaimAtom> sphere_shown() {
  return {property::Operator::atom, property::AttributeShown{policy::AttributePermission::sphere}, {}};
}
property::Formula<property::ClaimAtom> location_shown() {
  return {property::Operator::atom, property::LocationShown{std::numeric_limits<double>::infinity(), geo::CivicLevel::country}, {}};
}
/// The claim that the secret itself stands in the document; nothing for secrets that no document shows.
std::optional<property::Formula<property::ClaimAtom>> shown(Secret secret) {
  if (secret == Secret::sphere) return sphere_shown();
  if (secret == Secret::location) return location_shown();
  return std::nullopt;
}

bool look_alike(const Counterexample& first, const Counterexample& second, const claims::ClaimContext& context, const engine::Profile& profile) {
  if (!same_response(first.decision, second.decision, context.usage)) return false;
  if (profile.filtering == engine::Filtering::shows_what_is_granted) return view_of(first.decision, context) == view_of(second.decision, context);
  return !documents_apart(first.decision, second.decision, context, profile);
}

/// A location server has no sub-handling: it grants or does not.
int handling_of(const semantics::Decision& decision, policy::Usage usage) {
  if (usage == policy::Usage::geolocation) return decision.matched.empty() ? 0 : 1;
  return static_cast<int>(decision.permissions.sub_handling);
}

bool is_given(policy::RuleRef rule, const Counterexample& run, bool response_alone) {
  return std::any_of(run.decision.granted_by.begin(), run.decision.granted_by.end(), [&](const auto& given) {
    const auto& [permission, rules] = given;
    return (!response_alone || permission == "sub-handling") && std::find(rules.begin(), rules.end(), rule) != rules.end();
  });
}

}  // namespace

std::optional<std::string_view> why_not_compared(const property::Property& property, const policy::Request& first, const policy::Request& second) {
  if (!claims::in_group(*property.group, first.watcher)) return "the first watcher is not in the group";
  if (!claims::guard_holds(property, first) || !claims::guard_holds(property, second)) return "the guard does not hold in both runs";
  return std::visit(Overloaded{
                        [&](const property::SameAs& same) -> std::optional<std::string_view> {
                          if (!claims::in_group(*same.other, second.watcher)) return "the second watcher is not in the other group";
                          if (first.state != second.state) return "the two watchers are compared in two states";
                          return std::nullopt;
                        },
                        [&](const property::RevealsNothingAbout& reveals) -> std::optional<std::string_view> {
                          if (first.watcher != second.watcher) return "the two states are those of two watchers";
                          if (!differ_in_alone(reveals.secret, first.state, second.state)) return "the two states do not differ in the secret alone";
                          return std::nullopt;
                        },
                    },
                    *property.two_run);
}

bool told_apart(const property::TwoRunClaim& claim, const Counterexample& first, const Counterexample& second, const claims::ClaimContext& context,
                const engine::Profile& profile) {
  return std::visit(Overloaded{
                        [&](const property::SameAs& same) {
                          return same.content ? !look_alike(first, second, context, profile) : !same_response(first.decision, second.decision, context.usage);
                        },
                        [&](const property::RevealsNothingAbout& reveals) {
                          if (reveals.secret == Secret::handling) {
                            return handling_of(first.decision, context.usage) != handling_of(second.decision, context.usage) &&
                                   !look_alike(first, second, context, profile);
                          }
                          if (!look_alike(first, second, context, profile)) return true;
                          const auto claimed = shown(reveals.secret);
                          return claimed && claims::claim_holds(*claimed, first.decision, context);
                        },
                    },
                    claim);
}

bool told_by_document(const Counterexample& first, const Counterexample& second, const claims::ClaimContext& context) {
  return same_response(first.decision, second.decision, context.usage) && view_of(first.decision, context) != view_of(second.decision, context);
}

bool differ_in_alone(Secret secret, const policy::State& first, const policy::State& second) {
  const bool sphere = !same_sphere(first, second);
  const bool time = first.time != second.time;
  const bool location = first.location != second.location;
  switch (secret) {
    case Secret::sphere: return sphere && !time && !location;
    case Secret::location: return location && !time && !sphere;
    case Secret::time: return time && !sphere && !location;
    case Secret::handling: break;
  }
  return true;
}

std::vector<policy::RuleRef> rules_between(const Counterexample& first, const Counterexample& second, bool response_alone) {
  const auto& a = first.decision.matched;
  const auto& b = second.decision.matched;
  std::vector<policy::RuleRef> apart;
  std::set_symmetric_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(apart));
  std::vector<policy::RuleRef> giving;
  std::copy_if(apart.begin(), apart.end(), std::back_inserter(giving),
               [&](policy::RuleRef rule) { return is_given(rule, first, response_alone) || is_given(rule, second, response_alone); });
  return giving.empty() ? apart : giving;
}

std::vector<policy::RuleRef> rules_apart(const property::TwoRunClaim& claim, const Counterexample& first, const Counterexample& second,
                                         const claims::ClaimContext& context, const engine::Profile& profile) {
  const auto* reveals = std::get_if<property::RevealsNothingAbout>(&claim);
  if (reveals != nullptr && reveals->secret != Secret::handling && look_alike(first, second, context, profile)) {
    if (const auto claimed = shown(reveals->secret)) return claims::rules_concerned(*claimed, first.decision, context);
  }
  const auto* same = std::get_if<property::SameAs>(&claim);
  return rules_between(first, second, same != nullptr && !same->content && context.usage == policy::Usage::presence);
}

}  // namespace presproof::verify
