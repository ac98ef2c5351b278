#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <vector>

#include "lint/checks/checks.h"
#include "lint/condition_text.h"

namespace presproof::lint {
namespace {

using policy::ValidityPair;

std::string words_for(const ValidityPair& earlier, const ValidityPair& later) {
  const auto line = earlier.span.line;
  if (*later.from == *earlier.from && *later.until == *earlier.until)
    return fmt::format("this period is the same as that in line {}", line);
  if (*later.until <= *earlier.until)
    return fmt::format("this period lies within that in line {}, and adds nothing", line);
  if (*later.from == *earlier.until)
    return fmt::format("this period begins at {}, when that in line {} ends: they are one", to_rfc3339(*later.from),
                       line);
  return fmt::format("this period begins at {}, before that in line {} ends, at {}: they are one",
                     to_rfc3339(*later.from), line, to_rfc3339(*earlier.until));
}

}  // namespace

/// RFC 4745 section 7.4 ORs the pairs: what lies in two of them is written twice.
void check_validity_overlapping(const Context& context, diag::Sink& sink) {
  each_rule(context.policy, [&](policy::RuleRef, const policy::Rule& rule) {
    each_condition<policy::ValidityCondition>(rule, [&](const policy::ValidityCondition& validity) {
      if (!all_hold(validity.pairs)) return;  // reported already
      std::vector<const ValidityPair*> pairs;
      for (const auto& pair : validity.pairs) pairs.push_back(&pair);
      std::ranges::stable_sort(pairs, [](const ValidityPair* a, const ValidityPair* b) {
        return *a->from != *b->from ? *a->from < *b->from : *a->until > *b->until;
      });
      for (std::size_t i = 1, earlier = 0; i < pairs.size(); ++i) {
        if (*pairs[i]->from <= *pairs[earlier]->until) {
          auto report =
              finding(diag::Code::validity_overlapping, rule, pairs[i]->span, words_for(*pairs[earlier], *pairs[i]),
                      "write one pair, from the earlier `from` to the later `until`");
          report.related.push_back({pairs[earlier]->span, "the other period"});
          sink.report(std::move(report));
        }
        if (*pairs[earlier]->until < *pairs[i]->until) earlier = i;
      }
    });
  });
}

/// The pair goes; when it ends later, its end becomes that of the other.
bool fix_validity_overlapping(const Fixing& fixing, text::TextChanges& changes) {
  const auto validity = validity_around(fixing);
  if (!validity || fixing.finding.related.size() != 1) return false;
  const auto at = validity->pair_at(fixing.finding.span);
  const auto earlier = validity->pair_at(fixing.finding.related.front().span);
  if (!at || !earlier) return false;
  const auto& [from, until] = validity->pairs[*at];
  const auto& kept = validity->pairs[*earlier].until;
  if (*validity->condition->pairs[*earlier].until < *validity->condition->pairs[*at].until)
    changes.replace(kept.open_end, kept.close_begin,
                    std::string(fixing.text().substr(until.open_end, until.close_begin - until.open_end)));
  auto both = from;
  both.end = until.end;
  changes.remove(both);
  return true;
}

}  // namespace presproof::lint
