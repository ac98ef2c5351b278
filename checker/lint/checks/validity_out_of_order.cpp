#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <vector>

#include "lint/checks/checks.h"
#include "lint/condition_text.h"

namespace presproof::lint {

/// RFC 4745 section 7.4 ORs the pairs, so their order means nothing, and nobody who reads them expects a jump back.
void check_validity_out_of_order(const Context& context, diag::Sink& sink) {
  each_rule(context.policy, [&](policy::RuleRef, const policy::Rule& rule) {
    each_condition<policy::ValidityCondition>(rule, [&](const policy::ValidityCondition& validity) {
      const auto& pairs = validity.pairs;
      if (!all_hold(pairs)) return;  // reported already
      for (std::size_t i = 1; i < pairs.size(); ++i) {
        if (*pairs[i - 1].from <= *pairs[i].from) continue;
        auto report = finding(diag::Code::validity_out_of_order, rule, pairs[i].span,
                              fmt::format("this period begins at {}, before the one above it, which begins at {}",
                                          to_rfc3339(*pairs[i].from), to_rfc3339(*pairs[i - 1].from)),
                              "put the pairs of the `validity` in the order of time");
        report.related.push_back({pairs[i - 1].span, "the later period stands here"});
        sink.report(std::move(report));
        return;
      }
    });
  });
}

/// Sorts the pairs; the text of each stays.
bool fix_validity_out_of_order(const Fixing& fixing, text::TextChanges& changes) {
  const auto validity = validity_around(fixing);
  if (!validity) return false;
  const auto& pairs = validity->condition->pairs;
  std::vector<std::size_t> order(pairs.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return *pairs[i].from; });
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (order[i] == i) continue;
    const auto& [from, until] = validity->pairs[order[i]];
    changes.replace(validity->pairs[i].from.begin, validity->pairs[i].until.end,
                    std::string(fixing.text().substr(from.begin, until.end - from.begin)));
  }
  return true;
}

}  // namespace presproof::lint
