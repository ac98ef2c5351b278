#pragma once

#include <optional>
#include <string>

#include "engine/profile.h"
#include "policy/request.h"
#include "policy/rule_set.h"

/// Who a watcher is to the SER family, and which identity conditions hold for it (engine::IdentityTest::ser_text): presence_xml, function
/// get_rule_node of Kamailio 5.6.
namespace presproof::semantics {

/// User and host of From, as they stand there: port, password, parameters and the scheme (sip, sips, tel) are dropped.
struct SerWatcher {
  std::string user;
  std::string host;    ///< empty for tel
  std::string domain;  ///< what `domain` is compared with: the host, but for a watcher whose From is not at hand
  [[nodiscard]] std::string uri() const { return "sip:" + user + "@" + host; }
};

/// Of the first identity; where identities are asserted, the second one is From, whose domain counts. Of an unauthenticated watcher
/// sip:anonymous@anonymous.invalid. On failure the code that a SUBSCRIBE from it is
/// answered with: 400 for another scheme, 500 without a user.
struct SerWatcherOrCode {
  std::optional<SerWatcher> watcher;
  int code = 0;
};
[[nodiscard]] SerWatcherOrCode ser_watcher(const policy::Watcher& watcher, engine::IdentitySource source);

/// A <one> with this very text; then each <many> in turn, the last of which decides: it holds for a domain of the same length, or one that the
/// given domain begins with; <except domain> excludes the very same domain, and <except id> only whom it names with one letter more.
/// engine::IdentityTest::ser_text.
[[nodiscard]] bool ser_identity_holds(const policy::IdentityCondition& condition, const SerWatcher& watcher);
/// Whether the domain is the same, and no exception is, letter by letter (engine::IdentityTest::ser_exact).
[[nodiscard]] bool ser_identity_holds_exactly(const policy::IdentityCondition& condition, const SerWatcher& watcher);
/// As the profile compares; false for a profile of another test.
[[nodiscard]] bool ser_identity_holds(const policy::IdentityCondition& condition, const SerWatcher& watcher, engine::IdentityTest test);

}  // namespace presproof::semantics
