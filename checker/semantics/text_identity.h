#pragma once

#include <optional>
#include <string>

#include "engine/profile.h"
#include "policy/request.h"
#include "policy/rule_set.h"

/// Who a watcher is to engines that compare identities as texts, and which identity conditions hold for it (every engine::IdentityTest but that of the RFCs).
namespace presproof::semantics {

struct TextWatcher {
  std::string uri;     ///< what <one> and exceptions name
  std::string domain;  ///< what `domain` is compared with; empty: there is none
};

/// Of the first identity; of an unauthenticated watcher sip:anonymous@anonymous.invalid.
/// The SER family (presence_xml, function get_rule_node of Kamailio 5.6): user and host of From as `sip:user@host`, whatever the scheme (sip, sips, tel); port, password and
/// parameters are dropped. Where identities are asserted, the second one is From, whose domain counts. On failure the code that a SUBSCRIBE is answered with: 400 for
/// another scheme, 500 without a user.
/// whole_text: From as it stands, and what stands behind its first @. canonical_text: scheme, user without escapes, and host in lower case.
struct TextWatcherOrCode {
  std::optional<TextWatcher> watcher;
  int code = 0;
};
[[nodiscard]] TextWatcherOrCode text_watcher(const policy::Watcher& watcher, const engine::Profile& profile);

/// ser_text: a <one> with this very text; then each <many> in turn, the last of which decides: it holds for a domain of the same length, or one that the
/// given domain begins with; <except domain> excludes the very same domain, and <except id> only whom it names with one letter more.
/// The others: a <one>, or a <many> of the same domain, or of none, without an exception of the watcher's URI or domain.
/// False for uri_equivalence.
[[nodiscard]] bool text_identity_holds(const policy::IdentityCondition& condition, const TextWatcher& watcher, engine::IdentityTest test);

}  // namespace presproof::semantics
