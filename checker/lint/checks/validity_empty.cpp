#include <fmt/format.h>

#include "lint/checks/checks.h"

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

}  // namespace presproof::lint
