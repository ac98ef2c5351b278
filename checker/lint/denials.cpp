#include "lint/denials.h"

#include <algorithm>
#include <span>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "lint/attribute_value.h"
#include "lint/checks/checks.h"
#include "lint/overridden.h"

namespace presproof::lint {
namespace {

using policy::RuleRef;

const policy::Permission* all_attributes_of(const policy::Rule& rule) {
  for (const auto& permission : rule.permissions)
    if (std::holds_alternative<policy::ProvideAllAttributes>(permission.what)) return &permission;
  return nullptr;
}

/// What in a rule gives the attribute; null when nothing does.
const policy::Permission* grant_of(const policy::Rule& rule, const AttributeValue& attribute) {
  for (const auto& permission : rule.permissions)
    if (const auto other = attribute_of(permission); other && other->granted && other->key == attribute.key)
      return &permission;
  return attribute.location ? nullptr : all_attributes_of(rule);
}

class Denials {
 public:
  explicit Denials(const Context& context) : context_(context) {
    each_rule(context.policy, [&](RuleRef ref, const policy::Rule& rule) {
      if (all_attributes_of(rule) != nullptr) granting_[kAll].push_back(ref);
      for (const auto& permission : rule.permissions) {
        const auto attribute = attribute_of(permission);
        if (!attribute || !attribute->granted) continue;
        auto& rules = granting_[attribute->key];
        if (rules.empty() || rules.back() != ref) rules.push_back(ref);
      }
    });
  }

  [[nodiscard]] std::optional<Denial::Undone> undone(RuleRef ref, const AttributeValue& attribute) const {
    const auto& rule = policy::rule_at(context_.policy, ref);
    if (const auto* all = all_attributes_of(rule); all != nullptr && !attribute.location)
      return Denial::Undone{ref, all->span, {}};
    const auto& overlaps = context_.overlaps();
    const auto& reach = overlaps.reach(ref);
    const auto named = named_watchers(rule, reach);
    if (named.empty()) return std::nullopt;
    auto rules = rules_for(attribute.key);
    if (!attribute.location) {
      const auto& all = rules_for(kAll);
      const auto middle = rules.insert(rules.end(), all.begin(), all.end());
      std::inplace_merge(rules.begin(), middle, rules.end());
    }
    if (rules.empty()) return std::nullopt;
    const bool general = overlaps.is_general(ref);
    for (const auto other : general ? Candidates(std::span(std::as_const(rules))) : overlaps.candidates(ref)) {
      if (other == ref || (!general && !std::ranges::binary_search(rules, other))) continue;
      const auto& theirs = overlaps.reach(other);
      if (!at_one_moment(reach, theirs)) continue;
      const auto whom =
          std::ranges::find_if(named, [&](const NamedWatcher& each) { return theirs.admits(each.probe); });
      if (whom == named.end()) continue;
      const auto* grant = grant_of(policy::rule_at(context_.policy, other), attribute);
      return Denial::Undone{other, grant->span, whom->words};
    }
    return std::nullopt;
  }

 private:
  static constexpr auto kAll = "provide-all-attributes";
  [[nodiscard]] std::vector<RuleRef> rules_for(const std::string& key) const {
    const auto found = granting_.find(key);
    return found == granting_.end() ? std::vector<RuleRef>() : found->second;
  }

  const Context& context_;
  std::unordered_map<std::string, std::vector<RuleRef>> granting_;
};

bool says_false(const policy::Permission& permission) {
  if (const auto* location = std::get_if<policy::ProvideLocation>(&permission.what)) return !discloses(*location);
  if (const auto* known = std::get_if<policy::ProvideAttribute>(&permission.what)) return !known->value;
  if (const auto* unknown = std::get_if<policy::ProvideUnknownAttribute>(&permission.what)) return !unknown->value;
  const auto* input = std::get_if<policy::UserInput>(&permission.what);
  return input != nullptr && *input == policy::UserInput::none;
}

bool granted_beside(const policy::Rule& rule, const AttributeValue& attribute) {
  return std::ranges::any_of(rule.permissions, [&](const policy::Permission& permission) {
    const auto other = attribute_of(permission);
    return other && other->granted && other->key == attribute.key;
  });
}

}  // namespace

std::vector<Denial> denials_of(const Context& context) {
  const bool presence = context.options.usage == policy::Usage::presence;
  std::vector<Denial> found;
  std::optional<Denials> denials;  // costs something, and few policies deny
  each_rule(context.policy, [&](RuleRef ref, const policy::Rule& rule) {
    for (const auto& permission : rule.permissions) {
      if (!says_false(permission)) continue;
      const auto attribute = attribute_of(permission);
      if (!attribute) {
        found.push_back({ref, &permission, "`provide-location`", std::nullopt});
      } else if (presence && !granted_beside(rule, *attribute)) {
        if (!denials) denials.emplace(context);
        found.push_back({ref, &permission, attribute->words, denials->undone(ref, *attribute)});
      }
    }
  });
  return found;
}

}  // namespace presproof::lint
