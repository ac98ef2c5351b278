#include <fmt/format.h>

#include "lint/checks/checks.h"
#include "lint/server.h"

namespace presproof::lint {

/// RFC 4745 section 10.1: a rule without conditions always matches.
void check_rule_without_conditions(const Context& context, diag::Sink& sink) {
  const bool throws = reads_as(context, engine::RuleSetView::mobicents) || reads_as(context, engine::RuleSetView::kaleo);
  if (!looks_at_local_names(context) && !throws) return;
  each_rule_element(context, [&](const RuleElement& each) {
    if (each.rule == nullptr || each.conditions) return;
    std::string what = each.behind == 0 ? "does not apply it" : fmt::format("does not apply it, and never looks at {}", rules_behind(each.behind));
    if (throws) what = reads_as(context, engine::RuleSetView::kaleo) ? "throws an exception on it, and blocks everybody" : "throws an exception on it, and lets nobody subscribe";
    sink.report(finding(diag::Code::rule_without_conditions, *each.rule, each.element.span(), fmt::format("{} has no <conditions>: {} {}", name_of(*each.rule), server_words(context), what),
                        "say whom it is for: <conditions> with an <identity>"));
  });
}

}  // namespace presproof::lint
