#include <fmt/format.h>

#include "lint/checks/checks.h"
#include "lint/server.h"

namespace presproof::lint {

/// RFC 4745 section 7.1.3: <many/> is for those who are authenticated.
void check_anonymous_admitted(const Context& context, diag::Sink& sink) {
  if (!compares_text(context) && !reads_as(context, engine::RuleSetView::mobicents)) return;
  each_rule(context.policy, [&](policy::RuleRef, const policy::Rule& rule) {
    each_condition<policy::IdentityCondition>(rule, [&](const policy::IdentityCondition& identity) {
      for (const auto& matcher : identity.matchers) {
        const auto* many = std::get_if<policy::Many>(&matcher);
        if (many == nullptr || many->domain || many->never) continue;
        sink.report(finding(diag::Code::anonymous_admitted, rule, many->span,
                            fmt::format("{} applies {} to `sip:anonymous@anonymous.invalid`, too", server_words(context), name_of(rule)),
                            "let the server refuse anonymous subscriptions, or put a rule before this one that blocks `sip:anonymous@anonymous.invalid`"));
      }
    });
  });
}

}  // namespace presproof::lint
