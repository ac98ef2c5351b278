#include <fmt/format.h>

#include "lint/checks/checks.h"
#include "lint/identities.h"
#include "policy/reading.h"

namespace presproof::lint {

/// RFC 3986 section 6.2.2: the normal spelling of scheme, host and escapes. Other spellings are equal (RFC 3261 section
/// 19.1.4), for whoever does not compare texts.
void check_uri_spelling(const Context& context, diag::Sink& sink) {
  each_mention(context.policy, [&](const Mention& mention) {
    if (mention.id() == nullptr || mention.id()->text == mention.id()->core) return;  // as usual: no need to look closer
    if (!uri::well_formed(mention.id()->text)) return;
    const auto usual = usual_spelling(*mention.id());
    if (usual == mention.id()->text) return;
    sink.report(finding(
        diag::Code::uri_spelling, *mention.rule, mention.span(),
        fmt::format("{} is an unusual spelling of {}", policy::quoted(mention.id()->text), policy::quoted(usual)),
        fmt::format("write {}", policy::quoted(usual))));
  });
}

bool fix_uri_spelling(const Fixing& fixing, text::TextChanges& changes) {
  const auto mention = mention_around(fixing);
  return mention && mention->id() != nullptr && set_attribute(fixing, changes, "id", usual_spelling(*mention->id()));
}

}  // namespace presproof::lint
