#include <fmt/format.h>

#include "lint/checks/checks.h"
#include "lint/server.h"
#include "policy/reading.h"

namespace presproof::lint {
namespace {

/// Why no `sip:user@host`, put together from From, is this text; nothing when one can be.
std::optional<std::string_view> why_never(std::string_view text) {
  constexpr std::string_view kScheme = "sip:";
  if (!text.starts_with(kScheme)) return "it calls every watcher `sip:user@host`";
  const auto at = text.find('@');
  if (at == std::string_view::npos || at == kScheme.size()) return "it has no user";
  if (text.substr(at).find_first_of(";?") != std::string_view::npos) return "it leaves parameters out";
  const auto host = text.substr(at + 1);
  if (host.find(':') != std::string_view::npos && host.find(']') == std::string_view::npos) return "it leaves ports out";
  if (text.find_first_of(" \t\r\n") != std::string_view::npos) return "the blanks count";
  return std::nullopt;
}

}  // namespace

/// RFC 4745 section 7.2: URIs are compared by the rules of their scheme.
void check_identity_never_equal(const Context& context, diag::Sink& sink) {
  if (!compares_text(context)) return;
  each_rule(context.policy, [&](policy::RuleRef, const policy::Rule& rule) {
    each_condition<policy::IdentityCondition>(rule, [&](const policy::IdentityCondition& identity) {
      for (const auto& matcher : identity.matchers) {
        const auto* one = std::get_if<policy::One>(&matcher);
        if (one == nullptr) continue;
        const auto reason = why_never(one->id.text);
        if (!reason) continue;
        sink.report(finding(diag::Code::identity_never_equal, rule, one->span,
                            fmt::format("{} never takes a watcher for {}: {}", server_words(context), policy::quoted(one->id.text), *reason),
                            "write the identity as `sip:user@host`, letter by letter as it stands in From"));
      }
    });
  });
}

}  // namespace presproof::lint
