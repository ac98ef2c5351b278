#pragma once

#include <optional>
#include <vector>

#include "engine/profile.h"
#include "policy/request.h"
#include "policy/rule_set.h"
#include "property/property.h"
#include "smt/partition.h"
#include "smt/rule_conditions.h"
#include "smt/text_identities.h"
#include "smt/symbolic_state.h"
#include "smt/term.h"

/// What all questions about a policy have in common, compiled once and never changed: the classes of watchers, the variables of the state,
/// and when each rule's conditions hold. Questions stand on it (smt::Prover) and may do so in parallel. It does not depend on the order of
/// the properties.
namespace presproof::smt {

struct Ground {
  /// `policy` and `properties` must outlive it. Throws diag::InputError for persons with too many identities.
  Ground(const policy::Policy& policy, const property::Properties& properties, policy::Usage the_usage, const engine::Profile& profile)
      : usage(the_usage),
        seen(seen_by(policy, properties, profile)),
        partition(seen ? seen->policy : policy, properties, options_for(profile, seen)),
        state(terms, policy, properties),
        conditions(compile_conditions(partition.rules(), profile, terms, state)) {}
  Ground(const Ground&) = delete;
  Ground& operator=(const Ground&) = delete;

  policy::Usage usage;
  std::optional<TextIdentities> seen;  ///< for engines that compare identities in their own way
  TermStore terms;
  Partition partition;
  SymbolicState state;
  std::vector<RuleCondition> conditions;

 private:
  static std::optional<TextIdentities> seen_by(const policy::Policy& policy, const property::Properties& properties, const engine::Profile& profile) {
    if (profile.identity != engine::IdentityTest::uri_equivalence) return with_text_identities(policy, properties, profile.identity);
    return std::nullopt;
  }
  static PartitionOptions options_for(const engine::Profile& profile, const std::optional<TextIdentities>& seen) {
    if (!seen) return {profile.combining};
    return {profile.combining, uri::parse(kAnonymousText), true, seen->complete, seen->others, seen->refused};
  }
};

}  // namespace presproof::smt
