#pragma once

#include <optional>
#include <string_view>

/// Misspelt namespace names of presence documents: a blank too many, another case, a letter or two.
namespace presproof::presence {

/// The known namespace of presence documents that `ns` is a slip of: equal up to white space, case and at most two
/// edited letters. Nothing for a known namespace, for none, and for every other.
[[nodiscard]] std::optional<std::string_view> intended_namespace(std::string_view ns);

}  // namespace presproof::presence
