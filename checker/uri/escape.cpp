#include "uri/escape.h"

#include <cstddef>

namespace presproof::uri {
namespace {

constexpr std::string_view kReserved = ";/?:@&=+$,";  // RFC 2396 section 2.2
constexpr std::string_view kMarks = "-_.!~*'()";      // RFC 2396 section 2.3

int hex_value(char c) {
  if (is_ascii_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// Calls `visit(octet, escaped)` for each octet of the text; false at a malformed escape.
template <class Visit>
bool for_each_octet(std::string_view text, Visit visit) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '%') {
      visit(text[at], false);
      continue;
    }
    if (text.size() - at < 3) return false;
    const int high = hex_value(text[at + 1]);
    const int low = hex_value(text[at + 2]);
    if (high < 0 || low < 0) return false;
    visit(static_cast<char>(high * 16 + low), true);
    at += 2;
  }
  return true;
}

void append_escaped(std::string& out, char octet) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  const auto value = static_cast<unsigned char>(octet);
  out += '%';
  out += digits[value >> 4U];
  out += digits[value & 0xFU];
}

}  // namespace

std::optional<std::string> percent_decode(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  if (!for_each_octet(text, [&](char octet, bool) { out += octet; })) return std::nullopt;
  return out;
}

std::optional<std::string> normalise_escapes(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  const bool well_formed = for_each_octet(text, [&](char octet, bool escaped) {
    const bool reserved = kReserved.find(octet) != std::string_view::npos;
    const bool plain = is_ascii_letter(octet) || is_ascii_digit(octet) || static_cast<unsigned char>(octet) >= 0x80 ||
                       kMarks.find(octet) != std::string_view::npos || (reserved && !escaped);
    if (plain) {
      out += octet;
    } else {
      append_escaped(out, octet);
    }
  });
  if (!well_formed) return std::nullopt;
  return out;
}

}  // namespace presproof::uri
