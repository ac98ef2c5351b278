#pragma once

#include <string>
#include <string_view>

namespace presproof::diag {

/// Text from a document, made safe for a terminal and for one line of output: control characters (C0, DEL, C1),
/// line and bidirectional controls and invalid UTF-8 become `\xNN` or `\u{NNNN}`; everything else stays.
[[nodiscard]] std::string printable(std::string_view text);

}  // namespace presproof::diag
