#include <fmt/format.h>

#include "base/lexical.h"
#include "lint/checks/checks.h"
#include "lint/server.h"
#include "lint/written.h"

namespace presproof::lint {

/// RFC 5025 section 3.3.1: `occurrence-id`.
void check_occurrence_id_not_read(const Context& context, diag::Sink& sink) {
  const bool looks_for_element = reads_as(context, engine::RuleSetView::mobicents);
  if ((!shows_what_is_not_named(context) || context.options.server->parameters.later) && !looks_for_element) return;
  each_element(context, [&](const xml::Element& element, const policy::Rule* rule) {
    if (!equal_ignoring_case(element.name().local, "occurrence-id")) return;
    sink.report(finding_in(diag::Code::occurrence_id_not_read, rule, element.span(),
                           fmt::format("{} {}: this selects nothing", server_words(context), looks_for_element ? "compares it with an element `id`, which no component has" : "looks for the misspelt `occurence-id`"),
                           "select by `class`, `deviceID` or `service-uri`"));
  });
}

}  // namespace presproof::lint
