#pragma once

#include <string>

#include "policy/rule_set.h"

/// What a rule's transformations take away where everything else is shown (engine::Filtering::shows_what_is_not_removed), as a text: two rules of one
/// text show the same of every document. Those of different texts may, too.
namespace presproof::smt {

/// In the order of the transformations, which can matter; without those that take nothing away.
[[nodiscard]] std::string hiding_of(const policy::Rule& rule);

}  // namespace presproof::smt
