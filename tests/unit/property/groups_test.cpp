#include <catch2/catch.hpp>

#include <chrono>

#include "unit/property/parsing.h"

namespace presproof::property {
namespace {

using testing::Parsing;
using testing::problem_of;
using testing::property_of;

std::vector<std::string> texts(const std::vector<uri::Uri>& uris) {
  std::vector<std::string> result;
  for (const auto& uri : uris) result.push_back(uri.text);
  return result;
}

std::vector<std::string> members_of(const Group& group) { return texts(std::get<Members>(group.base).uris); }

std::shared_ptr<const Group> group_of(const std::string& group) {
  return property_of("for " + group + " never mood").group;
}

/// Of `for GROUP never mood`, whose group begins in column 5.
std::string group_problem(const std::string& group) {
  const auto problems = Parsing().problems({}, {"for " + group + " never mood"});
  return problems.empty() ? std::string() : problems.front();
}

TEST_CASE("a set holds bare and quoted URIs") {
  const auto group = group_of("{ sip:bob@example.com;user=phone, tel:+12125551234,\"sip:a,b@example.com\" }");
  CHECK(members_of(*group) ==
        std::vector<std::string>{"sip:bob@example.com;user=phone", "tel:+12125551234", "sip:a,b@example.com"});
  CHECK(group->name.empty());
  CHECK(group->minus.empty());
  CHECK(members_of(*group_of("{}")).empty());
  CHECK(members_of(*group_of("{sip:a@b}")) == std::vector<std::string>{"sip:a@b"});
}

TEST_CASE("comments stand in a set, and # belongs to a URI only inside of it") {
  CHECK(members_of(*group_of("{ # friends, all of them }\n  sip:a@b, # a\n  http://x/#y }")) ==
        std::vector<std::string>{"sip:a@b", "http://x/#y"});
}

TEST_CASE("what stands in a set must be a URI") {
  CHECK(group_problem("{ bob@example.com }") ==
        "1:7+15: `bob@example.com` is not a URI [did you mean `sip:bob@example.com`?]");
  CHECK(group_problem("{ bob }") ==
        "1:7+3: `bob` is not a URI [a set holds URIs; the name of a group or a person stands outside of the braces]");
  CHECK(group_problem("{ sip:a@b, }") == "1:16+1: expected a URI, found `}` [the set begins in line 1]");
  CHECK(group_problem("{ sip:a@b sip:c@d }") ==
        "1:15+7: expected `,` or `}`, found `sip:c@d` [the set begins in line 1]");
  CHECK(group_problem("{ , }") == "1:7+1: expected a URI or `}`, found `,` [the set begins in line 1]");
  CHECK(problem_of("group a = { sip:a@b,\n  sip:c@d") ==
        "2:10+0: expected `,` or `}`, found the end of the text [the set begins in line 1]");
}

TEST_CASE("a domain may have exceptions") {
  const auto group = group_of("domain Example.COM except { sip:boss@example.com }");
  const auto& members = std::get<DomainMembers>(group->base);
  CHECK(members.domain.text == "Example.COM");
  CHECK(members.domain.ascii == "example.com");
  CHECK(members.domain.span.column == 26);
  CHECK(texts(members.except) == std::vector<std::string>{"sip:boss@example.com"});
  CHECK(std::get<DomainMembers>(group_of("domain b\xC3\xBC"
                                         "cher.example")
                                    ->base)
            .domain.ascii == "xn--bcher-kva.example");
}

TEST_CASE("a domain is a host name alone") {
  const std::string hint = " [write the host part alone, such as `example.com`]";
  CHECK(group_problem("domain sip:bob@example.com") == "1:12+19: `sip:bob@example.com` is not a domain" + hint);
  CHECK(group_problem("domain *.example.com") ==
        "1:12+13: `*.example.com` is not a domain [`domain` means exactly this one; name each subdomain by itself]");
  CHECK(group_problem("domain {}") == "1:12+1: expected a domain such as `example.com`, found `{`");
  CHECK(group_problem("domain \"\"") == "1:12+2: `\"\"` is not a domain" + hint);
}

TEST_CASE("everyone and minus") {
  const auto group = group_of("everyone minus { sip:a@b } minus domain example.com");
  REQUIRE(std::holds_alternative<std::shared_ptr<const Group>>(group->base));
  CHECK(std::holds_alternative<Everyone>(std::get<std::shared_ptr<const Group>>(group->base)->base));
  REQUIRE(group->minus.size() == 2);
  CHECK(members_of(*group->minus[0]) == std::vector<std::string>{"sip:a@b"});
  CHECK(std::holds_alternative<DomainMembers>(group->minus[1]->base));
  CHECK(std::holds_alternative<Everyone>(group_of("everyone")->base));
}

TEST_CASE("parentheses change what is taken away") {
  const auto group = group_of("everyone minus ({ sip:a@b, sip:c@d } minus { sip:c@d })");
  REQUIRE(group->minus.size() == 1);
  REQUIRE(group->minus[0]->minus.size() == 1);
  CHECK(members_of(*group->minus[0]->minus[0]) == std::vector<std::string>{"sip:c@d"});
}

TEST_CASE("a name stands for its group and keeps its name") {
  Parsing parsing;
  const auto properties =
      parsing
          .file(
              "group friends = { sip:a@b }\ngroup all = friends\ngroup strangers = everyone minus friends\n"
              "property \"p\": for friends never mood\nproperty \"q\": for all never mood\n"
              "property \"r\": for strangers never mood\n")
          .properties;
  REQUIRE(properties.size() == 3);
  CHECK(properties[0].group->name == "friends");
  CHECK(members_of(*properties[0].group) == std::vector<std::string>{"sip:a@b"});
  CHECK(properties[1].group->name == "all");
  CHECK(members_of(*properties[1].group) == std::vector<std::string>{"sip:a@b"});
  CHECK(properties[2].group->name == "strangers");
  REQUIRE(properties[2].group->minus.size() == 1);
  CHECK(properties[2].group->minus[0] == properties[0].group);
}

TEST_CASE("a person is a group, with or without the word person") {
  Parsing parsing;
  const auto properties = parsing.file(
      "person bob = { sip:bob@example.com, tel:+1 }\nproperty \"p\": for bob never mood\n"
      "property \"q\": for person bob never mood\nproperty \"r\": for everyone minus bob never mood\n");
  REQUIRE(properties.persons.size() == 1);
  CHECK(properties.persons[0].name == "bob");
  CHECK(texts(properties.persons[0].identities) == std::vector<std::string>{"sip:bob@example.com", "tel:+1"});
  CHECK(properties.persons[0].span.line == 1);
  CHECK(properties.persons[0].span.column == 8);
  for (const std::size_t i : {0U, 1U}) {
    const auto& group = *properties.properties[i].group;
    CHECK(std::get<PersonMembers>(group.base).person == properties.persons[0]);
    CHECK(group.name == "bob");
  }
  CHECK(std::holds_alternative<PersonMembers>(properties.properties[2].group->minus.at(0)->base));
}

TEST_CASE("persons and groups share their names") {
  CHECK(problem_of("group bob = {}\nperson bob = { sip:a@b }") ==
        "2:8+3: `bob` is defined already, in line 1 [a name means one thing; choose another name]");
  CHECK(problem_of("group bob = {}\nproperty \"p\": for person bob never mood") ==
        "2:26+3: `bob` is a group, not a person [write `bob` without `person`]");
  CHECK(group_problem("person bob") == "1:12+3: no person is called `bob` [a person is defined before it is used]");
  CHECK(group_problem("person {}") == "1:12+1: expected the name of a person, found `{`");
  CHECK(problem_of("person bob = {}") == "1:14+1: the person `bob` has no identity [a person is at least one URI]");
}

TEST_CASE("a group is defined before it is used") {
  CHECK(problem_of("group friends = {}\nproperty \"p\": for freinds never mood") ==
        "2:19+7: no group or person is called `freinds` [did you mean `friends`?]");
  CHECK(problem_of("property \"p\": for friends never mood\ngroup friends = {}") ==
        "1:19+7: no group or person is called `friends` [a group or person is defined before it is used]");
  CHECK(problem_of("group a = a") ==
        "1:11+1: no group or person is called `a` [a group or person is defined before it is used]");
  CHECK(
      group_problem("sip:bob@example.com") ==
      "1:5+19: no group or person is called `sip:bob@example.com` [write a URI in braces: `{ sip:bob@example.com }`]");
  CHECK(group_problem("evryone") == "1:5+7: no group or person is called `evryone` [did you mean `everyone`?]");
  CHECK(group_problem("\"friends\"") ==
        "1:5+9: expected a group, found `\"friends\"` [a group is a name, `{ URI, ... }`, `list \"FILE\"`, `domain D`, "
        "`everyone` or `person NAME`]");
}

TEST_CASE("a broken group is reported once, not where it is used") {
  Parsing parsing;
  CHECK(parsing
            .problems("group a = { bob }\ngroup b = (\ngroup c = nobody\ngroup d = a minus b minus c\nproperty \"p\": "
                      "for d never mood")
            .size() == 3);
}

TEST_CASE("minus is offered where a group could go on") {
  CHECK(problem_of("group a = everyone minsu {}") ==
        "1:20+5: expected `minus` or the next statement, found `minsu` [did you mean `minus`?]");
  CHECK(group_problem("everyone minus") ==
        "1:20+5: expected a group, found `never` [a group is a name, `{ URI, ... }`, `list \"FILE\"`, `domain D`, "
        "`everyone` or `person NAME`]");
}

TEST_CASE("names are words, and not those of the language") {
  CHECK(problem_of("group m\xC3\xBCller-2.b_c = {}").empty());
  CHECK(problem_of("group 2 = {}") ==
        "1:7+1: expected the name of the group, found `2` [a name begins with a letter and has letters, digits, `-`, "
        "`_` and `.`]");
  CHECK(problem_of("group a+b = {}") ==
        "1:7+3: expected the name of the group, found `a+b` [a name begins with a letter and has letters, digits, `-`, "
        "`_` and `.`]");
  CHECK(problem_of("group \"a\" = {}") ==
        "1:7+3: expected the name of the group, found `\"a\"` [a name is written without quotes]");
  CHECK(problem_of("person everyone = {}") ==
        "1:8+8: expected the name of the person, found `everyone` [words of the language cannot be names]");
  CHECK(problem_of("region circle = {}") ==
        "1:8+6: expected the name of the region, found `circle` [words of the language cannot be names]");
  CHECK(problem_of("group a {}") == "1:9+1: expected `=`, found `{`");
}

TEST_CASE("groups of groups have a depth and a size") {
  std::string chain = "group g0 = everyone\n";
  const auto extended = [&](int levels) {
    std::string text = chain;
    for (int i = 1; i <= levels; ++i)
      text += "group g" + std::to_string(i) + " = g" + std::to_string(i - 1) + " minus {}\n";
    return text;
  };
  CHECK(problem_of(extended(63)).empty());
  CHECK(problem_of(extended(64)) == "65:13+3: groups are nested deeper than 64 levels");
  std::string doubling = chain;
  for (int i = 1; i <= 20; ++i) {
    const std::string before = "g" + std::to_string(i - 1);
    doubling += "group g" + std::to_string(i) + " = " + before + " minus " + before + "\n";
  }
  CHECK(problem_of(doubling) == "14:13+3: the group is made of more than 10000 groups");
  CHECK(group_problem(std::string(64, '(') + "everyone" + std::string(64, ')')).empty());
  CHECK(group_problem(std::string(65, '(') + "everyone" + std::string(65, ')')) ==
        "1:70+8: nested deeper than 64 levels [split it, or give its parts names with `group`]");
}

TEST_CASE("a group of 10,000 members parses in well under a second") {
  std::string text = "group many = {\n";
  for (int i = 0; i < 10'000; ++i)
    text += "  sip:member" + std::to_string(i) + "@example.com" + (i == 9'999 ? "\n" : ",\n");
  text += "}\nproperty \"p\": for many never location finer than 5 km\n";
  Parsing parsing;
  const auto start = std::chrono::steady_clock::now();
  const auto properties = parsing.file(text).properties;
  const auto took = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
  REQUIRE(properties.size() == 1);
  CHECK(members_of(*properties[0].group).size() == 10'000);
  INFO("milliseconds: " << took);
  CHECK(took < 1000);  // about 25 on an idle machine; a busy one must not fail the test
}

}  // namespace
}  // namespace presproof::property
