#pragma once

#include <nlohmann/json.hpp>

#include "policy/request.h"
#include "policy/rule_set.h"
#include "semantics/decision.h"
#include "verify/result.h"

/// The objects of the contract that simulations share with counterexamples: keys as there, in that order, all of them always there.
namespace presproof::report {

using Json = nlohmann::ordered_json;

/// {"authenticated", "identities"}; the identities sorted.
[[nodiscard]] Json watcher_json(const policy::Watcher& watcher);

/// [{"file", "id", "line"}] in the order given; the line of the start tag.
[[nodiscard]] Json matched_rules_json(const policy::Policy& policy, const std::vector<policy::RuleRef>& rules);

/// The contract's `permissions`. Grants of the older dialect have a `rounding_deg` beside `radius_m`.
[[nodiscard]] Json permissions_json(const semantics::Permissions& permissions);

/// Permission name to the sorted ids of its rules, in the order of `permissions`.
[[nodiscard]] Json granted_by_json(const policy::Policy& policy, const semantics::Decision& decision);

/// {"code", "reason"}, or null in geolocation usage.
[[nodiscard]] Json response_json(const semantics::Decision& decision);
[[nodiscard]] Json subscription_state_json(const semantics::Decision& decision);

/// {"time", "sphere", "location"} of a proof's state: the location null when unknown.
[[nodiscard]] Json state_json(const policy::State& state);

/// A run that the evaluator has reproduced: the contract's `counterexample`. With `response` the answer to the SUBSCRIBE, too, as both runs of a
/// claim over two runs have it.
[[nodiscard]] Json run_json(const policy::Policy& policy, const verify::Counterexample& run, bool response);

struct Simulation;
/// The contract's `presproof-simulation/1`.
[[nodiscard]] Json simulation_object(const Simulation& simulation);

/// An integral number without a fraction.
[[nodiscard]] Json number_json(double number);

/// With a line break at the end; bytes that are not UTF-8 become U+FFFD.
[[nodiscard]] std::string dump(const Json& json, bool one_line);

}  // namespace presproof::report
