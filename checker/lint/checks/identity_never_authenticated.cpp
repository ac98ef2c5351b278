#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "lint/checks/checks.h"
#include "lint/identities.h"
#include "policy/reading.h"

namespace presproof::lint {
namespace {

/// Schemes of things that are no users, and of services to users that nobody signs in with. What some protocol
/// might authenticate (mailto, http, xmpp, im, urn) is not among them: RFC 4745 section 7.1.2 has an example with
/// mailto.
bool names_no_user(std::string_view scheme) {
  constexpr std::array<std::string_view, 16> schemes = {"about", "callto", "cid",        "data", "fax",   "file",
                                                        "ftp",   "geo",    "javascript", "mid",  "modem", "news",
                                                        "nntp",  "sftp",   "sms",        "smsto"};
  return std::ranges::find(schemes, scheme) != schemes.end();
}

}  // namespace

/// RFC 4745 section 7.1.1: "Only authenticated entities can be matched".
void check_identity_never_authenticated(const Context& context, diag::Sink& sink) {
  each_mention(context.policy, [&](const Mention& mention) {
    const auto* id = mention.id();
    if (id == nullptr || !names_no_user(id->scheme) || !uri::well_formed(id->text)) return;
    if (mention.except != nullptr && mention.many->domain) return;  // outside of the domain anyway
    sink.report(finding(diag::Code::identity_never_authenticated, *mention.rule, mention.span(),
                        fmt::format("nobody is authenticated by a `{}` URI such as {}: {}", id->scheme,
                                    policy::quoted(id->text), mention.consequence()),
                        "write the URI that the watcher signs in with, such as `sip:bob@example.com`"));
  });
}

}  // namespace presproof::lint
