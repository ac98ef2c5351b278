#include "property/resource_lists.h"

#include <catch2/catch.hpp>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <fmt/format.h>

namespace presproof::property {
namespace {

struct Result {
  std::vector<std::string> members;
  std::vector<std::string> problems;  ///< `line:column: message`
};

Result read(const std::string& text) {
  diag::Sources sources;
  std::vector<diag::Problem> problems;
  Result result;
  for (const auto& uri : read_resource_lists(sources, sources.add("list.xml", text), {}, problems))
    result.members.push_back(uri.text);
  for (const auto& problem : problems)
    result.problems.push_back(fmt::format("{}:{}: {}", problem.span.line, problem.span.column, problem.message));
  return result;
}

Result read_lists(const std::string& lists) {
  return read("<resource-lists xmlns=\"urn:ietf:params:xml:ns:resource-lists\" xmlns:x=\"urn:x\">\n" + lists +
              "\n</resource-lists>");
}

std::string reference(const std::string& document, const std::string& selector) {
  return "<entry-ref ref=\"" + document + "/~~/" + selector + "\"/>";
}

TEST_CASE("all lists of a document count, nested ones too") {
  const auto result = read_lists(
      "<list name=\"a\"><display-name>A</display-name><entry uri=\" sip:1@x \"><display-name>One</display-name></entry>"
      "<list><entry uri=\"sip:2@x\"/><list><entry uri=\"sip:3@x\"/></list></list><entry uri=\"tel:+4\"/></list>"
      "<list/><list><entry uri=\"sip:5@x\"/><x:more/></list>");
  CHECK(result.problems.empty());
  CHECK(result.members == std::vector<std::string>{"sip:1@x", "tel:+4", "sip:2@x", "sip:3@x", "sip:5@x"});
}

TEST_CASE("an entry-ref stands for the entry that it selects") {
  const std::string document = "resource-lists/users/sip:bill@example.com/index";
  const auto result = read_lists(
      "<list name=\"a b\"><entry uri=\"sip:1@x\"/><entry uri=\"sip:2@x\"/></list>\n<list>" +
      reference(document, "resource-lists/list%5b@name=%22a%20b%22%5d/entry%5b@uri=%22sip:2@x%22%5d") +
      reference(document, "resource-lists/list[1]/entry[1]") + reference(document, "*/list[1]/*[2]") + "</list>");
  CHECK(result.problems.empty());
  CHECK(result.members == std::vector<std::string>{"sip:1@x", "sip:2@x", "sip:2@x", "sip:1@x", "sip:2@x"});
}

TEST_CASE("a reference that does not lead to one entry of the file is a problem") {
  const std::string lists =
      "<list name=\"a\"><entry uri=\"sip:1@x\"/><entry uri=\"sip:2@x\"/><entry uri=\"sip:2@x\"/></list><list "
      "name=\"b\">\n";
  for (const std::string selector :
       {"resource-lists/list[@name='a']/entry[@uri='sip:3@x']", "resource-lists/list[@name='a']/entry[4]",
        "resource-lists/list[@name='a']", "resource-lists/list[@name='a']/entry", "resource-lists/list/entry[1]",
        "resource-lists", "list[1]/entry[1]", "resource-lists/list[@name='a']/entry[@uri='sip:2@x']",
        "resource-lists/list[3]/entry[1]", "resource-lists/list[1][@name='b']/entry[1]"}) {
    const auto result = read_lists(lists + reference("d", selector) + "</list>");
    CAPTURE(selector);
    REQUIRE(result.problems.size() == 1);
    CHECK(result.problems[0] ==
          fmt::format("3:12: the reference `{}` leads to no single entry of this file",
                      fmt::format("d/~~/{}", selector).substr(0, 60) + (selector.size() > 55 ? "..." : "")));
  }
  CHECK(read_lists("<list><entry-ref ref=\"ref_uri\"/></list>").problems ==
        std::vector<std::string>{"2:18: the reference `ref_uri` leads to no single entry of this file"});
  CHECK(read_lists("<list><entry-ref/></list>").problems ==
        std::vector<std::string>{"2:7: an `entry-ref` of a resource list has no `ref`"});
}

TEST_CASE("references to two documents cannot both mean this file") {
  const auto result = read_lists("<list><entry uri=\"sip:1@x\"/>" + reference("a", "resource-lists/list[1]/entry[1]") +
                                 "\n" + reference("b", "resource-lists/list[1]/entry[1]") + "</list>");
  CHECK(result.problems == std::vector<std::string>{"3:12: the references name two documents, `/a` and `/b`"});
}

TEST_CASE("members that are kept elsewhere are a problem, never left out") {
  CHECK(read_lists("<list><external anchor=\"http://xcap.example.com/x\"/></list>").problems ==
        std::vector<std::string>{"2:7: the list `http://xcap.example.com/x` is kept elsewhere"});
  CHECK(read_lists("<list><external/></list>").problems.size() == 1);
}

TEST_CASE("content that RFC 4826 does not allow is a problem") {
  CHECK(read_lists("<list><entry/></list>").problems ==
        std::vector<std::string>{"2:7: an `entry` of a resource list has no `uri`"});
  CHECK(read_lists("<list><entry uri=\" \"/></list>").problems ==
        std::vector<std::string>{"2:7: an `entry` of a resource list has no `uri`"});
  CHECK(read_lists("<list><entrys/></list>").problems ==
        std::vector<std::string>{"2:7: unexpected element `entrys` in a resource list"});
  CHECK(read_lists("<entry uri=\"sip:1@x\"/>").problems ==
        std::vector<std::string>{"2:1: unexpected element `entry` in a resource list"});
  CHECK(read_lists("<list><entry xmlns=\"\" uri=\"sip:1@x\"/></list>").problems ==
        std::vector<std::string>{"2:7: unexpected element `entry` in a resource list"});
  CHECK(read_lists("<list>sip:1@x</list>").problems ==
        std::vector<std::string>{"2:1: the text `sip:1@x` stands between the elements of a resource list"});
}

TEST_CASE("another root element is a problem") {
  CHECK(read("<list/>").problems ==
        std::vector<std::string>{"1:1: the root element `list` is not `resource-lists` of RFC 4826"});
  CHECK(read("<resource-lists/>").problems ==
        std::vector<std::string>{"1:1: the root element `resource-lists` is not `resource-lists` of RFC 4826"});
}

TEST_CASE("a document that is not well-formed is a problem with its place") {
  const auto result = read("<resource-lists xmlns=\"urn:ietf:params:xml:ns:resource-lists\">\n<list></resource-lists>");
  CHECK(result.members.empty());
  REQUIRE_FALSE(result.problems.empty());
  CHECK(result.problems[0].starts_with("2:"));
}

TEST_CASE("a list that is nested 200 deep is read") {
  std::string lists;
  for (int i = 0; i < 200; ++i) lists += "<list>";
  lists += "<entry uri=\"sip:deep@x\"/>";
  for (int i = 0; i < 200; ++i) lists += "</list>";
  CHECK(read_lists(lists).members == std::vector<std::string>{"sip:deep@x"});
}

TEST_CASE("10,000 references into a list of 10,000 do not take their product") {
  std::string lists = "<list name=\"a\">";
  for (int i = 0; i < 10'000; ++i) lists += "<entry uri=\"sip:" + std::to_string(i) + "@x\"/>";
  lists += "</list><list>";
  for (int i = 0; i < 10'000; ++i)
    lists += reference("d", "resource-lists/list[1]/entry[@uri='sip:" + std::to_string(i) + "@x']");
  const auto start = std::chrono::steady_clock::now();
  const auto result = read_lists(lists + "</list>");
  CHECK(result.problems.empty());
  CHECK(result.members.size() == 20'000);
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(5));
}

}  // namespace
}  // namespace presproof::property
