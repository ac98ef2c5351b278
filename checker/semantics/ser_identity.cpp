#include "semantics/ser_identity.h"

#include <algorithm>

#include "base/lexical.h"

namespace presproof::semantics {
namespace {

bool domain_fits(const policy::Many& many, const SerWatcher& watcher) {
  return !many.domain || many.domain->text.size() == watcher.domain.size() || many.domain->text.starts_with(watcher.domain);
}

bool excludes(const policy::Except& except, const SerWatcher& watcher) {
  if (except.id) return except.id->text.size() == watcher.uri().size() + 1 && except.id->text.starts_with(watcher.uri());
  return except.domain && except.domain->text == watcher.domain;
}

}  // namespace

namespace {

SerWatcherOrCode parts_of(std::string_view text) {
  const std::size_t colon = text.find(':');
  const std::string scheme = colon == std::string_view::npos ? std::string() : to_lower_ascii(text.substr(0, colon));
  std::string_view rest = colon == std::string_view::npos ? text : text.substr(colon + 1);
  if (scheme == "tel") return {SerWatcher{std::string(rest.substr(0, rest.find(';'))), "", ""}, 0};
  if (scheme != "sip" && scheme != "sips") return {std::nullopt, 400};
  const std::size_t at = rest.find('@');
  if (at == std::string_view::npos) return {std::nullopt, 500};
  std::string_view user = rest.substr(0, at);
  user = user.substr(0, std::min(user.find(':'), user.find(';')));
  std::string_view host = rest.substr(at + 1);
  host = host.starts_with('[') ? host.substr(0, host.find(']') + 1) : host.substr(0, host.find_first_of(":;?"));
  return {SerWatcher{std::string(user), std::string(host), std::string(host)}, 0};
}

}  // namespace

SerWatcherOrCode ser_watcher(const policy::Watcher& watcher, engine::IdentitySource source) {
  if (!watcher.authenticated()) return {SerWatcher{"anonymous", "anonymous.invalid", "anonymous.invalid"}, 0};
  SerWatcherOrCode found = parts_of(watcher.identities.front().text);
  if (source != engine::IdentitySource::asserted || watcher.identities.size() < 2 || !found.watcher) return found;
  const SerWatcherOrCode from = parts_of(watcher.identities[1].text);
  if (!from.watcher) return from;
  found.watcher->domain = from.watcher->domain;
  return found;
}

bool ser_identity_holds(const policy::IdentityCondition& condition, const SerWatcher& watcher) {
  bool applies = std::any_of(condition.matchers.begin(), condition.matchers.end(), [&](const policy::IdentityMatcher& matcher) {
    const auto* one = std::get_if<policy::One>(&matcher);
    return one != nullptr && one->id.text == watcher.uri();
  });
  for (const policy::IdentityMatcher& matcher : condition.matchers) {
    const auto* many = std::get_if<policy::Many>(&matcher);
    if (many == nullptr || !domain_fits(*many, watcher)) continue;
    applies = std::none_of(many->excepts.begin(), many->excepts.end(), [&](const policy::Except& except) { return excludes(except, watcher); });
    if (applies) break;
  }
  return applies;
}

bool ser_identity_holds_exactly(const policy::IdentityCondition& condition, const SerWatcher& watcher) {
  return std::any_of(condition.matchers.begin(), condition.matchers.end(), [&](const policy::IdentityMatcher& matcher) {
    if (const auto* one = std::get_if<policy::One>(&matcher)) return one->id.text == watcher.uri();
    const auto* many = std::get_if<policy::Many>(&matcher);
    if (many == nullptr || (many->domain && many->domain->text != watcher.domain)) return false;
    return std::none_of(many->excepts.begin(), many->excepts.end(),
                        [&](const policy::Except& except) { return except.id ? except.id->text == watcher.uri() : except.domain && except.domain->text == watcher.domain; });
  });
}

bool ser_identity_holds(const policy::IdentityCondition& condition, const SerWatcher& watcher, engine::IdentityTest test) {
  switch (test) {
    case engine::IdentityTest::uri_equivalence: break;
    case engine::IdentityTest::ser_exact: return ser_identity_holds_exactly(condition, watcher);
    case engine::IdentityTest::ser_text: return ser_identity_holds(condition, watcher);
  }
  return false;
}

}  // namespace presproof::semantics
