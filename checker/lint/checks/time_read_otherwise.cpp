#include <fmt/format.h>

#include "base/instant.h"
#include "base/lexical.h"
#include "engine/ser_time.h"
#include "lint/checks/checks.h"
#include "lint/server.h"
#include "lint/written.h"
#include "policy/reading.h"

namespace presproof::lint {

/// RFC 4745 section 7.4: an xs:dateTime with an offset is a moment, wherever the server stands.
void check_time_read_otherwise(const Context& context, diag::Sink& sink) {
  if (!looks_at_local_names(context)) return;
  each_element(context, [&](const xml::Element& element, const policy::Rule* rule) {
    if (!element.is(xml::ns::kCommonPolicy, "from") && !element.is(xml::ns::kCommonPolicy, "until")) return;
    const std::string text = element.text();
    const auto meant = parse_rfc3339(trim_xml_space(text));
    if (!meant) return;
    const Instant read{engine::parse_ser_time(text, context.options.server->parameters.time_zone_s), 0};
    if (read.seconds == meant->seconds) return;
    const bool by_zone = engine::parse_ser_time(text, 0) == meant->seconds;
    sink.report(finding_in(diag::Code::time_read_otherwise, rule, element.span(),
                           by_zone ? fmt::format("{} takes {} for the time of its own zone: {}", server_words(context), policy::quoted(trim_xml_space(text)), to_rfc3339(read))
                                   : fmt::format("{} reads {} as {}", server_words(context), policy::quoted(trim_xml_space(text)), to_rfc3339(read)),
                           by_zone ? "let the server run with TZ=UTC: no spelling that the RFC knows means the same to both"
                                   : "write it without blanks like `2026-06-01T12:00:00Z`"));
  });
}

}  // namespace presproof::lint
