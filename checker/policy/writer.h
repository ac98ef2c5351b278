#pragma once

#include <string>

#include "policy/rule_set.h"

/// Rule sets as XML: RFC 4745 section 13, RFC 5025 section 7, RFC 6772 section 8.
namespace presproof::policy {

/// Canonical, the same bytes for equal rule sets. Reading it gives an equal rule set (but for the file's name) when
/// reading the original gave no error finding and no unknown element held elements of pres-rules: unknown elements are
/// written empty. What the older dialect alone can say (coordinates rounded, or exact without the civic address) is
/// written in it.
[[nodiscard]] std::string write_rule_set(const RuleSet& rules);

}  // namespace presproof::policy
