#include <fmt/format.h>

#include "lint/checks/checks.h"
#include "lint/identities.h"
#include "lint/removal.h"
#include "policy/reading.h"

namespace presproof::lint {
namespace {

struct Outside {
  std::string message;
  std::string fix;
};

/// What is no URI or no domain was reported by the reader.
std::optional<Outside> outside(const policy::Domain& domain, const policy::Except& except) {
  const auto name = policy::quoted(domain.text);
  if (except.id) {
    if (except.id->domain == domain.ascii || !uri::well_formed(except.id->text)) return std::nullopt;
    const auto id = policy::quoted(except.id->text);
    if (!except.id->domain)
      return Outside{fmt::format("{} is not of the domain {}: it leaves nobody out, unless the same watcher also "
                                 "asserts an identity of {}",
                                 id, name, name),
                     fmt::format("name the identity that this watcher has in {}", name)};
    return Outside{
        fmt::format("{} is not of the domain {}, so it does not match anyway", id, name),
        fmt::format("name an identity of {}, or move the exception to the rule that lets this watcher in", name)};
  }
  if (!except.domain->ascii || except.domain->ascii == domain.ascii) return std::nullopt;
  return Outside{fmt::format("nobody of {} is of the domain {}: a subdomain is another domain, too",
                             policy::quoted(except.domain->text), name),
                 "remove the exception, or move it to the rule that lets this domain in"};
}

}  // namespace

/// RFC 4745 section 7.1.3.3: "It is nonsensical to have domains in the 'id' attribute that do not match the value of
/// the 'domain' attribute in the enclosing <many> element."
void check_except_outside_domain(const Context& context, diag::Sink& sink) {
  each_mention(context.policy, [&](const Mention& mention) {
    if (mention.except == nullptr || mention.many->never || !mention.many->domain || !mention.many->domain->ascii)
      return;
    // With both attributes it excludes by either: one without effect does not make the other so.
    if (mention.except->id.has_value() == mention.except->domain.has_value()) return;
    if (auto found = outside(*mention.many->domain, *mention.except))
      sink.report(finding(diag::Code::except_outside_domain, *mention.rule, mention.span(), std::move(found->message),
                          std::move(found->fix)));
  });
}

/// A watcher who asserts an identity of the domain besides the excepted one is kept out by it (RFC 5025 section
/// 3.1.1.2: any of them may match an <except>), so this changes what the rule means.
bool fix_except_outside_domain(const Fixing& fixing, text::TextChanges& changes) {
  return remove_element(fixing, changes);
}

}  // namespace presproof::lint
