#pragma once

#include <optional>
#include <string_view>

#include "policy/vocabulary.h"

namespace presproof::property {

/// The word of the language for a permission: `activities` for provide-activities.
[[nodiscard]] std::string_view attribute_word(policy::AttributePermission attribute);

/// The claim that speaks of an element which RFC 5025 gives a permission of its own, or which is shown with its
/// component or inside of a `geopriv`; nothing for every other element. provide-unknown-attribute never grants the
/// former (RFC 5025 section 3.3.2.14), so `attribute` would say "never" about an element that is shown.
[[nodiscard]] std::optional<std::string_view> claim_for_element(std::string_view ns, std::string_view name);

}  // namespace presproof::property
