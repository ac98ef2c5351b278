#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace presproof {

/// Locale-free readings of the lexical forms that the specifications use. All functions look at ASCII alone and
/// leave every other byte as it is.

/// The text without XML white space (space, tab, CR, LF) at both ends.
[[nodiscard]] std::string_view trim_xml_space(std::string_view text);

/// The maximal runs of non-white-space, in order.
[[nodiscard]] std::vector<std::string_view> split_xml_space(std::string_view text);

/// ASCII letters lower-cased.
[[nodiscard]] std::string to_lower_ascii(std::string_view text);
[[nodiscard]] bool equal_ignoring_case(std::string_view a, std::string_view b);

/// xs:boolean (`true`, `false`, `1`, `0`), white space collapsed.
[[nodiscard]] std::optional<bool> parse_xs_boolean(std::string_view text);

/// xs:integer, white space collapsed; nothing when malformed. A value beyond 64 bits saturates.
[[nodiscard]] std::optional<std::int64_t> parse_xs_integer(std::string_view text);

/// xs:double without INF and NaN, white space collapsed; nothing when malformed or not finite.
[[nodiscard]] std::optional<double> parse_xs_double(std::string_view text);

/// NCName of XML Namespaces, which is also the lexical space of xs:ID.
[[nodiscard]] bool is_ncname(std::string_view text);

/// NameStartChar and NameChar of XML 1.0 (fifth edition, production 4 and 4a), which count the colon.
[[nodiscard]] bool is_name_start_char(char32_t c);
[[nodiscard]] bool is_name_char(char32_t c);

/// The known word nearest to `word` (Damerau-Levenshtein, at most a third of its length), or nothing.
[[nodiscard]] std::optional<std::string_view> nearest_word(std::string_view word,
                                                           const std::vector<std::string_view>& known);

}  // namespace presproof
