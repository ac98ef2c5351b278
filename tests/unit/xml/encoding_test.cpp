#include "xml/encoding.h"

#include <catch2/catch.hpp>

#include "unit/xml/reading.h"

using namespace presproof;
using namespace presproof::xml;
using namespace std::string_literals;

namespace {

std::string utf16(std::u16string_view text, bool little_endian) {
  std::string bytes;
  for (const char16_t unit : text) {
    const char high = static_cast<char>(unit >> 8);
    const char low = static_cast<char>(unit & 0xFF);
    bytes += little_endian ? low : high;
    bytes += little_endian ? high : low;
  }
  return bytes;
}

}  // namespace

TEST_CASE("UTF-16 is read in both byte orders, with and without a mark") {
  for (const bool little_endian : {true, false}) {
    for (const char16_t* text : {u"\uFEFF<a>\u00E4\U0001F600<b/></a>", u"<a>\u00E4\U0001F600<b/></a>",
                                 u"\uFEFF<?xml version='1.0' encoding='UTF-16'?><a>\u00E4\U0001F600<b/></a>"}) {
      const Reading reading(utf16(text, little_endian));
      REQUIRE(reading.document);
      const Element root = reading.document->root();
      CHECK(root.text() == "\xC3\xA4\xF0\x9F\x98\x80");
      const Element b = *root.children().begin();
      CHECK(b.span().column == root.span().column + 5);
      CHECK(reading.sources.encoding(0) == (little_endian ? "UTF-16LE" : "UTF-16BE"));
      CHECK(reading.sources.text(0).front() == '<');
    }
  }
}

TEST_CASE("a UTF-16 document can be read twice") {
  Reading reading(utf16(u"\uFEFF<?xml version='1.0' encoding='utf-16'?><a/>", true));
  REQUIRE(reading.document);
  CHECK(Document::read(reading.sources, reading.file, {}, reading.sink));
}

TEST_CASE("a declaration must name the encoding that the file is in") {
  CHECK(Reading(utf16(u"<?xml version='1.0' encoding='UTF-16LE'?><a/>", true)).document);
  for (const char16_t* name : {u"UTF-8", u"US-ASCII", u"UTF-16BE"}) {
    const Reading reading(utf16(u"\uFEFF<?xml version='1.0' encoding='"s + name + u"'?><a/>", true));
    CHECK_FALSE(reading.document);
    CHECK_THAT(reading.finding(), Catch::StartsWith("1:21 ") && Catch::Contains("the file is in UTF-16LE"));
  }
}

TEST_CASE("unpaired surrogates and half code units are refused, at every reading") {
  std::u16string lone_high = u"\uFEFF<a>\n\u00E4";
  std::u16string lone_low = lone_high;
  lone_high += static_cast<char16_t>(0xD83D);
  lone_low += static_cast<char16_t>(0xDE00);
  for (const std::u16string& text : {lone_high, lone_low, lone_high + u"x</a>", lone_low + u"x</a>"}) {
    for (const bool little_endian : {true, false}) {
      Reading reading(utf16(text, little_endian));
      CHECK_FALSE(reading.document);
      CHECK(reading.finding() == "2:2 a surrogate stands alone in the UTF-16 text");
      CHECK_FALSE(Document::read(reading.sources, reading.file, {}, reading.sink));
    }
  }
  Reading half(utf16(u"\uFEFF<a/>", true) + " ");
  CHECK(half.finding() == "1:5 the UTF-16 text ends within a code unit");
  CHECK_FALSE(Document::read(half.sources, half.file, {}, half.sink));
}

TEST_CASE("UTF-32 and control characters of UTF-16 are refused") {
  CHECK_THAT(Reading("\xFF\xFE\0\0<\0\0\0"s).finding(), Catch::Contains("UTF-32"));
  CHECK_THAT(Reading("\0\0\xFE\xFF\0\0\0<"s).finding(), Catch::Contains("UTF-32"));
  CHECK_THAT(Reading("<\0\0\0a\0\0\0"s).finding(), Catch::Contains("UTF-32"));
  CHECK_THAT(Reading(utf16(u"<a>\0</a>"s, true)).finding(), Catch::Contains("U+0000"));
  CHECK_THAT(Reading(utf16(u"<a>\uFFFF</a>", false)).finding(), Catch::Contains("1:4 ") && Catch::Contains("U+FFFF"));
}
