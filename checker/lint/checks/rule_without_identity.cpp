#include <fmt/format.h>

#include "lint/checks/checks.h"
#include "lint/server.h"

namespace presproof::lint {

/// RFC 4745 section 10.1: what is no condition of a rule is no restriction.
void check_rule_without_identity(const Context& context, diag::Sink& sink) {
  if (!looks_at_local_names(context)) return;
  each_rule_element(context, [&](const RuleElement& each) {
    if (each.rule == nullptr || !each.conditions || child_named(*each.conditions, "identity")) return;
    const bool stops = context.options.server->missing_identity_stops && each.behind > 0;
    sink.report(finding(diag::Code::rule_without_identity, *each.rule, each.conditions->span(),
                        fmt::format("{} has no <identity>: {} does not apply it{}", name_of(*each.rule), server_words(context), stops ? fmt::format(", and never looks at {}", rules_behind(each.behind)) : ""),
                        "say whom it is for: an <identity>; `<many/>` is for everybody who is authenticated"));
  });
}

}  // namespace presproof::lint
