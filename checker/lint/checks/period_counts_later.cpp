#include <fmt/format.h>

#include "lint/checks/checks.h"
#include "lint/server.h"

namespace presproof::lint {

/// RFC 4745 section 7.4: a rule is valid in its own periods.
void check_period_counts_later(const Context& context, diag::Sink& sink) {
  if (!looks_at_local_names(context)) return;
  for (const auto& document : context.policy.documents) {
    const policy::Rule* earlier = nullptr;
    for (const auto& rule : document.rules) {
      const auto validity = std::ranges::find_if(rule.conditions, [](const auto& condition) { return std::holds_alternative<policy::ValidityCondition>(condition); });
      if (validity == rule.conditions.end()) continue;
      if (earlier != nullptr) {
        auto report = finding(diag::Code::period_counts_later, rule, std::get<policy::ValidityCondition>(*validity).span,
                              fmt::format("{} takes {} for valid in the periods of {}, too", server_words(context), name_of(rule), name_of(*earlier)),
                              "put the rule whose periods last longest last, or give all rules the same periods");
        report.related.push_back({earlier->id_span, fmt::format("{} stands before", name_of(*earlier))});
        sink.report(std::move(report));
      }
      earlier = &rule;
    }
  }
}

}  // namespace presproof::lint
