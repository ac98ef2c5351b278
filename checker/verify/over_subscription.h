#pragma once

#include <optional>
#include <string>
#include <vector>

#include "policy/request.h"
#include "property/property.h"
#include "smt/partition.h"
#include "smt/solver.h"
#include "verify/verify.h"

/// Claims `over any subscription`: about every NOTIFY that a watcher is sent, whatever happens, up to a number of events. By the RFCs each is filtered
/// by the rules as they then are (RFC 5025 section 3.3), so that such a claim says what it says of one decision. The SER family sends others, too
/// (semantics/ser_life.h).
///
/// The search is breadth first over what a life can be (semantics::SerLife::condition) at the times and in the spheres that the rules and the property tell
/// apart, for a watcher of each kind: subscribe, fetch, refresh, unsubscribe, publish, upload the same rules again, delete them, time that passes, another
/// sphere. A NOTIFY with a document counts as one that shows everything: of what a rule takes away only the first such element is sure to go.
namespace presproof::verify {

/// What happens, as `simulate --events` takes it; PUBLISHED and POLICY stand for the document and the rule set.
using Events = std::vector<std::string>;

struct SubscriptionAnswer {
  Verdict verdict = Verdict::undecided;
  std::optional<policy::Request> request;  ///< whose NOTIFY breaks the claim, and the state in which it is sent
  Events events;
  std::string reason;  ///< why it is undecided
};
/// Proved or violated within the property's number of events, or undecided. A violation has been played once more from the beginning.
[[nodiscard]] SubscriptionAnswer over_subscription(const policy::Policy& policy, const property::Property& property, const smt::Partition& partition, const Options& options,
                                                   const smt::Limits& limits);

/// What such a verdict takes for granted.
[[nodiscard]] std::vector<std::string> subscription_assumptions(const property::Property& property, const engine::Profile& profile);

}  // namespace presproof::verify
