#pragma once

#include <string>
#include <string_view>

/// Text from documents in HTML and SVG, which are written as well-formed XML.
namespace presproof::html {

/// Longer names are cut, and say how long they were.
inline constexpr std::size_t kLongest = 160;

/// For content and for attribute values in double quotes: printable (diag/printable.h), markup characters as references.
[[nodiscard]] std::string escaped(std::string_view text);
/// The same, cut when it is longer than so many bytes.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t longest = kLongest);
/// A message, in which `what stands in backticks` is code; cut when it is long.
[[nodiscard]] std::string message(std::string_view text, std::size_t longest);
/// A name in an element of its own direction, so that letters of right-to-left scripts do not turn what stands beside it around; cut when it
/// is long.
[[nodiscard]] std::string name(std::string_view text);

}  // namespace presproof::html
