#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "policy/rule_set.h"

/// RFC 4745 section 7: all conditions of a rule must hold together. Pairs of them that each can hold, but never both.
namespace presproof::lint {

/// Two conditions of one type, by their places in the rule.
struct Exclusion {
  std::size_t first = 0;
  std::size_t second = 0;
};

/// The first such pair. Of a rule with very many conditions only the first are compared.
[[nodiscard]] std::optional<Exclusion> exclusion_in(const policy::Rule& rule);

/// The name of a condition's element: `sphere`.
[[nodiscard]] std::string_view name_of(const policy::Condition& condition);
[[nodiscard]] const SourceSpan& span_of(const policy::Condition& condition);

}  // namespace presproof::lint
