#pragma once

#include <vector>

#include "engine/readings.h"
#include "policy/request.h"
#include "smt/identity_rules.h"
#include "smt/threshold.h"

/// What a watcher gets, as a list of statements over thresholds: two watchers, or two states, give the same for every presence document
/// exactly when each statement has the same truth value for both. That is how claims over two runs are encoded (self-composition: Barthe,
/// D'Argenio and Rezk 2004); the statements are each rule set's own, one for each value that a rule of it can give.
///
/// Presence usage: block, confirm, polite-block and allow differ (polite-block shows one closed tuple with an id of its own, which no filtered
/// document equals, not even one that shows nothing). Below allow, and without a component that could hold it, no permission shows. An
/// attribute is looked for where the claims of one run look for it. Location as published counts as exact and in full; usage rules
/// (RFC 6772 section 6) show with a location alone. To keep a rule reference and to say nothing of it leave the same document.
///
/// Where the rule that decides shows all but what it takes away, two runs also differ when they take away different things (hiding.h); that is said of
/// more rules than documents can tell apart. An engine's error is an answer of its own.
namespace presproof::smt {

/// The response code and the subscription state; polite-block and allow are alike. In geolocation usage: whether it is granted.
[[nodiscard]] std::vector<ClaimShape> response_shapes(const RuleTable& rules, policy::Usage usage);
/// The combined sub-handling.
[[nodiscard]] std::vector<ClaimShape> handling_shapes(const RuleTable& rules, policy::Usage usage);
/// Sub-handling and document.
[[nodiscard]] std::vector<ClaimShape> view_shapes(const RuleTable& rules, policy::Usage usage, const engine::Readings& readings);

/// The secret itself stands in the document.
[[nodiscard]] ClaimShape shows_sphere(policy::Usage usage, const engine::Readings& readings);
[[nodiscard]] ClaimShape shows_location(policy::Usage usage, const engine::Readings& readings);

}  // namespace presproof::smt
