#pragma once

#include <string>
#include <string_view>

namespace presproof::report {

/// Text from a document as CommonMark text on one line, in a table's cell, too: printable, with a backslash before every character that could
/// begin markup, and without mentions, issue numbers or bare addresses that hosts make links of.
[[nodiscard]] std::string markdown_text(std::string_view text);

/// The text in a code span, long enough for the backticks in it; not for a table, which a bar in it would end.
[[nodiscard]] std::string markdown_code(std::string_view text);

}  // namespace presproof::report
