#include <catch2/catch.hpp>
#include <fstream>
#include <string>
#include <vector>

#include "unit/property/parsing.h"

namespace presproof::property {
namespace {

using testing::Parsing;
using testing::property_of;

/// The example of presproof-props(5).
const char* const kContract = R"(group friends    = { sip:bob@example.com, sip:carol@example.com }
group family     = list "family.xml"                    # RFC 4826 resource list, nested lists and entry-refs within the file
group staff      = domain example.com except { sip:boss@example.com }
group strangers  = everyone minus friends minus family  # everyone = every authenticated watcher and the unauthenticated
person bob       = { sip:bob@example.com, tel:+12125551234 }   # one watcher, several identities: holds for any subset of them
region home      = circle 52.5200 13.4050 radius 200 m
region campus    = civic { country "DE", A1 "Bavaria", A3 "Munich" }
civic resolution { country 1000 km, region 200 km, city 10 km, building 50 m, full 5 m }

property "no friend ever gets location finer than 5 km":
    for friends never location finer than 5 km
property "boss sees no activities outside work":
    for { sip:boss@example.com } when sphere is not "work" never activities
property "staff can see me in office hours of the fair":
    for staff during 2026-03-02T09:00:00+01:00 .. 2026-03-06T18:00:00+01:00 always handling allow
property "family can reach me at home at least":
    for family when inside home always handling allow and services
property "somebody can see my mood":
    for friends sometimes mood
property "the blocked cannot tell that they are":
    for { sip:mallory@example.net } response same as { sip:nobody@example.net }
property "nobody learns my sphere from what changes":
    for everyone reveals nothing about sphere
property "watching me long enough does not pin me down":
    for friends never location finer than 5 km over time
)";

Parsing with_family() {
  Parsing parsing;
  parsing.lists["family.xml"] =
      R"(<resource-lists xmlns="urn:ietf:params:xml:ns:resource-lists"><list><entry uri="sip:mum@example.com"/></list></resource-lists>)";
  return parsing;
}

TEST_CASE("the example of the manual parses, property by property") {
  Parsing parsing = with_family();
  const Properties all = parsing.file(kContract);
  REQUIRE(all.properties.size() == 8);
  CHECK(all.properties[0].name == "no friend ever gets location finer than 5 km");
  CHECK(all.properties[0].text == "for friends never location finer than 5 km");
  CHECK(all.properties[0].file == "test.props");
  CHECK(all.properties[0].span.line == 10);
  CHECK(all.properties[0].span.column == 1);
  CHECK(all.properties[0].quantifier == Quantifier::never);
  CHECK(all.properties[1].guards.size() == 1);
  CHECK(all.properties[1].text == "for { sip:boss@example.com } when sphere is not \"work\" never activities");
  CHECK(all.properties[2].during.size() == 1);
  CHECK(all.properties[2].quantifier == Quantifier::always);
  CHECK(std::get<Members>(all.properties[3].group->base).uris.at(0).text == "sip:mum@example.com");
  CHECK(all.properties[3].claim.op == Operator::and_);
  CHECK(all.properties[4].quantifier == Quantifier::sometimes);
  CHECK(std::get<Members>(std::get<SameAs>(*all.properties[5].two_run).other->base).uris.at(0).text == "sip:nobody@example.net");
  CHECK(std::get<RevealsNothingAbout>(*all.properties[6].two_run).secret == Secret::sphere);
  CHECK_FALSE(all.properties[7].two_run);
  CHECK(all.persons.size() == 1);
}

/// The examples of the manual page: the lines between .nf and .fi without markup.
std::vector<std::string> manual_examples() {
  std::ifstream page(PRESPROOF_MANUAL);
  REQUIRE(page.good());
  std::vector<std::string> examples;
  bool inside = false;
  for (std::string line; std::getline(page, line);) {
    if (line == ".nf") {
      examples.emplace_back();
      inside = true;
    } else if (line == ".fi") {
      inside = false;
    } else if (inside) {
      for (std::size_t at = line.find("\\-"); at != std::string::npos; at = line.find("\\-", at)) line.erase(at, 1);
      examples.back() += line + "\n";
    }
  }
  std::erase_if(examples, [](const std::string& example) { return example.find("\\f") != std::string::npos; });
  return examples;
}

TEST_CASE("every example of presproof-props(5) parses") {
  const std::vector<std::string> definitions = {
      "group friends = { sip:bob@example.com }\n", "group family = list \"family.xml\"\n",
      "group staff = domain example.com\n",        "group strangers = everyone\n",
      "region home = circle 1 2 radius 3 m\n",     "region office = civic { country \"DE\" }\n"};
  const auto examples = manual_examples();
  CHECK(examples.size() >= 30);
  for (const std::string& example : examples) {
    std::string text;
    for (const std::string& definition : definitions) {
      const std::string name = definition.substr(0, definition.find('='));
      if (example.find(name) == std::string::npos) text += definition;
    }
    Parsing parsing = with_family();
    CAPTURE(example);
    CHECK(parsing.problems(text + example).empty());
  }
}

TEST_CASE("the example parses with the line ends of every system") {
  for (const std::string line_end : {"\r\n", "\r"}) {
    std::string text;
    for (const char* c = kContract; *c != 0; ++c) text += *c == '\n' ? line_end : std::string(1, *c);
    Parsing parsing = with_family();
    const auto properties = parsing.file(text).properties;
    REQUIRE(properties.size() == 8);
    CHECK(properties[3].span.line == 16);
    CHECK(properties[3].text == "for family when inside home always handling allow and services");
  }
}

TEST_CASE("claims over two runs have no quantifier") {
  Parsing parsing;
  const auto all = parsing.file(
      "property \"a\":\n  for { sip:mallory@example.net } response same as { sip:nobody@example.net }\n"
      "property \"b\":\n  for everyone when authenticated response and content same as everyone\n"
      "property \"c\":\n  for everyone reveals nothing about handling\n");
  REQUIRE(all.properties.size() == 3);
  CHECK_FALSE(std::get<SameAs>(*all.properties[0].two_run).content);
  CHECK(std::get<SameAs>(*all.properties[1].two_run).content);
  CHECK(all.properties[1].guards.size() == 1);
  CHECK(all.properties[1].text == "for everyone when authenticated response and content same as everyone");
  CHECK(std::get<RevealsNothingAbout>(*all.properties[2].two_run).secret == Secret::handling);
  const auto argument = [](const std::string& text) { return Parsing().problems({}, {text}).at(0); };
  CHECK(argument("for everyone reveals nothing about sphre") ==
        "1:36+5: expected `sphere`, `location`, `time` or `handling`, found `sphre` [did you mean `sphere`?]");
  CHECK(argument("for everyone response sam as {}") ==
        "1:23+3: expected `and` or `same`, found `sam` [did you mean `same`?]");
  CHECK(argument("for everyone never response same as {}") ==
        "1:20+8: expected a claim, found `response` [`response` stands without `never`]");
}

TEST_CASE("the text of a property is its body on one line") {
  CHECK(property_of("for\t{ sip:a@b , tel:+1 }  # them\n\n  when ( sphere is \"a  b\" )\r\n never mood # end").text ==
        "for { sip:a@b , tel:+1 } when ( sphere is \"a  b\" ) never mood");
}

TEST_CASE("strings have two escapes and keep everything else") {
  CHECK(property_of(R"(for everyone never rule "a\"b\\c # { }")").claim.atom ==
        ClaimAtom(RuleMatches{"a\"b\\c # { }"}));
  CHECK(property_of("for everyone never rule \"\xC3\xA4\xE2\x82\xAC\"").claim.atom ==
        ClaimAtom(RuleMatches{"\xC3\xA4\xE2\x82\xAC"}));
}

TEST_CASE("an empty file has no properties") {
  CHECK(Parsing().file("").properties.empty());
  CHECK(Parsing().file("\n  # nothing here\n").properties.empty());
  CHECK(Parsing().file("# no line end").properties.empty());
  CHECK(Parsing().file("\xEF\xBB\xBFgroup a = {}").properties.empty());
  CHECK(Parsing().all({}, {}).properties.empty());
}

TEST_CASE("an argument is a body, named after its text") {
  Parsing parsing;
  const auto properties =
      parsing.all({}, {"for everyone\n never  mood", "property \"named\": for everyone never note"}).properties;
  REQUIRE(properties.size() == 2);
  CHECK(properties[0].name == "for everyone never mood");
  CHECK(properties[0].text == "for everyone never mood");
  CHECK(properties[0].file == "-p");
  CHECK(properties[0].span.line == 1);
  CHECK(properties[0].span.column == 1);
  CHECK(properties[1].name == "named");
  CHECK(properties[1].text == "for everyone never note");
}

TEST_CASE("arguments and later files see what the files before define") {
  Parsing parsing;
  const auto all = parsing.all({"group friends = { sip:a@b }\nregion home = circle 1 2 radius 3 m\ncivic resolution { "
                                "city 1 km, building 1 m, full 1 m }",
                                "person bob = { sip:bob@b }\nproperty \"p\": for friends minus bob never mood"},
                               {"for friends when inside home never location finer than 2 km"});
  REQUIRE(all.properties.size() == 2);
  CHECK(all.persons.size() == 1);
  CHECK(all.properties[0].file == "b.props");
  CHECK(std::get<LocationShown>(all.properties[1].claim.atom).civic_at_least == geo::CivicLevel::city);
}

TEST_CASE("a name is defined once over all files") {
  Parsing parsing;
  CHECK(parsing.problems({"group a = {}", "\ngroup a = {}"}, {"group a = {} property \"p\": for a never mood"}) ==
        std::vector<std::string>{
            "b.props:2:7+1: `a` is defined already, in line 1 of a.props [a name means one thing; choose another name]",
            "1:7+1: `a` is defined already, in line 1 of a.props [a name means one thing; choose another name]"});
}

TEST_CASE("the names of properties are unique in a file only") {
  const std::string property = "property \"p\": for everyone never mood\n";
  CHECK(Parsing().problems(property + property) ==
        std::vector<std::string>{
            "2:10+3: `\"p\"` is defined already, in line 1 [a name means one thing; choose another name]"});
  CHECK(Parsing().all({property, property}, {property}).properties.size() == 3);
}

TEST_CASE("an argument must have a property") {
  CHECK(Parsing().problems({}, {""}) ==
        std::vector<std::string>{
            "1:1+0: expected a property, found the end of the text [write `for GROUP never CLAIM`]"});
  CHECK(Parsing().problems({}, {"group a = {}"}) ==
        std::vector<std::string>{
            "1:13+0: expected a property, found the end of the text [write `for GROUP never CLAIM`]"});
  CHECK(Parsing().problems({}, {"for everyone never mood property \"p\": for everyone never note"}) ==
        std::vector<std::string>{"1:25+8: expected `and`, `or` or the end of the text, found `property`"});
}

TEST_CASE("resource lists are read beside their property file, once") {
  Parsing parsing = with_family();
  const auto all = parsing.file(
      "group a = list \"family.xml\"\ngroup b = list \"family.xml\"\nproperty \"p\": for a minus b never mood");
  CHECK(all.properties.size() == 1);
  CHECK(parsing.sources.size() == 2);
  CHECK(Parsing().problems({"group a = list \"none.xml\"\nproperty \"p\": for a never mood"}, {}) ==
        std::vector<std::string>{"1:16+10: cannot read `none.xml` beside `test.props` [check the path]"});
  CHECK(Parsing().problems({}, {"for list \"none.xml\" never mood"}) ==
        std::vector<std::string>{"1:10+10: cannot read `none.xml` beside `` [check the path]"});
  CHECK(Parsing().problems({}, {"for list none.xml never mood"}) ==
        std::vector<std::string>{"1:10+8: expected the file of a resource list in quotes, found `none.xml` [write it "
                                 "in quotes: `\"none.xml\"`]"});
}

}  // namespace
}  // namespace presproof::property
