#pragma once

#include <span>
#include <vector>

#include "policy/request.h"
#include "policy/rule_set.h"
#include "property/property.h"
#include "repair/edit.h"

namespace presproof::repair {

/// Edits of these rules that could keep the request from breaking the property; what takes least comes first. Deterministic, and none
/// twice. `rules` are those behind a counterexample, in policy order.
[[nodiscard]] std::vector<Edit> candidates(const policy::Policy& policy, const property::Property& property, policy::Usage usage,
                                           std::span<const policy::RuleRef> rules, const policy::Request& request);

}  // namespace presproof::repair
