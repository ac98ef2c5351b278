#include "lint/checks/checks.h"

#include <fmt/format.h>

#include "lint/xcap_path.h"
#include "policy/reading.h"

namespace presproof::lint {

/// RFC 5025 section 9.7: "If only a single document is used, it SHOULD be called \"index\"." RFC 6772 section 10.7 has no
/// such name. With several documents of a user any names do.
void check_unusual_document_name(const Context& context, diag::Sink& sink) {
  if (context.subject.documents.size() != 1) return;
  const xml::Document& document = context.subject.documents.front();
  const auto path = xcap_path(context.sources.name(document.file()));
  if (!path || path->auid != "pres-rules" || path->user.empty()) return;
  if (path->document == "index" || path->document == "index.xml" || path->document == "index.apxml") return;
  sink.report({.code = diag::Code::unusual_document_name,
               .span = document.root().span(),
               .rule = std::nullopt,
               .message = fmt::format("the only document of {} is called {}: clients look for `index`",
                                      policy::quoted(path->user), policy::quoted(path->document)),
               .fix = "call it `index`",
               .related = {}});
}

}  // namespace presproof::lint
