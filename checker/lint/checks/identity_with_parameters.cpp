#include <fmt/format.h>

#include "lint/checks/checks.h"
#include "lint/identities.h"
#include "policy/reading.h"

namespace presproof::lint {

/// RFC 3261 section 19.1.1, table 1: headers, method, maddr and ttl are not allowed in From, which SIP Digest and
/// Identity vouch for; by section 19.1.4 none of them matches a URI without it. Ports, other parameters and transports
/// are not reported: servers differ in what they keep, or comparison ignores them.
void check_identity_with_parameters(const Context& context, diag::Sink& sink) {
  each_mention(context.policy, [&](const Mention& mention) {
    if (mention.id() == nullptr) return;
    const auto foreign = foreign_parts(*mention.id());
    if (!foreign) return;
    sink.report(finding(diag::Code::identity_with_parameters, *mention.rule, mention.span(),
                        fmt::format("{} has {}, which no watcher's identity has: {}",
                                    policy::quoted(mention.id()->text), foreign->words, mention.consequence()),
                        fmt::format("write {}", policy::quoted(foreign->without))));
  });
}

bool fix_identity_with_parameters(const Fixing& fixing, text::TextChanges& changes) {
  const auto mention = mention_around(fixing);
  if (!mention || mention->id() == nullptr) return false;
  const auto foreign = foreign_parts(*mention->id());
  return foreign && set_attribute(fixing, changes, "id", foreign->without);
}

}  // namespace presproof::lint
