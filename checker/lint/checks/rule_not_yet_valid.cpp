#include <fmt/format.h>

#include "lint/checks/checks.h"

namespace presproof::lint {
namespace {

/// The pair that begins first, when all that ever hold begin after `now`; null when one does not, or none ever holds.
const policy::ValidityPair* first_to_come(const policy::ValidityCondition& validity, Instant now) {
  const policy::ValidityPair* first = nullptr;
  for (const auto& pair : validity.pairs) {
    if (!pair.from || !pair.until || *pair.from >= *pair.until) continue;
    if (*pair.from <= now) return nullptr;
    if (first == nullptr || *pair.from < *first->from) first = &pair;
  }
  return first;
}

}  // namespace

/// RFC 4745 section 7.4: the rule is to be, and is not yet.
void check_rule_not_yet_valid(const Context& context, diag::Sink& sink) {
  if (!context.options.at) return;
  using enum diag::Code;
  const Explained explained(sink, {rule_expired, rule_never_matches, conditions_exclude_each_other});
  each_rule(context.policy, [&](policy::RuleRef, const policy::Rule& rule) {
    const policy::ValidityPair* last = nullptr;  // of several conditions, the one that keeps the rule away longest
    each_condition<policy::ValidityCondition>(rule, [&](const policy::ValidityCondition& validity) {
      const auto* first = first_to_come(validity, *context.options.at);
      if (first != nullptr && (last == nullptr || *last->from < *first->from)) last = first;
    });
    if (last == nullptr || explained.contains(rule)) return;
    sink.report(finding(rule_not_yet_valid, rule, last->span,
                        fmt::format("{} does not match before {}", name_of(rule), to_rfc3339(*last->from)),
                        "nothing, when that is meant; else let the period begin earlier"));
  });
}

}  // namespace presproof::lint
