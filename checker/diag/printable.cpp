#include "diag/printable.h"

#include <fmt/format.h>

#include <iterator>

#include "base/utf8.h"

namespace presproof::diag {
namespace {

bool is_bidi_control(char32_t c) {
  // Unicode's Bidi_Control property (UAX 9): ALM, LRM, RLM, the embeddings and overrides, the isolates.
  return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

bool is_line_control(char32_t c) { return c == 0x2028 || c == 0x2029; }

}  // namespace

std::string printable(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = decode_utf8(text, at);
    if (!c.valid || c.value < 0x20 || c.value == 0x7F) {
      fmt::format_to(std::back_inserter(result), "\\x{:02X}", static_cast<unsigned>(c.value));
    } else if (c.value < 0xA0 ? c.value >= 0x80 : is_bidi_control(c.value) || is_line_control(c.value)) {
      fmt::format_to(std::back_inserter(result), "\\u{{{:04X}}}", static_cast<unsigned>(c.value));
    } else {
      result.append(text.substr(at, c.length));
    }
    at += c.length;
  }
  return result;
}

}  // namespace presproof::diag
