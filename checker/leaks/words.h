#pragma once

#include <string>

#include "policy/request.h"
#include "policy/rule_set.h"
#include "semantics/decision.h"

/// Watchers, answers and rules as messages name them; everything from documents is made printable.
namespace presproof::leaks {

/// `sip:bob@example.com` in backticks, or `an unauthenticated watcher`.
[[nodiscard]] std::string watcher_words(const policy::Watcher& watcher);
/// With `and 3 more watchers` behind it.
[[nodiscard]] std::string watchers_words(const policy::Watcher& watcher, std::size_t others);
/// `403 Forbidden`, `202 Accepted and a pending subscription`, or whether a location server grants.
[[nodiscard]] std::string answer_words(const semantics::Decision& decision);
/// The rules' ids, or `no rule`.
[[nodiscard]] std::string rules_words(const policy::Policy& policy, const std::vector<policy::RuleRef>& rules);

}  // namespace presproof::leaks
