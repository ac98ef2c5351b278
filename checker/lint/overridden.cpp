#include "lint/overridden.h"

#include <fmt/format.h>

#include <algorithm>

#include "lint/checks/checks.h"

namespace presproof::lint {
namespace {

using policy::RuleRef;
using policy::SubHandling;

/// A finding points to so many overriding rules.
constexpr std::size_t kShown = 3;

}  // namespace

std::vector<NamedWatcher> named_watchers(const policy::Rule& rule, const Reach& reach) {
  std::vector<NamedWatcher> named;
  each_condition<policy::IdentityCondition>(rule, [&](const policy::IdentityCondition& identity) {
    for (const auto& matcher : identity.matchers) {
      if (const auto* one = std::get_if<policy::One>(&matcher)) {
        named.push_back({one->id, fmt::format("`{}`", one->id.text)});
      } else if (const auto* many = std::get_if<policy::Many>(&matcher);
                 many != nullptr && many->domain && many->domain->ascii) {
        named.push_back({stranger(*many->domain->ascii), fmt::format("watchers of `{}`", many->domain->text)});
      }
    }
  });
  std::erase_if(named, [&](const NamedWatcher& each) { return !reach.admits(each.probe); });
  return named;
}

OverriddenHandling::OverriddenHandling(const Context& context) : context_(context), overlaps_(context.overlaps()) {
  each_rule(context.policy, [&](RuleRef ref, const policy::Rule& rule) {
    if (given_.size() <= ref.document) given_.resize(ref.document + 1);
    given_[ref.document].push_back(given_by(rule));
  });
}

OverriddenHandling::Given OverriddenHandling::given_by(const policy::Rule& rule) {
  Given given;
  for (const auto& permission : rule.permissions) {
    const auto* value = std::get_if<SubHandling>(&permission.what);
    if (value != nullptr && (given.element == nullptr || *value > given.value)) given = {&permission, *value};
  }
  return given;
}

std::optional<Overridden> OverriddenHandling::of(RuleRef ref) const {
  const auto& mine = given(ref);
  if (mine.element == nullptr || mine.value == SubHandling::allow) return std::nullopt;
  const auto& reach = overlaps_.reach(ref);
  const auto named = named_watchers(policy::rule_at(context_.policy, ref), reach);
  if (named.empty()) return std::nullopt;
  Overridden found;
  for (const auto other : overlaps_.candidates(ref)) {
    if (found.by.size() >= kShown &&
        std::ranges::find(found.by, SubHandling::allow, &Override::handling) != found.by.end())
      break;  // no other one can be stronger
    const auto theirs = value(other);
    if (theirs <= mine.value || !at_one_moment(reach, overlaps_.reach(other))) continue;
    const auto admitted = [&](const NamedWatcher& each) { return overlaps_.reach(other).admits(each.probe); };
    const auto count = static_cast<std::size_t>(std::ranges::count_if(named, admitted));
    if (count == 0) continue;
    // Where somebody is allowed, it is not a polite block that decides.
    if (mine.value == SubHandling::confirm && theirs == SubHandling::allow) return std::nullopt;
    const auto first = std::ranges::find_if(named, admitted) - named.begin();
    if (found.by.size() < kShown || theirs == SubHandling::allow)
      found.by.push_back({other, theirs, static_cast<std::size_t>(first), count});
  }
  if (found.by.empty()) return std::nullopt;
  found.strongest = *std::ranges::max_element(found.by, {}, &Override::handling);
  found.several = found.strongest.count > 1;
  found.whom = named[found.strongest.whom].words;
  if (found.several) found.whom += fmt::format(" and {} more", found.strongest.count - 1);
  return found;
}

diag::Diagnostic OverriddenHandling::report(diag::Code code, RuleRef ref, const Overridden& overridden,
                                            std::string_view does_not) const {
  const auto& rule = policy::rule_at(context_.policy, ref);
  const auto& winner = policy::rule_at(context_.policy, overridden.strongest.rule);
  auto found = finding(code, rule, given(ref).element->span,
                       fmt::format("{} {} {}: {} gives `{}`, and the more generous value wins", name_of(rule), does_not,
                                   overridden.whom, name_of(winner), policy::to_string(overridden.strongest.handling)),
                       fmt::format("leave {} out of {} with an `except`, or narrow its identity condition",
                                   overridden.several ? "these watchers" : overridden.whom, name_of(winner)));
  for (const auto& each : overridden.by) {
    const auto& other = policy::rule_at(context_.policy, each.rule);
    found.related.push_back({given(each.rule).element->span,
                             fmt::format("{} gives `{}`", name_of(other), policy::to_string(each.handling))});
  }
  return found;
}

}  // namespace presproof::lint
