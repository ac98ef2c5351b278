#include <fmt/format.h>

#include "base/lexical.h"
#include "lint/checks/checks.h"
#include "lint/server.h"
#include "lint/written.h"

namespace presproof::lint {

/// RFC 5025 section 3.3.1: `occurrence-id`.
void check_occurrence_id_not_read(const Context& context, diag::Sink& sink) {
  if (!shows_what_is_not_named(context) || context.options.server->parameters.later) return;
  each_element(context, [&](const xml::Element& element, const policy::Rule* rule) {
    if (!equal_ignoring_case(element.name().local, "occurrence-id")) return;
    sink.report(finding_in(diag::Code::occurrence_id_not_read, rule, element.span(),
                           fmt::format("{} looks for the misspelt `occurence-id`: this selects nothing", server_words(context)),
                           "select by `class`, `deviceID` or `service-uri`"));
  });
}

}  // namespace presproof::lint
