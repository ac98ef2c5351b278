#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// UTF-8 as RFC 3629 has it: no overlong forms, no surrogates, nothing beyond U+10FFFF.
namespace presproof {

struct CodePoint {
  char32_t value = 0;      ///< the byte itself when it is invalid
  std::size_t length = 1;  ///< in bytes; 1 for an invalid byte
  bool valid = false;
};

/// The code point at `offset`, which must be inside of the text.
[[nodiscard]] CodePoint decode_utf8(std::string_view text, std::size_t offset);

/// Appends the UTF-8 form of a Unicode scalar value.
void append_utf8(std::string& text, char32_t value);

/// Code points in the text; an invalid byte counts one.
[[nodiscard]] std::size_t count_code_points(std::string_view text);

[[nodiscard]] bool is_ascii(std::string_view text);

}  // namespace presproof
