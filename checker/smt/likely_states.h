#pragma once

#include <span>
#include <vector>

#include "policy/request.h"
#include "policy/rule_set.h"

/// States in which a rule is likely to match while others do not, by a look at what they name: a question that one of them answers needs no
/// solver. Nothing follows from that none of them does.
namespace presproof::smt {

/// At the beginnings and ends of the rule's periods and at the ends of the others', in each sphere that the rule names, and at the places in and
/// near the edge of the area that it names first; the likeliest first, and few.
[[nodiscard]] std::vector<policy::State> likely_states(const policy::Rule& rule, std::span<const policy::Rule* const> others);

}  // namespace presproof::smt
