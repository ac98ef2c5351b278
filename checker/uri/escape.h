#pragma once

#include <optional>
#include <string>
#include <string_view>

/// Percent-escapes (RFC 2396 section 2, to which RFC 3261 section 19.1.4 refers).
namespace presproof::uri {

[[nodiscard]] constexpr bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }
[[nodiscard]] constexpr bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Every escape replaced by its octet. Nothing when a `%` is not followed by two hexadecimal digits.
[[nodiscard]] std::optional<std::string> percent_decode(std::string_view text);

/// The text in the one spelling that compares octet by octet: an octet that is unreserved (RFC 2396 section 2.3) or not
/// ASCII stands for itself, whether it came escaped or not; a reserved octet stays as written, since `/` and `%2F`
/// differ; anything else is escaped, hexadecimal digits in upper case. Nothing when a `%` begins no escape.
[[nodiscard]] std::optional<std::string> normalise_escapes(std::string_view text);

}  // namespace presproof::uri
