#include "property/node_selector.h"

#include <catch2/catch.hpp>

namespace presproof::property {
namespace {

using Attribute = std::pair<std::string, std::string>;

TEST_CASE("the example of RFC 4826 section 3.1 is taken apart, its folding dropped") {
  const auto reference = parse_node_reference(
      "resource-lists/users/sip:bill@example.com/index/~~/\n "
      "resource-lists/list%5b@name=%22list1%22%5d/entry%5b@uri=%22sip:pet\n   ri@example.com%22%5d");
  REQUIRE(reference);
  CHECK(reference->document == "/resource-lists/users/sip:bill@example.com/index");
  CHECK(reference->steps == std::vector<SelectorStep>{{"resource-lists", {}, {}},
                                                      {"list", {}, Attribute{"name", "list1"}},
                                                      {"entry", {}, Attribute{"uri", "sip:petri@example.com"}}});
}

TEST_CASE("steps select by position, by attribute, or by both in that order") {
  const auto reference = parse_node_reference("d/~~/*/list[2]/entry[10][@uri='a/b]c']");
  REQUIRE(reference);
  CHECK(reference->steps ==
        std::vector<SelectorStep>{{"*", {}, {}}, {"list", 2, {}}, {"entry", 10, Attribute{"uri", "a/b]c"}}});
  CHECK_FALSE(parse_node_reference("d/~~/a[@b='c'][1]"));
  CHECK_FALSE(parse_node_reference("d/~~/a[1][2]"));
  CHECK_FALSE(parse_node_reference("d/~~/a[0]"));
  CHECK_FALSE(parse_node_reference("d/~~/a[-1]"));
}

TEST_CASE("percent-encoding is undone once") {
  const auto reference = parse_node_reference("d/~~/list%5B@name=%22a%2520b%2F%22%5D");
  REQUIRE(reference);
  CHECK(reference->steps.at(0).attribute == Attribute{"name", "a%20b/"});
  CHECK_FALSE(parse_node_reference("d/~~/list%5"));
  CHECK_FALSE(parse_node_reference("d/~~/list%zz"));
}

TEST_CASE("what is no reference to an element gives nothing") {
  for (const char* const text : {"", "ref_uri", "d/~~", "d/~~/", "d/~~/a//b", "d/~~/a/", "d/~~/a[", "d/~~/a[1",
                                 "d/~~/a[@b]", "d/~~/a[@b=c]", "d/~~/a[@b=\"c']", "d/~~/a/@uri",
                                 "d/~~/x:a?xmlns(x=urn:y)", "d/~~/x:a", "d/~~/a[@b='&amp;']", "d/~~/a/namespace::*"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_node_reference(text));
  }
}

}  // namespace
}  // namespace presproof::property
