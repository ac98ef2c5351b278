#include <fmt/format.h>

#include <algorithm>

#include "base/lexical.h"
#include "lint/checks/checks.h"
#include "lint/identities.h"
#include "policy/reading.h"

namespace presproof::lint {
namespace {

/// Escapes are left alone: their digits are no letters of the name.
bool has_upper_case(std::string_view domain) {
  return domain.find('%') == std::string_view::npos &&
         std::ranges::any_of(domain, [](char c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace

/// RFC 4745 section 7.1.3: "For non-IDNs (Internationalized Domain Names), lowercase ASCII SHOULD be used."
void check_domain_upper_case(const Context& context, diag::Sink& sink) {
  each_mention(context.policy, [&](const Mention& mention) {
    const auto* domain = mention.domain();
    if (domain == nullptr || !domain->ascii || !has_upper_case(domain->text)) return;
    sink.report(
        finding(diag::Code::domain_upper_case, *mention.rule, domain->span,
                fmt::format("the domain {} has upper-case letters, which do not count", policy::quoted(domain->text)),
                fmt::format("write {}", policy::quoted(to_lower_ascii(domain->text)))));
  });
}

bool fix_domain_upper_case(const Fixing& fixing, text::TextChanges& changes) {
  const auto mention = mention_around(fixing);
  if (!mention || mention->domain() == nullptr) return false;
  set_value(fixing, changes, fixing.attribute(fixing.finding.span).value, to_lower_ascii(mention->domain()->text));
  return true;
}

}  // namespace presproof::lint
