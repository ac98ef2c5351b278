#pragma once

#include <cstdint>
#include <vector>

#include "engine/profile.h"
#include "property/property.h"
#include "smt/identity_rules.h"
#include "smt/symbolic_state.h"

namespace presproof::smt {

/// When a rule's conditions on the state hold, its identity conditions aside: in these cells of time, and `rest`. Kept apart, because
/// rules that differ in time alone merge into one set of cells.
struct RuleCondition {
  CellSet cells;
  Term rest = kTrue;
  [[nodiscard]] bool never() const { return rest == kFalse || cells.empty(); }
};

/// RFC 4745 section 7.3 and 7.4, RFC 6772 section 4; an unknown condition is as the profile says.
[[nodiscard]] RuleCondition compile_conditions(const policy::Rule& rule, const engine::Profile& profile, TermStore& terms,
                                               SymbolicState& state);
[[nodiscard]] std::vector<RuleCondition> compile_conditions(const RuleTable& rules, const engine::Profile& profile,
                                                            TermStore& terms, SymbolicState& state);

/// `during` and `when` of a property, for watchers that are authenticated or are not.
[[nodiscard]] Term compile_guard(const property::Property& property, bool authenticated, TermStore& terms, SymbolicState& state);

}  // namespace presproof::smt
