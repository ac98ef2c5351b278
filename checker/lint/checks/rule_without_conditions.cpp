#include <fmt/format.h>

#include "lint/checks/checks.h"
#include "lint/server.h"

namespace presproof::lint {

/// RFC 4745 section 10.1: a rule without conditions always matches.
void check_rule_without_conditions(const Context& context, diag::Sink& sink) {
  if (!looks_at_local_names(context)) return;
  each_rule_element(context, [&](const RuleElement& each) {
    if (each.rule == nullptr || each.conditions) return;
    sink.report(finding(diag::Code::rule_without_conditions, *each.rule, each.element.span(),
                        fmt::format("{} has no <conditions>: {} does not apply it{}", name_of(*each.rule), server_words(context), each.behind == 0 ? "" : fmt::format(", and never looks at {}", rules_behind(each.behind))),
                        "say whom it is for: <conditions> with an <identity>"));
  });
}

}  // namespace presproof::lint
