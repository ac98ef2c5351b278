#pragma once

#include <optional>
#include <string>

#include "policy/rule_set.h"

/// The permissions of RFC 5025 section 3.3.2 that a boolean, or a word of which one is `false`, gives or does not give.
namespace presproof::lint {

struct AttributeValue {
  std::string key;    ///< equal for permissions about the same attribute
  std::string words;  ///< `provide-mood` in backticks, or `provide-unknown-attribute` for `foo`
  bool granted = false;
  bool location =
      false;  ///< an unknown attribute that is RFC 6772's: readings differ in what it and `provide-all-attributes` give
};
/// Nothing for other permissions.
[[nodiscard]] std::optional<AttributeValue> attribute_of(const policy::Permission& permission);

}  // namespace presproof::lint
