#include "diag/sources.h"

#include <catch2/catch.hpp>
#include <random>

#include "base/utf8.h"
#include "diag/error.h"

using namespace presproof;
using namespace presproof::diag;

namespace {

std::string at(const SourceSpan& span) {
  return std::to_string(span.line) + ":" + std::to_string(span.column) + "+" + std::to_string(span.length);
}

std::string at(const Sources& sources, std::size_t offset, std::size_t length = 0) {
  return at(sources.span_at(0, offset, length));
}

/// The definition, spelt out: one step per code point.
SourceSpan plain_span(std::string_view text, std::size_t offset, std::size_t length) {
  SourceSpan span{0, 1, 1, 0};
  std::size_t i = 0;
  for (; i < offset; i += decode_utf8(text, i).length) {
    const bool crlf = text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
    if ((text[i] == '\n' || text[i] == '\r') && !crlf) {
      ++span.line;
      span.column = 1;
    } else {
      ++span.column;
    }
  }
  for (; i < offset + length; i += decode_utf8(text, i).length) ++span.length;
  return span;
}

}  // namespace

TEST_CASE("lines end with LF, CR LF and CR") {
  Sources sources;
  sources.add("x", "ab\ncd\r\nef\rg");
  CHECK(sources.line(0, 1) == "ab");
  CHECK(sources.line(0, 2) == "cd");
  CHECK(sources.line(0, 3) == "ef");
  CHECK(sources.line(0, 4) == "g");
  CHECK(sources.line(0, 5) == "");
  CHECK(sources.line(0, 0) == "");
  CHECK(at(sources, 0) == "1:1+0");
  CHECK(at(sources, 2) == "1:3+0");
  CHECK(at(sources, 3, 2) == "2:1+2");
  CHECK(at(sources, 6) == "2:4+0");
  CHECK(at(sources, 7) == "3:1+0");
  CHECK(at(sources, 10, 1) == "4:1+1");
  CHECK(at(sources, 11) == "4:2+0");
}

TEST_CASE("an empty text has one empty line") {
  Sources sources;
  sources.add("x", "");
  CHECK(sources.line(0, 1) == "");
  CHECK(at(sources, 0) == "1:1+0");
  CHECK(at(sources, 99, 99) == "1:1+0");
}

TEST_CASE("columns and lengths count code points and invalid bytes") {
  Sources sources;
  sources.add("x", "\xC3\xA4\xF0\x9F\x98\x80x\n\xFFy");
  CHECK(at(sources, 0, 2) == "1:1+1");
  CHECK(at(sources, 2, 5) == "1:2+2");
  CHECK(at(sources, 6) == "1:3+0");
  CHECK(at(sources, 8, 2) == "2:1+2");
  CHECK(at(sources, 9) == "2:2+0");
}

TEST_CASE("every position of long mixed texts is that of a plain count") {
  std::mt19937 random(7);
  for (int round = 0; round < 20; ++round) {
    std::string text;
    while (text.size() < 3000) {
      static constexpr std::string_view kPieces[] = {"abc",
                                                     "\n",
                                                     "\r\n",
                                                     "\r",
                                                     "\xC3\xA4",
                                                     "\xE4\xBA\xBA",
                                                     "\xF0\x9F\x98\x80",
                                                     "\xFF",
                                                     "\xE4\xBA",
                                                     "some more plain text"};
      // Few line ends in the even rounds, so that lines are longer than the distance of the marks.
      const std::size_t piece = random() % std::size(kPieces);
      if (round % 2 == 0 && piece >= 1 && piece <= 3 && random() % 100 != 0) continue;
      text += kPieces[piece];
    }
    Sources sources;
    sources.add("x", text);
    SpanCursor cursor(sources, 0);
    for (std::size_t offset = 0; offset < text.size();) {
      const std::size_t next = offset + decode_utf8(text, offset).length;
      const std::string expected = at(plain_span(text, offset, next - offset));
      REQUIRE(at(sources, offset, next - offset) == expected);
      if (random() % 3 == 0) REQUIRE(at(cursor.at(offset, next - offset)) == expected);
      offset = next;
    }
  }
}

TEST_CASE("files keep their numbers, names and texts") {
  Sources sources;
  const auto a = sources.add("a.xml", "A");
  const std::string_view text = sources.text(a);
  for (int i = 0; i < 100; ++i) sources.add("more", "text");
  CHECK(sources.size() == 101);
  CHECK(sources.name(a) == "a.xml");
  CHECK(sources.text(a).data() == text.data());
  CHECK(sources.span_at(5, 0, 0).file == 5);
  CHECK_THROWS_AS(sources.name(101), std::out_of_range);
}

TEST_CASE("a span's offset is where it was made, in long lines and behind characters of several bytes, too") {
  Sources sources;
  std::string text = "<a>\n";
  for (int i = 0; i < 300; ++i) text += i % 2 == 0 ? "\xC3\xA4" : "xy";
  sources.add("wide", text + "\r\nend");
  sources.add("ascii", std::string(1000, 'x') + "\ny");
  for (const std::size_t offset : {0U, 2U, 4U, 6U, 7U, 200U, 302U, 604U, 606U, 608U}) CHECK(sources.offset_of(sources.span_at(0, offset, 1)) == offset);
  for (const std::size_t offset : {0U, 999U, 1000U, 1001U}) CHECK(sources.offset_of(sources.span_at(1, offset, 1)) == offset);
}

TEST_CASE("a replaced text has its own lines and remembers the encoding") {
  Sources sources;
  sources.add("x", "\xC3\xA4\n");
  CHECK(sources.encoding(0) == "UTF-8");
  sources.replace_text(0, "a\nb", "UTF-16LE");
  CHECK(sources.text(0) == "a\nb");
  CHECK(sources.line(0, 2) == "b");
  CHECK(sources.encoding(0) == "UTF-16LE");
  CHECK(at(sources, 2) == "2:1+0");
}
