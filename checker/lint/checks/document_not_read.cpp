#include <fmt/format.h>

#include "lint/checks/checks.h"
#include "lint/server.h"
#include "policy/reading.h"

namespace presproof::lint {

/// RFC 5025 section 9.7: all rule sets of a user apply together.
void check_document_not_read(const Context& context, diag::Sink& sink) {
  if (!decides_by_first_rule(context)) return;
  const auto& documents = context.subject.documents;
  for (std::size_t i = 1; i < documents.size(); ++i)
    sink.report({.code = diag::Code::document_not_read,
                 .span = documents[i].root().span(),
                 .rule = {},
                 .message = fmt::format("{} looks at one rule set of a user alone, that which was stored first", server_words(context)),
                 .fix = fmt::format("put the rules of {} and this one into one document", policy::quoted(context.policy.documents.front().file)),
                 .related = {}});
}

}  // namespace presproof::lint
