#include "base/utf8.h"

#include <catch2/catch.hpp>

using namespace presproof;

TEST_CASE("every scalar value is written and decoded again") {
  for (char32_t c = 0; c <= 0x10FFFF; c += c < 0x3000 ? 1 : 0x101) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    std::string text;
    append_utf8(text, c);
    const CodePoint read = decode_utf8(text, 0);
    REQUIRE(read.valid);
    REQUIRE(read.value == c);
    REQUIRE(read.length == text.size());
  }
}

TEST_CASE("overlong forms, surrogates, values beyond Unicode and cut sequences are invalid bytes") {
  for (const char* text :
       {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xED\xBF\xBF", "\xF0\x8F\xBF\xBF",
        "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "\xC3", "\xE2\x82", "\xF0\x9F\x98", "\xE2(\xA1"}) {
    const CodePoint read = decode_utf8(text, 0);
    CHECK_FALSE(read.valid);
    CHECK(read.length == 1);
  }
}

TEST_CASE("invalid bytes count one code point each") {
  CHECK(count_code_points("a\xC3\xA4\xF0\x9F\x98\x80") == 3);
  CHECK(count_code_points("\xF0\x9F\x98") == 3);
  CHECK(count_code_points("") == 0);
}

TEST_CASE("ASCII is told from the rest at every position") {
  CHECK(is_ascii(""));
  CHECK(is_ascii("0123456789\x7F\x01"));
  for (std::size_t at = 0; at < 20; ++at) {
    std::string text(20, 'a');
    text[at] = '\x80';
    CHECK_FALSE(is_ascii(text));
  }
}
