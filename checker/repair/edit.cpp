#include "repair/edit.h"

#include <algorithm>
#include <array>

#include "uri/uri.h"

namespace presproof::repair {
namespace {

constexpr std::array<std::string_view, 11> kKindNames = {
    "coarsen-location", "lower-value",    "drop-permission", "limit-permission", "split-rule", "narrow-conditions",
    "narrow-identity",  "lower-handling", "raise-handling",  "remove-rule",      "add-rule"};

void exclude_from(policy::IdentityCondition& identity, const Exclusion& exclude) {
  std::erase_if(identity.matchers, [&](const policy::IdentityMatcher& matcher) { return is_excluded(matcher, exclude); });
  for (policy::IdentityMatcher& matcher : identity.matchers) {
    auto* many = std::get_if<policy::Many>(&matcher);
    if (many == nullptr) continue;
    for (policy::Except& except : needed_excepts(*many, exclude)) many->excepts.push_back(std::move(except));
  }
}

}  // namespace

std::string_view to_string(Kind kind) { return kKindNames[static_cast<std::size_t>(kind)]; }

bool is_excluded(const policy::IdentityMatcher& matcher, const Exclusion& exclude) {
  const auto* one = std::get_if<policy::One>(&matcher);
  if (one == nullptr) return false;
  if (exclude.domain && one->id.domain && one->id.domain == exclude.domain->ascii) return true;
  return std::any_of(exclude.ids.begin(), exclude.ids.end(), [&](const uri::Uri& id) { return uri::equivalent(id, one->id); });
}

std::vector<policy::Except> needed_excepts(const policy::Many& many, const Exclusion& exclude) {
  std::vector<policy::Except> excepts;
  if (exclude.domain && (!many.domain || many.domain->ascii == exclude.domain->ascii)) {
    excepts.push_back({std::nullopt, policy::Domain{exclude.domain->text, exclude.domain->ascii, {}}, {}});
  }
  for (const uri::Uri& id : exclude.ids) {
    if (many.domain && (!id.domain || id.domain != many.domain->ascii)) continue;
    const auto same = [&](const policy::Except& except) { return except.id && uri::equivalent(*except.id, id); };
    if (std::none_of(many.excepts.begin(), many.excepts.end(), same)) excepts.push_back({id, std::nullopt, {}});
  }
  return excepts;
}

policy::Rule changed(const policy::Rule& rule, const RuleChange& change) {
  policy::Rule result = rule;
  if (change.new_id) result.id = *change.new_id;
  for (policy::Condition& condition : result.conditions) {
    auto* identity = std::get_if<policy::IdentityCondition>(&condition);
    if (identity == nullptr) continue;
    if (!change.only_for.empty()) identity->matchers = change.only_for;
    exclude_from(*identity, change.exclude);
  }
  result.conditions.insert(result.conditions.end(), change.added.begin(), change.added.end());
  if (!change.permission) return result;
  result.permissions.clear();
  for (std::size_t i = 0; i < rule.permissions.size(); ++i) {
    if (i == *change.permission) {
      result.permissions.insert(result.permissions.end(), change.replacement.begin(), change.replacement.end());
    } else if (!change.only_permission) {
      result.permissions.push_back(rule.permissions[i]);
    }
  }
  return result;
}

void apply(const Edit& edit, policy::Policy& policy) {
  policy::RuleSet& document = policy.documents[edit.rule.document];
  if (edit.new_rule) {
    document.rules.push_back(*edit.new_rule);
    return;
  }
  const auto place = document.rules.begin() + edit.rule.rule;
  if (edit.remove) {
    document.rules.erase(place);
    return;
  }
  const policy::Rule original = *place;
  *place = changed(original, edit.change);
  if (edit.copy) document.rules.insert(place + 1, changed(original, *edit.copy));
}

}  // namespace presproof::repair
