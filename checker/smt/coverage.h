#pragma once

#include <functional>
#include <vector>

#include "policy/request.h"
#include "policy/rule_set.h"

/// What a rule gives, as demands on other rules: when for each demand some other matching rule meets it, the rule changes nothing.
namespace presproof::smt {

/// Met by the matching rules beside the one in question when one of them meets a predicate, or (for the booleans of RFC 6772, which
/// a silent rule can change, too) by a condition over three such predicates.
struct Demand {
  using Predicate = std::function<bool(const policy::Rule&)>;
  Predicate met_by;
  /// When set: the demand is also met when no other rule says no.
  Predicate unless_any;
};

/// For every reading at once.
[[nodiscard]] std::vector<Demand> demands_of(const policy::Rule& rule, policy::Usage usage);

/// That another rule gives a more generous sub-handling than the rule's `confirm` or `polite-block`; none for a rule that has neither.
[[nodiscard]] std::vector<Demand> demands_to_overrule(const policy::Rule& rule, policy::Usage usage);

}  // namespace presproof::smt
