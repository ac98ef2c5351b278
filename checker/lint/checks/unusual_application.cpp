#include "lint/checks/checks.h"

#include <fmt/format.h>

#include "lint/xcap_path.h"

namespace presproof::lint {

/// RFC 5025 section 9.1 and RFC 6772 section 10.1: location rules may lie with presence rules, but not the other way round; the
/// other applications hold no rules at all.
void check_unusual_application(const Context& context, diag::Sink& sink) {
  for (std::size_t i = 0; i < context.subject.documents.size(); ++i) {
    const xml::Document& document = context.subject.documents[i];
    const auto path = xcap_path(context.sources.name(document.file()));
    if (!path || path->auid == "pres-rules") continue;
    const bool geolocation = path->auid == "geolocation-policy";
    if (geolocation && !context.policy.documents[i].has_presence_rules) continue;
    sink.report({.code = diag::Code::unusual_application,
                 .span = document.root().span(),
                 .rule = std::nullopt,
                 .message = geolocation ? "a presence rule set lies in `geolocation-policy`: a presence agent does not look for it there"
                                        : fmt::format("a rule set lies in `{}`, which holds no rule sets: no server looks for it there",
                                                      path->auid),
                 .fix = "put it into `pres-rules`",
                 .related = {}});
  }
}

}  // namespace presproof::lint
