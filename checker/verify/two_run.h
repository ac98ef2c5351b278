#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "claims/claim.h"
#include "engine/profile.h"
#include "policy/request.h"
#include "policy/rule_set.h"
#include "property/property.h"
#include "verify/result.h"

/// What claims over two runs mean, decided on two concrete decisions of the reference evaluator: plain functions, which share nothing with the
/// encoding in smt/.
namespace presproof::verify {

/// Why the claim does not compare these two requests; nothing when it does: both watchers are in their groups, the guard holds for both, and
/// watcher (or state, but for the secret) is the same.
[[nodiscard]] std::optional<std::string_view> why_not_compared(const property::Property& property, const policy::Request& first,
                                                               const policy::Request& second);

/// Whether a watcher can tell the two runs apart by what the claim speaks of. Where the profile does not show what is granted alone, documents decide whether two runs look
/// alike (verify/documents_apart.h).
[[nodiscard]] bool told_apart(const property::TwoRunClaim& claim, const Counterexample& first, const Counterexample& second,
                              const claims::ClaimContext& context, const engine::Profile& profile);

/// Whether it is the document that tells them apart: the responses are alike, and a document of one state is filtered in two ways.
[[nodiscard]] bool told_by_document(const Counterexample& first, const Counterexample& second, const claims::ClaimContext& context);

/// The states differ in the secret, and in nothing else; of `handling` they may differ in anything.
[[nodiscard]] bool differ_in_alone(property::Secret secret, const policy::State& first, const policy::State& second);

/// The rules that match in one run alone and give something there (`response_alone`: a sub-handling); all that match in one alone when none
/// gives anything. In policy order.
[[nodiscard]] std::vector<policy::RuleRef> rules_between(const Counterexample& first, const Counterexample& second, bool response_alone);

/// The rules that make the difference: those that match in one run alone and give something there; where the document shows the secret itself, the
/// ones that let it. In policy order.
[[nodiscard]] std::vector<policy::RuleRef> rules_apart(const property::TwoRunClaim& claim, const Counterexample& first,
                                                       const Counterexample& second, const claims::ClaimContext& context, const engine::Profile& profile);

}  // namespace presproof::verify
