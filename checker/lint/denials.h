#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lint/lint.h"
#include "policy/rule_set.h"

/// Permissions that say false, or `none`: they give nothing, and take nothing away from what other permissions give
/// (RFC 4745 section 10.2: of booleans the OR, of integers the maximum).
namespace presproof::lint {

struct Denial {
  policy::RuleRef rule;
  const policy::Permission* permission = nullptr;
  std::string words;  ///< of the permission
  /// What gives it after all, to a watcher whom the rule names.
  struct Undone {
    policy::RuleRef by;
    SourceSpan span;
    std::string whom;  ///< empty when it stands in the same rule
  };
  std::optional<Undone> undone;
};

/// In policy order; without those beside which the same rule grants the same permission.
[[nodiscard]] std::vector<Denial> denials_of(const Context& context);

}  // namespace presproof::lint
