#include <fmt/format.h>

#include <utility>

#include "lint/checks/checks.h"
#include "lint/condition_text.h"

namespace presproof::lint {

/// RFC 4745 section 7.4: a pair holds when from <= now < until.
void check_validity_empty(const Context& context, diag::Sink& sink) {
  each_rule(context.policy, [&](policy::RuleRef, const policy::Rule& rule) {
    each_condition<policy::ValidityCondition>(rule, [&](const policy::ValidityCondition& validity) {
      for (const auto& pair : validity.pairs) {
        if (!pair.from || !pair.until || *pair.from < *pair.until) continue;
        const auto from = to_rfc3339(*pair.from);
        const auto until = to_rfc3339(*pair.until);
        auto message =
            from == until
                ? fmt::format("this validity begins and ends at {}, so it never holds", from)
                : fmt::format("this validity begins at {} and ends before that, at {}, so it never holds", from, until);
        sink.report(finding(diag::Code::validity_empty, rule, pair.span, std::move(message),
                            "give a `from` that is before its `until`; compare the offsets from UTC, too"));
      }
    });
  });
}

namespace {

/// Whether a pair stands in time as it stands among the others that ever hold: behind those before it and before those
/// behind it.
bool in_line(const std::vector<policy::ValidityPair>& pairs, std::size_t at) {
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    if (i == at || !all_hold({&pairs[i], 1})) continue;
    if (i < at ? *pairs[i].until >= *pairs[at].from : *pairs[i].from <= *pairs[at].until) return false;
  }
  return true;
}

}  // namespace

/// Exchanges the two times, when the pair then fits between its neighbours.
bool fix_validity_empty(const Fixing& fixing, text::TextChanges& changes) {
  const auto validity = validity_around(fixing);
  if (!validity) return false;
  const auto at = *validity->pair_at(fixing.finding.span);
  auto pairs = validity->condition->pairs;
  std::swap(pairs[at].from, pairs[at].until);
  if (!all_hold({&pairs[at], 1}) || !in_line(pairs, at)) return false;
  const auto& [from, until] = validity->pairs[at];
  const auto inner = [&](const text::ElementText& element) {
    return std::string(fixing.text().substr(element.open_end, element.close_begin - element.open_end));
  };
  changes.replace(from.open_end, from.close_begin, inner(until));
  changes.replace(until.open_end, until.close_begin, inner(from));
  return true;
}

}  // namespace presproof::lint
