#include <fmt/format.h>

#include <optional>

#include "lint/checks/checks.h"
#include "lint/condition_text.h"

namespace presproof::lint {
namespace {

/// The pair that ends last, when all that ever hold have ended by `now`; null when one has not, or when none ever
/// holds.
const policy::ValidityPair* last_of_expired(const policy::ValidityCondition& validity, Instant now) {
  const policy::ValidityPair* last = nullptr;
  for (const auto& pair : validity.pairs) {
    if (!pair.from || !pair.until || *pair.from >= *pair.until) continue;
    if (now < *pair.until) return nullptr;
    if (last == nullptr || *last->until < *pair.until) last = &pair;
  }
  return last;
}

}  // namespace

/// RFC 4745 section 7.4: "the PS does not remove the rules; instead the rule maker has to clean them up".
void check_rule_expired(const Context& context, diag::Sink& sink) {
  if (!context.options.at) return;
  each_rule(context.policy, [&](policy::RuleRef, const policy::Rule& rule) {
    bool reported = false;
    each_condition<policy::ValidityCondition>(rule, [&](const policy::ValidityCondition& validity) {
      const auto* last = last_of_expired(validity, *context.options.at);
      if (last == nullptr || reported) return;
      reported = true;
      sink.report(
          finding(diag::Code::rule_expired, rule, last->span,
                  fmt::format("{} expired at {} and never matches again", name_of(rule), to_rfc3339(*last->until)),
                  "remove the rule, or give it a validity that is still to come"));
    });
  });
}

/// Not safe: until that time the rule said something.
bool fix_rule_expired(const Fixing& fixing, text::TextChanges& changes) {
  const auto* rule = rule_around(fixing.context.policy, fixing.finding.span);
  return rule != nullptr && remove_rule(fixing, *rule, changes);
}

}  // namespace presproof::lint
