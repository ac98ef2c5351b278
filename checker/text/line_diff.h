#pragma once

#include <string>
#include <string_view>

namespace presproof::text {

/// A unified diff of two texts with three lines of context, as `patch` reads it; empty when they are equal. The shortest edit script (Myers,
/// "An O(ND) difference algorithm and its variations", 1986) after the common first and last lines; where very many lines differ, not always the shortest.
[[nodiscard]] std::string unified_diff(std::string_view name, std::string_view old_text, std::string_view new_text);

}  // namespace presproof::text
