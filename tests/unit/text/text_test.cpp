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

}  // namespace presproof::text
