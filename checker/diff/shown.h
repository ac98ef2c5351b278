#pragma once

#include <string>
#include <string_view>

#include "semantics/decision.h"
#include "smt/view.h"
#include "claims/claim.h"

/// What one decision of the reference evaluator shows of a permission: plain functions, which share nothing with the encoding in smt/. A
/// difference is believed only when these agree.
namespace presproof::diff {

/// Whether the decision makes the observation.
[[nodiscard]] bool is_observed(const smt::Observation& observation, const semantics::Decision& decision, const claims::ClaimContext& context);

/// The permission's value in words, as far as the observation speaks of it: `radius 500 m`, `civic city`, `class x, id y`, `true`. What is
/// not given, because the sub-handling is not allow, too, is `none` or `false`.
[[nodiscard]] std::string value_shown(const smt::Observation& observation, const semantics::Decision& decision, const claims::ClaimContext& context);

/// `radius 5000 m -> 500 m`: two values of one permission.
[[nodiscard]] std::string detail_of(std::string_view before, std::string_view after);

}  // namespace presproof::diff
