#include <catch2/catch.hpp>

#include "text/element_text.h"
#include "text/line_diff.h"

namespace presproof::text {

TEST_CASE("an element's end is found behind comments, CDATA and quoted brackets") {
  const std::string text = "<a x='>'><!-- </a> --><b y=\"/>\"/><![CDATA[</a>]]><c><a/></c></a><d/>";
  const auto element = element_at(text, 0);
  CHECK(text.substr(element.end) == "<d/>");
  const auto children = children_of(text, element);
  REQUIRE(children.size() == 2);
  CHECK(children[0].name == "b");
  CHECK(children[0].self_closing());
  CHECK(children[1].name == "c");
  const auto value = attribute_value(text, children[0], "y");
  REQUIRE(value);
  CHECK(text.substr(value->begin, value->end - value->begin) == "/>");
  CHECK_FALSE(attribute_value(text, children[0], "x"));
}

TEST_CASE("an element that is alone on its line goes with the line, another one alone") {
  const std::string text = "<a>\n  <b/>\n  <c/><d/>\n</a>";
  TextChanges changes(text);
  const auto children = children_of(text, element_at(text, 0));
  changes.remove(children[0]);
  changes.remove(children[2]);
  CHECK(changes.applied() == "<a>\n  <c/>\n</a>");
}

TEST_CASE("a child is put on a line of its own where the others are") {
  const std::string lines = "<a>\r\n\t<b/>\r\n</a>";
  TextChanges own(lines);
  own.append_child(element_at(lines, 0), "<c/>");
  CHECK(own.applied() == "<a>\r\n\t<b/>\r\n\t<c/>\r\n</a>");
  const std::string closed = "<a x='1' />";
  TextChanges opened(closed);
  opened.append_child(element_at(closed, 0), "<c/>");
  CHECK(opened.applied() == "<a x='1'><c/></a>");
}

TEST_CASE("a unified diff has the changed lines with three lines around them") {
  std::string before;
  for (int i = 1; i <= 20; ++i) before += std::to_string(i) + "\n";
  std::string after = before;
  after.replace(after.find("10\n"), 3, "ten\nmore\n");
  CHECK(unified_diff("f", before, after) == "--- f\n+++ f\n@@ -7,7 +7,8 @@\n 7\n 8\n 9\n-10\n+ten\n+more\n 11\n 12\n 13\n");
  after.replace(after.find("2\n"), 2, "");
  CHECK(unified_diff("f", before, after) ==
        "--- f\n+++ f\n@@ -1,5 +1,4 @@\n 1\n-2\n 3\n 4\n 5\n@@ -7,7 +6,8 @@\n 7\n 8\n 9\n-10\n+ten\n+more\n 11\n 12\n 13\n");
  CHECK(unified_diff("f", before, before).empty());
  CHECK(unified_diff("f", "a", "b") == "--- f\n+++ f\n@@ -1,1 +1,1 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file\n");
}

TEST_CASE("the attributes of a start tag are found with their names and values, declarations too") {
  const std::string text = "<x><a xmlns = 'urn:a'\n p:b=\">'\" c=''/></x>";
  const auto attributes = attributes_at(text, 3);
  REQUIRE(attributes.size() == 3);
  CHECK(attributes[0].name == "xmlns");
  CHECK(text.substr(attributes[0].begin, 7) == "xmlns =");
  CHECK(text.substr(attributes[0].value.begin, attributes[0].value.end - attributes[0].value.begin) == "urn:a");
  CHECK(attributes[1].name == "p:b");
  CHECK(text.substr(attributes[1].value.begin, attributes[1].value.end - attributes[1].value.begin) == ">'");
  CHECK(attributes[2].value.begin == attributes[2].value.end);
  CHECK(attributes_at(text, 0).empty());
}

TEST_CASE("a diff of very many lines is made in bounded memory, and is still one of the two texts") {
  std::string before;
  std::string after;
  for (int i = 0; i < 20000; ++i) {
    before += "line " + std::to_string(i) + "\n";
    after += (i % 3 == 0 ? "other " : "line ") + std::to_string(i) + "\n";
  }
  std::string old_lines;
  std::string new_lines;
  std::string rest = unified_diff("x", before, after);
  REQUIRE(rest.starts_with("--- x\n+++ x\n@@ -1,"));
  for (rest.erase(0, 12); !rest.empty(); rest.erase(0, rest.find('\n') + 1)) {
    const std::string line = rest.substr(1, rest.find('\n'));
    if (rest[0] == '@') continue;
    if (rest[0] != '+') old_lines += line;
    if (rest[0] != '-') new_lines += line;
    if (old_lines.size() > 20000) break;
  }
  CHECK(before.starts_with(old_lines));
  CHECK(after.starts_with(new_lines));
}

}  // namespace presproof::text
