#include "support.h"

using namespace presproof;
using namespace presproof::policy;
using namespace presproof::policy::test;

namespace {

std::optional<Instant> at(std::string_view text) { return parse_rfc3339(text); }

Read read_validity(std::string_view body) {
  return read_in_conditions("<validity>\n" + std::string(body) + "</validity>");
}

}  // namespace

TEST_CASE("the tokens of a sphere are apart by white space and kept as written") {
  const Read result = read_in_conditions("<sphere value=\" Work  home \"/>");
  CHECK(result.list() == Lines{});
  CHECK(result.condition<SphereCondition>().tokens == Lines{"Work", "home"});
  CHECK(result.condition<SphereCondition>().span.line == 2);
}

TEST_CASE("a sphere without a value matches nothing") {
  const Read missing = read_in_conditions(" <sphere/>");
  CHECK(missing.list() == Lines{"missing-attribute 2:2"});
  CHECK(missing.findings.at(0).fix == "add `value=\"...\"`");
  CHECK(missing.condition<SphereCondition>().tokens.empty());

  const Read blank = read_in_conditions("<sphere value=\" \"/>");
  CHECK(blank.list() == Lines{"invalid-value 2:9"});
  CHECK(blank.condition<SphereCondition>().tokens.empty());
}

TEST_CASE("a sphere holds nothing and has one attribute") {
  const Read result = read_in_conditions("<sphere valu=\"x\" value=\"work\">home<x:y/></sphere>");
  CHECK(result.list() == Lines{"unexpected-text 2:1", "unexpected-attribute 2:9", "unexpected-content 2:35"});
  CHECK(result.findings.at(1).fix == "write `value`");
  CHECK(result.condition<SphereCondition>().tokens == Lines{"work"});
}

TEST_CASE("a validity is pairs of times") {
  const Read result = read_validity(
      "<from>2026-01-01T00:00:00Z</from><until>\n 2026-02-01T00:00:00+01:00 </until>"
      "<from>2026-03-01T24:00:00Z</from><until>2026-04-01T00:00:00.5Z</until>");
  CHECK(result.list() == Lines{});
  const auto& pairs = result.condition<ValidityCondition>().pairs;
  REQUIRE(pairs.size() == 2);
  CHECK(pairs[0].from == at("2026-01-01T00:00:00Z"));
  CHECK(pairs[0].until == at("2026-01-31T23:00:00Z"));
  CHECK(pairs[1].from == at("2026-03-02T00:00:00Z"));
  CHECK(pairs[1].until == at("2026-04-01T00:00:00.5Z"));
  CHECK(pairs[0].span.line == 3);
}

TEST_CASE("half a pair never holds") {
  const Read no_from = read_validity("<until>2026-01-01T00:00:00Z</until>");
  CHECK(no_from.list() == Lines{"incomplete-validity 3:1"});
  CHECK(no_from.findings.at(0).fix == "add `<from>`");
  REQUIRE(no_from.condition<ValidityCondition>().pairs.size() == 1);
  CHECK_FALSE(no_from.condition<ValidityCondition>().pairs[0].from);

  const Read no_until = read_validity("<from>2026-01-01T00:00:00Z</from>");
  CHECK(no_until.list() == Lines{"incomplete-validity 3:1"});
  CHECK_FALSE(no_until.condition<ValidityCondition>().pairs.at(0).until);

  const Read two_froms = read_validity(
      "<from>2026-01-01T00:00:00Z</from>\n<from>2026-02-01T00:00:00Z</from>\n<until>2026-03-01T00:00:00Z</"
      "until>\n<until>2026-04-01T00:00:00Z</until>");
  CHECK(two_froms.list() == Lines{"incomplete-validity 3:1", "incomplete-validity 6:1"});
  const auto& pairs = two_froms.condition<ValidityCondition>().pairs;
  REQUIRE(pairs.size() == 3);
  CHECK_FALSE(pairs[0].until);
  CHECK(pairs[1] == ValidityPair{at("2026-02-01T00:00:00Z"), at("2026-03-01T00:00:00Z"), {}});
  CHECK_FALSE(pairs[2].from);

  const Read empty = read_in_conditions("<validity/>");
  CHECK(empty.list() == Lines{"incomplete-validity 2:1"});
  CHECK(empty.condition<ValidityCondition>().pairs.empty());
}

TEST_CASE("a time without an offset, or that is none, never holds") {
  const Read local = read_validity("<from>2026-01-01T00:00:00</from>\n<until>2026-02-01T00:00:00Z</until>");
  CHECK(local.list() == Lines{"validity-without-offset 3:1"});
  CHECK(local.findings.at(0).fix == "add the offset, as in `2026-01-01T00:00:00Z` or `2026-01-01T00:00:00+01:00`");
  CHECK_FALSE(local.condition<ValidityCondition>().pairs.at(0).from);
  CHECK(local.condition<ValidityCondition>().pairs.at(0).until);

  const Read wrong = read_validity("<from>2026-01-01T00:00:00Z</from>\n<until>2026-2-1T00:00:00Z</until>");
  CHECK(wrong.list() == Lines{"invalid-date-time 4:1"});
  CHECK_FALSE(wrong.condition<ValidityCondition>().pairs.at(0).until);

  CHECK(read_validity("<from><x:y/></from>\n<until x=\"\">2026-02-01T00:00:00Z</until>").list() ==
        Lines{"unexpected-content 3:7", "unexpected-attribute 4:8"});
}

TEST_CASE("what is neither from nor until ends a pair that waits for its until") {
  const Read wrong = read_validity("<from>2026-01-01T00:00:00Z</from>\n<pr:until>2026-02-01T00:00:00Z</pr:until>");
  CHECK(wrong.list() == Lines{"wrong-namespace 4:1"});
  CHECK_FALSE(wrong.condition<ValidityCondition>().pairs.at(0).until);

  const Read between = read_validity("<from>2026-01-01T00:00:00Z</from>\n<x:y/>\n<until>2026-02-01T00:00:00Z</until>");
  CHECK(between.list() == Lines{"unexpected-content 4:1", "incomplete-validity 5:1"});
  CHECK(between.condition<ValidityCondition>().pairs.size() == 2);
}

TEST_CASE("a condition that nobody knows is kept as false") {
  const Read result = read_in_conditions("<sphere value=\"work\"/>\n  <x:moon phase=\"full\"><x:new/></x:moon>");
  CHECK(result.list() == Lines{"unknown-condition 3:3"});
  CHECK(result.findings.at(0).rule == "a");
  CHECK_FALSE(result.has_error());
  REQUIRE(result.rule().conditions.size() == 2);
  CHECK(result.condition<UnknownCondition>(1) == UnknownCondition{"urn:example:x", "moon", {}});
}

TEST_CASE("an unknown condition of the schema's own namespace, or of none, breaks the schema, too") {
  const Read own = read_in_conditions("<shpere value=\"work\"/>");
  CHECK(own.list() == Lines{"misspelt-element 2:1"});
  CHECK(own.findings.at(0).fix == "did you mean `<sphere>` of the namespace `urn:ietf:params:xml:ns:common-policy`?");
  CHECK(read_in_conditions("<moon xmlns=\"\"/>").list() == Lines{"unexpected-content 2:1"});
  CHECK(read_in_conditions("<moon/>").findings.at(0).fix == std::nullopt);
}

TEST_CASE("a condition in a wrong namespace is false, and the right namespace is named") {
  const auto [text, fix] = GENERATE(table<std::string, std::string>({
      {"<pr:identity/>", "write `<identity>` without a prefix"},
      {"<sphere xmlns=\"urn:ietf:params:xml:ns:pres-rules\" value=\"work\"/>",
       "put `<sphere>` into the namespace `urn:ietf:params:xml:ns:common-policy`"},
      {"<validity xmlns=\"\"/>", "put `<validity>` into the namespace `urn:ietf:params:xml:ns:common-policy`"},
      {"<location-condition/>",
       "put `<location-condition>` into the namespace `urn:ietf:params:xml:ns:geolocation-policy`"},
      {"<old:location-condition/>",
       "put `<location-condition>` into the namespace `urn:ietf:params:xml:ns:geolocation-policy`"},
      {"<pr:civic-loc-condition/>",
       "put `<civic-loc-condition>` into the namespace `urn:ietf:params:xml:ns:geolocation-policy`"},
  }));
  CAPTURE(text);
  const Read result = read_in_conditions(text);
  CHECK(result.list() == Lines{"wrong-namespace 2:1"});
  CHECK(result.findings.at(0).fix == fix);
  CHECK(std::holds_alternative<UnknownCondition>(result.rule().conditions.at(0)));
}

TEST_CASE("what is known elsewhere is false among conditions") {
  const Read result = read_in_conditions(
      "<pr:sub-handling>allow</pr:sub-handling>\n<one id=\"sip:bob@example.com\"/>\n<from/>\n<gp:location/>");
  CHECK(result.list() ==
        Lines{"misplaced-element 2:1", "misplaced-element 3:1", "misplaced-element 4:1", "misplaced-element 5:1"});
  CHECK(result.findings.at(0).message ==
        "`<pr:sub-handling>` belongs in `<actions>`, not in `<conditions>`: it counts as false and the rule never "
        "matches");
  CHECK(result.rule().conditions.size() == 4);
  CHECK(result.rule().permissions.empty());
}
