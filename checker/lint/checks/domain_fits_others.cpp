#include <fmt/format.h>

#include "lint/checks/checks.h"
#include "lint/server.h"
#include "policy/reading.h"

namespace presproof::lint {
namespace {

/// Another domain of as many letters.
std::string of_same_length(std::string_view domain) {
  std::string other(domain);
  constexpr std::string_view kCommon = ".com";
  if (other.ends_with(kCommon)) return other.replace(other.size() - kCommon.size(), kCommon.size(), ".org");
  other.front() = other.front() == 'x' ? 'y' : 'x';
  return other;
}

}  // namespace

/// RFC 4745 section 7.1.3: `many domain` is for that domain.
void check_domain_fits_others(const Context& context, diag::Sink& sink) {
  if (!compares_text(context)) return;
  each_rule(context.policy, [&](policy::RuleRef, const policy::Rule& rule) {
    each_condition<policy::IdentityCondition>(rule, [&](const policy::IdentityCondition& identity) {
      for (const auto& matcher : identity.matchers) {
        const auto* many = std::get_if<policy::Many>(&matcher);
        if (many == nullptr || !many->domain || many->domain->text.empty()) continue;
        sink.report(finding(diag::Code::domain_fits_others, rule, many->domain->span,
                            fmt::format("{} applies {} to every domain of {} letters, {} for one, and to telephone numbers", server_words(context), name_of(rule), many->domain->text.size(), policy::quoted(of_same_length(many->domain->text))),
                            "name the persons with <one>, or let the server admit subscriptions from this domain alone"));
      }
    });
  });
}

}  // namespace presproof::lint
