#include <fmt/format.h>

#include "lint/checks/checks.h"
#include "lint/first_match.h"
#include "lint/fixing.h"
#include "lint/server.h"

namespace presproof::lint {

/// RFC 4745 section 10.2: the permissions of all matching rules combine.
void check_first_rule_decides(const Context& context, diag::Sink& sink) {
  if (!decides_by_first_rule(context) || !looks_at_local_names(context)) return;  // else the order is not that of the document
  for (const auto& document : context.policy.documents)
    for (const auto& each : not_looked_at(document)) {
      const auto& rule = document.rules[each.rule];
      const auto& first = document.rules[each.decides];
      auto report = finding(diag::Code::first_rule_decides, rule, rule.id_span,
                            fmt::format("{} adds to {} for {}, but {} looks at the first rule that matches alone", name_of(rule), name_of(first), each.whom, server_words(context)),
                            "write one rule for each group of watchers, with all that they are to get, the special ones first");
      report.related.push_back({first.id_span, fmt::format("{} decides", name_of(first))});
      sink.report(std::move(report));
    }
}

bool fix_first_rule_decides(const Fixing& fixing, text::TextChanges& changes) {
  const auto& documents = fixing.context.subject.documents;
  for (std::size_t document = 0; document < documents.size(); ++document)
    if (documents[document].file() == fixing.finding.span.file) return write_for_first_match(fixing.context, document, changes);
  return false;
}

}  // namespace presproof::lint
