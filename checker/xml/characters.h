#pragma once

#include <array>
#include <cstdint>

/// Classes of the bytes of a UTF-8 text, in one table: what XML 1.0 says of ASCII characters. Bytes from 0x80 on
/// belong to longer characters and stop every scan.
namespace presproof::xml {

enum ByteClass : std::uint8_t {
  kNameStartByte = 1,
  kNameByte = 2,
  kSpaceByte = 4,
  kTextStop = 8,    ///< `<`, `&`, `]`, control characters, non-ASCII
  kValueStop = 16,  ///< `<`, `&`, quotes, control characters, non-ASCII
  kPlainStop = 32,  ///< `-`, `?`, `]`, control characters, non-ASCII: in comments, instructions, CDATA
};

inline constexpr std::array<std::uint8_t, 256> kByteClasses = [] {
  std::array<std::uint8_t, 256> classes{};
  const auto add = [&](unsigned char c, int bits) { classes[c] = static_cast<std::uint8_t>(classes[c] | bits); };
  const int stops = kTextStop | kValueStop | kPlainStop;
  for (unsigned c = 0; c < 256; ++c) {
    const auto byte = static_cast<unsigned char>(c);
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    const bool space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (letter) add(byte, kNameStartByte | kNameByte);
    if ((c >= '0' && c <= '9') || c == '-' || c == '.') add(byte, kNameByte);
    if (space) add(byte, kSpaceByte);
    if ((c < 0x20 && !space) || c >= 0x80) add(byte, stops);
  }
  for (const unsigned char c : {'<', '&'}) add(c, kTextStop | kValueStop);
  for (const unsigned char c : {'"', '\''}) add(c, kValueStop);
  for (const unsigned char c : {'-', '?', ']'}) add(c, kPlainStop);
  add(']', kTextStop);
  return classes;
}();

[[nodiscard]] inline bool has_class(char c, int bits) {
  return (kByteClasses[static_cast<unsigned char>(c)] & bits) != 0;
}

/// Char, production 2.
[[nodiscard]] constexpr bool is_xml_char(char32_t c) {
  return c == 0x9 || c == 0xA || c == 0xD || (c >= 0x20 && c <= 0xD7FF) || (c >= 0xE000 && c <= 0xFFFD) ||
         (c >= 0x10000 && c <= 0x10FFFF);
}

}  // namespace presproof::xml
