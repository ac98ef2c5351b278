#pragma once

#include <vector>

#include "engine/readings.h"
#include "policy/request.h"
#include "policy/rule_set.h"
#include "property/property.h"
#include "semantics/decision.h"

/// What claims mean, decided on one concrete decision of the reference evaluator: plain functions, which share nothing with
/// the encoding in smt/. A candidate counterexample is believed only when these agree.
namespace presproof::claims {

struct ClaimContext {
  const policy::Policy& policy;
  policy::Usage usage;
  engine::Readings readings;
};

[[nodiscard]] bool claim_holds(const property::Formula<property::ClaimAtom>& claim, const semantics::Decision& decision, const ClaimContext& context);

/// Presence usage: whether location is disclosed as published, whatever provide-location says (the readings `all-attributes-location` and
/// `unknown-attribute-location`), where a component is shown at all.
[[nodiscard]] bool location_goes_out_as_published(const semantics::Permissions& permissions, const engine::Readings& readings);

/// The matching rules that gave the permissions which the claim speaks of, or have the id it names; all matching
/// rules when there are none. In policy order.
[[nodiscard]] std::vector<policy::RuleRef> rules_concerned(const property::Formula<property::ClaimAtom>& claim,
                                                           const semantics::Decision& decision, const ClaimContext& context);

}  // namespace presproof::claims
