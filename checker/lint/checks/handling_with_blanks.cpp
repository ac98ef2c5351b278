#include <fmt/format.h>

#include "base/lexical.h"
#include "lint/checks/checks.h"
#include "lint/server.h"
#include "lint/written.h"
#include "policy/reading.h"

namespace presproof::lint {

/// XML Schema part 2 section 4.3.6: blanks around a token do not count.
void check_handling_with_blanks(const Context& context, diag::Sink& sink) {
  if (context.options.server->responding != engine::Responding::always_accepts) return;
  each_rule_element(context, [&](const RuleElement& each) {
    const auto actions = child_named(each.element, "actions");
    const auto handling = actions ? child_named(*actions, "sub-handling") : std::nullopt;
    if (!handling) return;
    const std::string text = handling->text();
    const auto value = trim_xml_space(text);
    if (value.empty() || text.front() == value.front()) return;
    sink.report(finding_in(diag::Code::handling_with_blanks, each.rule, handling->span(),
                           fmt::format("{} does not take the blanks away before {}: whom the rule matches is answered with 500", server_words(context), policy::quoted(value)),
                           fmt::format("write {} without blanks", policy::quoted(value))));
  });
}

bool fix_handling_with_blanks(const Fixing& fixing, text::TextChanges& changes) {
  const auto value = written_value(fixing);
  if (!value) return false;
  changes.replace(value->whole.begin, value->trimmed.begin, {});
  changes.replace(value->trimmed.end, value->whole.end, {});
  return true;
}

}  // namespace presproof::lint
