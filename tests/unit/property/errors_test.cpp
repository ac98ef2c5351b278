#include <catch2/catch.hpp>

#include "diag/error.h"
#include "unit/property/parsing.h"

namespace presproof::property {
namespace {

using testing::Parsing;
using testing::problem_of;

TEST_CASE("a misspelt quantifier is met with the nearest word") {
  CHECK(problem_of("group friends = {}\nproperty \"p\":\n  for friends nevr mood") ==
        "3:15+4: expected `never`, `always` or `sometimes`, found `nevr` [did you mean `never`?]");
  CHECK(problem_of("property \"p\": for everyone whn authenticated never mood") ==
        "1:28+3: expected `never`, `always` or `sometimes`, found `whn` [did you mean `when`?]");
  CHECK(problem_of("property \"p\": for everyone") ==
        "1:27+0: expected `never`, `always` or `sometimes`, found the end of the text");
}

TEST_CASE("every statement is read even when those before it are broken") {
  const std::string text =
      "group = { sip:a@b }\n"
      "person bob = sip:bob@b\n"
      "region home = circle\n"
      "  91 0 radius 5 m\n"
      "property \"a\"\n"
      "  for everyone never mood\n"
      "property \"b\": for everyone never\n"
      "property \"c\": for everyone mood\n"
      "group g = { sip:x@y\n"
      "property \"d\": for g always anythin\n"
      "civic resolution { full 1 km }\n";
  CHECK(Parsing().problems(text) ==
        std::vector<std::string>{
            "1:7+1: expected the name of the group, found `=` [a name begins with a letter and has letters, digits, "
            "`-`, `_` and `.`]",
            "2:14+9: expected `{`, found `sip:bob@b`",
            "4:3+2: a latitude is from -90 to 90 degrees, found `91` [the latitude comes first, then the longitude]",
            "6:3+3: expected `:`, found `for`",
            "8:1+8: expected a claim, found `property` [claims are `location`, `handling`, `services`, `activities` "
            "and others; presproof-props(5) lists them]",
            "8:28+4: expected `never`, `always` or `sometimes`, found `mood`",
            "10:1+8: expected `,` or `}`, found `property` [the set begins in line 9]",
            "10:28+7: expected a claim, found `anythin` [did you mean `anything`?]",
            "11:20+4: `full` (1000 m) is coarser than `building` (50 m) [each level shows more than the one before, so "
            "its resolution is the same or "
            "finer; levels left out keep their default]"});
}

TEST_CASE("an unknown statement names the statements") {
  const std::string expected =
      "expected a statement: `group`, `person`, `region`, `civic resolution` or `property`, found ";
  CHECK(problem_of("grop a = {}") == "1:1+4: " + expected + "`grop` [did you mean `group`?]");
  CHECK(problem_of("for everyone never mood") ==
        "1:1+3: " + expected + "`for` [name the property: `property \"NAME\": for ...`]");
  CHECK(problem_of("\"x\"") == "1:1+3: " + expected + "`\"x\"`");
  CHECK(problem_of("}") == "1:1+1: " + expected + "`}`");
}

TEST_CASE("a property has a name in quotes and a colon") {
  CHECK(problem_of("property p: for everyone never mood") ==
        "1:10+1: expected the name of the property in quotes, found `p` [write it in quotes: `\"p\"`]");
  CHECK(problem_of("property \"\": for everyone never mood") == "1:10+2: the name of a property is empty");
  CHECK(problem_of("property \"p\":for everyone never mood").empty());
  CHECK(problem_of("property \"p\": friends never mood") == "1:15+7: expected `for`, found `friends`");
}

TEST_CASE("a string without its end is a problem at its beginning") {
  CHECK(problem_of("property \"p: for everyone never mood\ngroup a = b") ==
        "1:10+1: a string has no end [a string ends with `\"` on the line where it begins]");
  CHECK(problem_of("property \"p\": for everyone never rule \"a\\n\"") ==
        "1:41+1: unknown escape in a string [write `\\\"` for a quote and `\\\\` for a backslash]");
  CHECK(problem_of("\"a\\").starts_with("1:3+1: unknown escape"));
}

TEST_CASE("columns count code points") {
  CHECK(problem_of("property \"\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80\": for everyone nevr mood") ==
        "1:30+4: expected `never`, `always` or `sometimes`, found `nevr` [did you mean `never`?]");
}

TEST_CASE("what a message quotes is cut to 60 characters") {
  const std::string longest(60, 'x');
  CHECK(problem_of(longest) ==
        "1:1+60: expected a statement: `group`, `person`, `region`, `civic resolution` or `property`, found `" +
            longest + "`");
  std::string umlauts;
  std::string cut;
  for (int i = 0; i < 61; ++i) umlauts += "\xC3\xA4";
  for (int i = 0; i < 60; ++i) cut += "\xC3\xA4";
  CHECK(problem_of(umlauts) ==
        "1:1+61: expected a statement: `group`, `person`, `region`, `civic resolution` or `property`, found `" + cut +
            "...`");
}

TEST_CASE("text that is not UTF-8, and control characters, are problems") {
  CHECK(problem_of("group a = {}\n# \xFF") == "2:3+1: invalid UTF-8 [properties are text in UTF-8]");
  CHECK(problem_of(std::string("group \0a = {}", 13)) ==
        "1:7+1: control character U+0000 [properties are text in UTF-8]");
  CHECK(problem_of("group a = {} # \x1B[31m") == "1:16+1: control character U+001B [properties are text in UTF-8]");
  CHECK(problem_of("# \xC2\x9B") == "1:3+1: control character U+009B [properties are text in UTF-8]");
  CHECK(problem_of("# tab\tand \xC2\xA0 are text").empty());
}

TEST_CASE("a text over the limit is not read") {
  diag::Sources sources;
  const auto file = sources.add("big.props", "property \"p\": for everyone never mood");
  xml::Limits limits;
  limits.bytes = 36;
  const FileLoader none;
  try {
    static_cast<void>(parse(sources, {file}, {}, none, limits));
    FAIL("read a text over the limit");
  } catch (const diag::InputError& error) {
    REQUIRE(error.problems().size() == 1);
    CHECK(error.problems()[0].message == "the text is larger than 36 bytes");
    CHECK(error.problems()[0].hint == "raise the limit with `--max-bytes`");
  }
  limits.bytes = 37;
  CHECK(parse(sources, {file}, {}, none, limits).properties.size() == 1);
}

TEST_CASE("at most 100 problems are kept") {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "region r" + std::to_string(i) + " = circle 91 0 radius 1 m\n";
  CHECK(Parsing().problems(text).size() == 100);
}

TEST_CASE("every prefix of a file either parses or is refused") {
  const std::string text =
      "group a = domain example.com except { sip:b@c, \"tel:+1\" } minus (everyone minus list \"x\")\nperson p = { "
      "sip:p@q }\n"
      "region r = civic { country \"DE\" } civic resolution { city 1 km }\n"
      "property \"p\": for person p when not (sphere is not \"x\" or inside r) during 2026-01-01T00:00:00Z .. "
      "2026-01-02T00:00:00Z\n"
      "  never effective location finer than 5 km over time or attribute \"a\" \"b\" and handling at least allow\n";
  for (std::size_t length = 0; length <= text.size(); ++length) {
    Parsing parsing;
    parsing.lists["x"] = "<no/>";
    CHECK_NOTHROW(static_cast<void>(parsing.problems(text.substr(0, length))));
  }
}

}  // namespace
}  // namespace presproof::property
