#pragma once

#include "lint/lint.h"

/// RFC 5025 section 3.1.2: "a state change can cause a subscription to be suddenly terminated. The watcher has no way
/// to know, aside from polling, when their subscription would be reinstated".
namespace presproof::lint {

/// A state of the presentity that changes while somebody watches.
enum class ChangingState : std::uint8_t { sphere, location };

/// Reports rules under a condition on the state that accept a watcher whom no rule without such a condition accepts
/// likewise. `polite-block` and `allow` accept alike: the subscription stays. A rule that may hold at the same time
/// counts as if it always did, so that what is reported is so for the named watcher.
void report_unsteady_handling(const Context& context, ChangingState state, diag::Code code, diag::Sink& sink);

}  // namespace presproof::lint
