#include "lint/condition_text.h"

#include <algorithm>
#include <tuple>

#include "lint/checks/checks.h"

namespace presproof::lint {
namespace {

bool begins_after(const SourceSpan& a, const SourceSpan& b) {
  return std::tie(a.line, a.column) > std::tie(b.line, b.column);
}

}  // namespace

bool same_place(const SourceSpan& a, const SourceSpan& b) {
  return std::tie(a.file, a.line, a.column) == std::tie(b.file, b.line, b.column);
}

const policy::Rule* rule_around(const policy::Policy& policy, const SourceSpan& span) {
  for (const auto& document : policy.documents) {
    const auto& rules = document.rules;
    if (rules.empty() || rules.front().span.file != span.file) continue;
    const auto next =
        std::ranges::partition_point(rules, [&](const policy::Rule& rule) { return !begins_after(rule.span, span); });
    return next == rules.begin() ? nullptr : &*std::prev(next);
  }
  return nullptr;
}

bool has_comment(std::string_view text, const text::ElementText& element) {
  return text.substr(element.begin, element.end - element.begin).find("<!--") != std::string_view::npos;
}

bool remove_rule(const Fixing& fixing, const policy::Rule& rule, text::TextChanges& changes) {
  const auto element = fixing.element(rule.span);
  if (has_comment(fixing.text(), element)) return false;
  changes.remove(element);
  return true;
}

bool all_hold(std::span<const policy::ValidityPair> pairs) {
  return std::ranges::all_of(
      pairs, [](const policy::ValidityPair& pair) { return pair.from && pair.until && *pair.from < *pair.until; });
}

std::optional<std::size_t> ValidityText::pair_at(const SourceSpan& span) const {
  const auto found =
      std::ranges::find_if(condition->pairs, [&](const auto& pair) { return same_place(pair.span, span); });
  if (found == condition->pairs.end()) return std::nullopt;
  return static_cast<std::size_t>(found - condition->pairs.begin());
}

std::optional<ValidityText> validity_around(const Fixing& fixing) {
  const auto* rule = rule_around(fixing.context.policy, fixing.finding.span);
  if (rule == nullptr) return std::nullopt;
  ValidityText found{nullptr, {}};
  each_condition<policy::ValidityCondition>(*rule, [&](const policy::ValidityCondition& validity) {
    if (ValidityText{&validity, {}}.pair_at(fixing.finding.span)) found.condition = &validity;
  });
  if (found.condition == nullptr) return std::nullopt;
  const auto element = fixing.element(found.condition->span);
  if (has_comment(fixing.text(), element)) return std::nullopt;
  const auto children = text::children_of(fixing.text(), element);
  if (children.size() != 2 * found.condition->pairs.size()) return std::nullopt;
  for (std::size_t i = 0; i < children.size(); i += 2) {
    if (children[i].local() != "from" || children[i + 1].local() != "until") return std::nullopt;
    found.pairs.push_back({children[i], children[i + 1]});
  }
  return found;
}

}  // namespace presproof::lint
