#include "lint/aliases.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "lint/checks/checks.h"
#include "policy/reading.h"

namespace presproof::lint {
namespace {

using policy::Rule;

/// Rules beyond so many are not compared with each other.
constexpr std::size_t kMostPairs = 4096;

/// A rule that blocks, politely or not, takes nothing away from what others give.
bool gives_nothing(const Rule& rule) {
  auto grants = grants_of(rule);
  if (grants.sub_handling == policy::SubHandling::polite_block) grants.sub_handling = policy::SubHandling::block;
  return grants.nothing();
}

std::vector<const policy::Condition*> other_conditions(const Rule& rule) {
  std::vector<const policy::Condition*> conditions;
  for (const auto& condition : rule.conditions)
    if (!std::holds_alternative<policy::IdentityCondition>(condition)) conditions.push_back(&condition);
  return conditions;
}

/// Whether two rules say the same of different watchers.
bool same_body(const Rule& a, const Rule& b) {
  return a.permissions == b.permissions &&
         std::ranges::equal(other_conditions(a), other_conditions(b),
                            [](const auto* left, const auto* right) { return *left == *right; });
}

bool all_in(const std::vector<const Rule*>& some, const std::vector<const Rule*>& others) {
  return std::ranges::all_of(some, [&](const Rule* each) {
    return std::ranges::any_of(others, [&](const Rule* other) { return same_body(*each, *other); });
  });
}

}  // namespace

std::optional<ToldApart> told_apart(const Context& context, const Alias& a, const Alias& b) {
  std::set<policy::RuleRef> naming;
  for (const auto* alias : {&a, &b})
    for (const auto& mention : alias->mentions) naming.insert(mention.ref);
  std::vector<const Rule*> for_a;
  std::vector<const Rule*> for_b;
  for (const auto ref : naming) {
    const auto& reach = context.overlaps().reach(ref);
    const bool matches_a = reach.admits(a.id());
    const bool matches_b = reach.admits(b.id());
    const auto& rule = policy::rule_at(context.policy, ref);
    if (!reach.possible || matches_a == matches_b || gives_nothing(rule)) continue;
    (matches_a ? for_a : for_b).push_back(&rule);
  }
  if (for_a.size() * for_b.size() > kMostPairs) return std::nullopt;
  const auto differs = [](const std::vector<const Rule*>& mine, const std::vector<const Rule*>& others) {
    return std::ranges::find_if(mine, [&](const Rule* each) { return !all_in({each}, others); });
  };
  if (const auto found = differs(for_a, for_b); found != for_a.end()) return ToldApart{*found, true};
  if (const auto found = differs(for_b, for_a); found != for_b.end()) return ToldApart{*found, false};
  return std::nullopt;
}

diag::Diagnostic alias_finding(diag::Code code, const Alias& a, const Alias& b, const ToldApart& told,
                               std::string_view because) {
  const auto first = policy::quoted(a.id().text);
  const auto second = policy::quoted(b.id().text);
  auto report = finding(
      code, *b.first().rule, b.first().span(),
      fmt::format("{} and {} are two watchers, as {}: {} matches {} and not {}", first, second, because,
                  name_of(*told.rule), told.matches_first ? first : second, told.matches_first ? second : first),
      "write the identity that the watcher has in both places, or name both identities in both");
  report.related.push_back({a.first().span(), fmt::format("{} names {}", name_of(*a.first().rule), first)});
  return report;
}

}  // namespace presproof::lint
