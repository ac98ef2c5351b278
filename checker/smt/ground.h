#pragma once

#include <optional>
#include <vector>

#include "engine/profile.h"
#include "policy/request.h"
#include "policy/rule_set.h"
#include "property/property.h"
#include "smt/partition.h"
#include "smt/rule_conditions.h"
#include "smt/ser_identities.h"
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
        partition(seen ? seen->policy : policy, properties, {profile.combining, seen ? std::optional(uri::parse(kSerAnonymous)) : std::nullopt, seen.has_value(), !seen || seen->complete}),
        state(terms, policy, properties),
        conditions(compile_conditions(partition.rules(), profile, terms, state)) {}
  Ground(const Ground&) = delete;
  Ground& operator=(const Ground&) = delete;

  policy::Usage usage;
  std::optional<SerIdentities> seen;  ///< for engines that compare identities in their own way
  TermStore terms;
  Partition partition;
  SymbolicState state;
  std::vector<RuleCondition> conditions;

 private:
  static std::optional<SerIdentities> seen_by(const policy::Policy& policy, const property::Properties& properties, const engine::Profile& profile) {
    switch (profile.identity) {
      case engine::IdentityTest::uri_equivalence: break;
      case engine::IdentityTest::ser_exact:
      case engine::IdentityTest::ser_text: return with_ser_identities(policy, properties, profile.identity);
    }
    return std::nullopt;
  }
};

}  // namespace presproof::smt
