#include "report/snippet.h"
#include "unit/report/lint_fixture.h"

namespace presproof::report {

namespace {

std::string shown(const std::string& text, SourceSpan span) {
  diag::Sources sources;
  sources.add("a.xml", text);
  return snippet(sources, span, {});
}

/// What stands above the marks: the caret and tildes of the second line tell which part of the first.
std::string marked(const std::string& snippet) {
  const auto end = snippet.find('\n');
  const auto source = snippet.substr(0, end);
  const auto marks = snippet.substr(end + 1);
  const auto from = marks.find('^');
  const auto until = marks.find_first_of('\n', from);
  return source.substr(from, until - from);
}

}  // namespace

TEST_CASE("a snippet is the source line with a caret under the span", "[report]") {
  CHECK(shown("one\n  two three\n", {0, 2, 7, 5}) == "    2 |   two three\n      |       ^~~~~\n");
}

TEST_CASE("a snippet of a span without length has a caret alone", "[report]") {
  CHECK(shown("abc", {0, 1, 2, 0}) == "    1 | abc\n      |  ^\n");
}

TEST_CASE("a snippet can point just behind the end of a line, and at an empty line", "[report]") {
  CHECK(shown("abc", {0, 1, 4, 1}) == "    1 | abc\n      |    ^\n");
  CHECK(shown("", {0, 1, 1, 1}) == "    1 |\n      | ^\n");
}

TEST_CASE("there is no snippet of nowhere", "[report]") {
  CHECK(shown("abc", {0, 0, 0, 0}).empty());
  CHECK(shown("abc", {7, 1, 1, 1}).empty());
}

TEST_CASE("a span over the end of its line is marked to the end", "[report]") {
  CHECK(shown("abc\ndef", {0, 1, 2, 99}) == "    1 | abc\n      |  ^~\n");
}

TEST_CASE("tabs take four columns in source and marks", "[report]") {
  CHECK(shown("\tab\tc", {0, 1, 2, 2}) == "    1 |     ab    c\n      |     ^~\n");
}

TEST_CASE("wide characters take two columns and combining ones none", "[report]") {
  CHECK(shown("\u4E2D\u6587x", {0, 1, 3, 1}) == "    1 | \u4E2D\u6587x\n      |     ^\n");
  CHECK(shown("e\u0301x", {0, 1, 3, 1}) == "    1 | e\u0301x\n      |  ^\n");
  CHECK(shown("\u4E2Dx", {0, 1, 1, 1}) == "    1 | \u4E2Dx\n      | ^~\n");
}

TEST_CASE("control characters are shown escaped, and the caret follows", "[report]") {
  CHECK(shown("\x1bx", {0, 1, 2, 1}) == "    1 | \\x1Bx\n      |     ^\n");
  CHECK(shown("\xffx", {0, 1, 2, 1}) == "    1 | \\xFFx\n      |     ^\n");
}

TEST_CASE("a long line is cut around the caret", "[report]") {
  const std::string line = std::string(500, 'a') + "<here>" + std::string(500, 'b');
  const auto text = shown(line, {0, 1, 501, 6});
  CHECK(marked(text) == "<here>");
  CHECK(text.find("...a") != std::string::npos);
  CHECK(text.find("b...\n") != std::string::npos);
  CHECK(text.find('\n') <= 120);
}

TEST_CASE("a long line is cut on one side alone when the caret is near the other", "[report]") {
  const auto start = shown("<here>" + std::string(500, 'b'), {0, 1, 1, 6});
  CHECK(marked(start) == "<here>");
  CHECK(start.starts_with("    1 | <here>b"));
  CHECK(start.find("b...\n") != std::string::npos);
  const auto end = shown(std::string(500, 'a') + "<here>", {0, 1, 501, 6});
  CHECK(marked(end) == "<here>");
  CHECK(end.starts_with("    1 | ...a"));
  CHECK(end.find("a<here>\n") != std::string::npos);
}

TEST_CASE("a line of just the width is whole, and one more column cuts it", "[report]") {
  const std::string line(104, 'a');
  CHECK(shown(line, {0, 1, 104, 1}).find("...") == std::string::npos);
  CHECK(shown(line + "a", {0, 1, 1, 1}).find("...") != std::string::npos);
}

TEST_CASE("a place is file, line and column, made printable", "[report]") {
  diag::Sources sources;
  sources.add("a\nb.xml", "text");
  CHECK(place(sources, {0, 1, 3, 1}) == "a\\x0Ab.xml:1:3");
  CHECK(place(sources, {0, 0, 0, 0}).empty());
}

}  // namespace presproof::report
