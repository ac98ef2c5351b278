#include "leaks/leaks.h"

#include <algorithm>

#include "leaks/asker.h"
#include "leaks/kinds.h"

namespace presproof::leaks {

Channel response_channel(const Case& found) {
  const auto& first = found.first.decision.response;
  const auto& second = found.second.decision.response;
  // A location server has no codes: what it sends is all that there is.
  if (!first || !second) return Channel::content;
  return first->code == second->code ? Channel::subscription_state : Channel::response_code;
}

Leak leak_of(Kind kind, std::string_view secret, Channel channel, const Asker& asker, const Case& found) {
  Leak leak;
  leak.kind = kind;
  leak.severity = diag::Severity::warning;
  leak.watcher = asker.watcher(found.watcher_class);
  leak.others = found.classes.size() - 1;
  leak.secret = secret;
  leak.channel = channel;
  leak.first = found.first;
  leak.second = found.second;
  leak.rules = found.rules;
  return leak;
}

Findings find(const policy::Policy& policy, const Options& options) {
  Asker asker(policy, options);
  Findings findings;
  const bool presence = options.verify.usage == policy::Usage::presence;
  if (presence) {
    find_blocked(asker, findings.leaks);
    find_pending(asker, findings.leaks);
    find_fingerprints(asker, findings.leaks);
  }
  find_inferences(asker, findings.leaks);
  if (presence) find_existence(asker, findings.leaks);
  std::stable_sort(findings.leaks.begin(), findings.leaks.end(), [](const Leak& a, const Leak& b) { return a.kind < b.kind; });
  findings.undecided = asker.undecided();
  return findings;
}

}  // namespace presproof::leaks
