#pragma once

#include <vector>

#include "engine/profile.h"
#include "policy/request.h"
#include "policy/rule_set.h"
#include "property/property.h"
#include "smt/rule_conditions.h"
#include "smt/seen_partition.h"
#include "smt/symbolic_state.h"
#include "smt/term.h"

/// What all questions about a policy have in common, compiled once and never changed: the classes of watchers, the variables of the state,
/// and when each rule's conditions hold. Questions stand on it (smt::Prover) and may do so in parallel. It does not depend on the order of
/// the properties.
namespace presproof::smt {

struct Ground {
  /// `policy` and `properties` must outlive it. Throws diag::InputError for persons with too many identities.
  Ground(const policy::Policy& policy, const property::Properties& properties, policy::Usage the_usage, const engine::Profile& profile)
      : usage(the_usage), watchers(policy, properties, profile), state(terms, policy, properties), conditions(compile_conditions(partition.rules(), profile, terms, state)) {}
  Ground(const Ground&) = delete;
  Ground& operator=(const Ground&) = delete;

  policy::Usage usage;
  SeenPartition watchers;
  const Partition& partition = watchers.partition;
  TermStore terms;
  SymbolicState state;
  std::vector<RuleCondition> conditions;
};

}  // namespace presproof::smt
