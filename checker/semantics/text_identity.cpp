#include "semantics/text_identity.h"

#include <algorithm>

#include "base/lexical.h"
#include "uri/escape.h"

namespace presproof::semantics {
namespace {

using policy::IdentityMatcher;

/// A URI of sip, sips or tel, taken apart; nothing for others. What stands around user and host is left out.
struct Parts {
  std::string scheme;
  std::string user;
  std::optional<std::string> host;
};

Parts parts_of(std::string_view text) {
  const std::size_t colon = text.find(':');
  Parts parts{colon == std::string_view::npos ? std::string() : to_lower_ascii(text.substr(0, colon)), {}, {}};
  const std::string_view rest = colon == std::string_view::npos ? text : text.substr(colon + 1);
  const std::size_t at = rest.find('@');
  if (at == std::string_view::npos) {
    parts.user = std::string(rest.substr(0, rest.find(';')));
    return parts;
  }
  const std::string_view user = rest.substr(0, at);
  parts.user = std::string(user.substr(0, std::min(user.find(':'), user.find(';'))));
  const std::string_view host = rest.substr(at + 1);
  parts.host = std::string(host.starts_with('[') ? host.substr(0, host.find(']') + 1) : host.substr(0, host.find_first_of(":;?")));
  return parts;
}

TextWatcherOrCode ser_watcher_of(const uri::Uri& from) {
  const Parts parts = parts_of(from.text);
  if (parts.scheme == "tel") return {TextWatcher{"sip:" + parts.user + "@", ""}, 0};
  if (parts.scheme != "sip" && parts.scheme != "sips") return {std::nullopt, 400};
  if (!parts.host) return {std::nullopt, 500};
  return {TextWatcher{"sip:" + parts.user + "@" + *parts.host, *parts.host}, 0};
}

TextWatcherOrCode ser_watcher(const policy::Watcher& watcher, engine::IdentitySource source) {
  TextWatcherOrCode found = ser_watcher_of(watcher.identities.front());
  if (source != engine::IdentitySource::asserted || watcher.identities.size() < 2 || !found.watcher) return found;
  TextWatcherOrCode from = ser_watcher_of(watcher.identities[1]);
  if (from.watcher) from.watcher->uri = found.watcher->uri;
  return from;
}

TextWatcher whole(std::string_view text) {
  const std::size_t at = text.find('@');
  return {std::string(text), at == std::string_view::npos ? std::string() : std::string(text.substr(at + 1))};
}

/// RFC 3261 section 10.3, with the host in lower case.
TextWatcher canonical(std::string_view text) {
  const Parts parts = parts_of(text);
  const std::string start = parts.scheme + ":" + uri::percent_decode(parts.user).value_or(parts.user);
  if (!parts.host) return {start, ""};
  const std::string host = to_lower_ascii(*parts.host);
  return {start + "@" + host, host};
}

bool ser_domain_fits(const policy::Many& many, const TextWatcher& watcher) {
  return !many.domain || many.domain->text.size() == watcher.domain.size() || many.domain->text.starts_with(watcher.domain);
}
bool ser_excludes(const policy::Except& except, const TextWatcher& watcher) {
  if (except.id) return except.id->text.size() == watcher.uri.size() + 1 && except.id->text.starts_with(watcher.uri);
  return except.domain && except.domain->text == watcher.domain;
}

bool is_one(const IdentityMatcher& matcher, const TextWatcher& watcher) {
  const auto* one = std::get_if<policy::One>(&matcher);
  return one != nullptr && one->id.text == watcher.uri;
}

bool holds_with_lengths(const policy::IdentityCondition& condition, const TextWatcher& watcher) {
  bool applies = std::any_of(condition.matchers.begin(), condition.matchers.end(), [&](const IdentityMatcher& matcher) { return is_one(matcher, watcher); });
  for (const IdentityMatcher& matcher : condition.matchers) {
    const auto* many = std::get_if<policy::Many>(&matcher);
    if (many == nullptr || !ser_domain_fits(*many, watcher)) continue;
    applies = std::none_of(many->excepts.begin(), many->excepts.end(), [&](const policy::Except& except) { return ser_excludes(except, watcher); });
    if (applies) break;
  }
  return applies;
}

bool holds_exactly(const policy::IdentityCondition& condition, const TextWatcher& watcher) {
  return std::any_of(condition.matchers.begin(), condition.matchers.end(), [&](const IdentityMatcher& matcher) {
    if (is_one(matcher, watcher)) return true;
    const auto* many = std::get_if<policy::Many>(&matcher);
    if (many == nullptr || (many->domain && many->domain->text != watcher.domain)) return false;
    return std::none_of(many->excepts.begin(), many->excepts.end(),
                        [&](const policy::Except& except) { return except.id ? except.id->text == watcher.uri : except.domain && except.domain->text == watcher.domain; });
  });
}

}  // namespace

TextWatcherOrCode text_watcher(const policy::Watcher& watcher, const engine::Profile& profile) {
  if (!watcher.authenticated()) return {TextWatcher{"sip:anonymous@anonymous.invalid", "anonymous.invalid"}, 0};
  const std::string& text = watcher.identities.front().text;
  switch (profile.identity) {
    case engine::IdentityTest::uri_equivalence:
    case engine::IdentityTest::whole_text: return {whole(text), 0};
    case engine::IdentityTest::canonical_text: return {canonical(text), 0};
    case engine::IdentityTest::ser_exact:
    case engine::IdentityTest::ser_text: break;
  }
  return ser_watcher(watcher, profile.parameters.identity);
}

bool text_identity_holds(const policy::IdentityCondition& condition, const TextWatcher& watcher, engine::IdentityTest test) {
  switch (test) {
    case engine::IdentityTest::uri_equivalence: break;
    case engine::IdentityTest::ser_text: return holds_with_lengths(condition, watcher);
    case engine::IdentityTest::ser_exact:
    case engine::IdentityTest::whole_text:
    case engine::IdentityTest::canonical_text: return holds_exactly(condition, watcher);
  }
  return false;
}

}  // namespace presproof::semantics
