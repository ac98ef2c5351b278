#pragma once

#include "policy/request.h"
#include "policy/rule_set.h"
#include "semantics/evaluator.h"

/// When a rule applies to a request: RFC 4745 section 7, RFC 5025 section 3.1 and RFC 6772 section 4, as plain
/// functions without any index. A rule matches when all its conditions hold; what is unknown never holds.
namespace presproof::semantics {

/// RFC 4745 section 7.1 with RFC 5025 section 3.1.1.2: ORed over what the element lists, and every identity that is
/// asserted for the watcher counts, for `except` too.
[[nodiscard]] bool holds(const policy::IdentityCondition& condition, const policy::Watcher& watcher,
                         const engine::Readings& readings);

/// RFC 4745 section 7.3. Letters compare without case in ASCII; every other character compares as it is.
[[nodiscard]] bool holds(const policy::SphereCondition& condition, const std::optional<std::string>& sphere);

/// RFC 4745 section 7.4: from <= t < until for one of the pairs.
[[nodiscard]] bool holds(const policy::ValidityCondition& condition, Instant time);

/// RFC 6772 section 4: the target is at one of the locations. False when it is not known where the target is.
[[nodiscard]] bool holds(const policy::LocationCondition& condition, const policy::TargetLocation& location);

[[nodiscard]] bool holds(const policy::Condition& condition, const policy::Request& request, const Options& options);

/// All conditions hold (RFC 4745 section 7); none: always.
[[nodiscard]] bool matches(const policy::Rule& rule, const policy::Request& request, const Options& options);

/// All conditions but those of identity hold: for callers that know that the identity fits.
[[nodiscard]] bool holds_beside_identity(const policy::Rule& rule, const policy::Request& request,
                                         const Options& options);

[[nodiscard]] inline bool is_identity(const policy::Condition& condition) {
  return std::holds_alternative<policy::IdentityCondition>(condition);
}

}  // namespace presproof::semantics
