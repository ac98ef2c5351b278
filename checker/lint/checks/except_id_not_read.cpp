#include <fmt/format.h>

#include "lint/checks/checks.h"
#include "lint/first_match.h"
#include "lint/server.h"
#include "policy/reading.h"

namespace presproof::lint {

/// RFC 4745 section 7.1.3: an <except> excludes.
void check_except_id_not_read(const Context& context, diag::Sink& sink) {
  if (!compares_text(context)) return;
  for (const auto& document : context.policy.documents)
    for (const auto& each : not_excluded(document)) {
      const auto& rule = document.rules[each.rule];
      sink.report(finding(diag::Code::except_id_not_read, rule, each.except->span,
                          fmt::format("{} does not exclude {}: {} applies to him", server_words(context), policy::quoted(each.except->id->text), name_of(rule)),
                          "put a rule for him before this one, which blocks him"));
    }
}

/// The first match decides, so a rule before keeps him out.
bool fix_except_id_not_read(const Fixing& fixing, text::TextChanges& changes) { return fix_first_rule_decides(fixing, changes); }

}  // namespace presproof::lint
