#include "lint/exclusion.h"

#include "unit/lint/fixture.h"

namespace presproof::lint {

using diag::Code;

namespace {

const std::string kWork = R"(<sphere value="work"/>)";
const std::string kHome = R"(<sphere value="home"/>)";

std::string civic(std::string_view fields) {
  return R"(<gp:location-condition><gp:location profile="civic-condition" xmlns="urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr">)" +
         std::string(fields) + "</gp:location></gp:location-condition>";
}

std::size_t exclusions(const std::string& conditions) {
  return Linted(rule("a", conditions)).count(Code::conditions_exclude_each_other);
}

}  // namespace

TEST_CASE("conditions-exclude-each-other names both conditions", "[lint]") {
  Linted linted(rule("a", kBob + kWork + kHome));
  const auto found = linted.run(Code::conditions_exclude_each_other);
  REQUIRE(found.size() == 1);
  CHECK(found[0].message ==
        "rule `a` never matches: this `sphere` and the one in line 3 must hold together, and they name no sphere in "
        "common");
  REQUIRE(found[0].related.size() == 1);
  CHECK(found[0].related[0].message == "the other `sphere`");
  CHECK(found[0].related[0].span.column < found[0].span.column);
}

TEST_CASE("conditions-exclude-each-other is silent for spheres that share a word in another case", "[lint]") {
  CHECK(exclusions(kWork + R"(<sphere value="home WORK"/>)") == 0);
}

TEST_CASE("conditions-exclude-each-other finds identities without a common watcher", "[lint]") {
  CHECK(exclusions(kBob + one("sip:carol@example.com")) == 1);
  CHECK(exclusions(kBob + one("sip:bob@EXAMPLE.com")) == 0);
  CHECK(exclusions(kBob + identity(R"(<many domain="example.com"/>)")) == 0);
  CHECK(exclusions(kBob + identity(R"(<many domain="example.com"><except id="sip:bob@example.com"/></many>)")) == 1);
}

TEST_CASE("conditions-exclude-each-other finds validities that meet at no moment, the end being exclusive", "[lint]") {
  const auto march = validity("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z");
  CHECK(exclusions(march + validity("2026-04-01T00:00:00Z", "2026-05-01T00:00:00Z")) == 1);
  CHECK(exclusions(march + validity("2026-03-31T23:59:59Z", "2026-05-01T00:00:00Z")) == 0);
}

TEST_CASE("conditions-exclude-each-other finds circles that do not touch", "[lint]") {
  // A degree of longitude on the equator is 111319.5 m.
  CHECK(exclusions(circle("0 0", "50000") + circle("0 1", "61319")) == 1);
  CHECK(exclusions(circle("0 0", "50000") + circle("0 1", "61320")) == 0);
}

TEST_CASE("conditions-exclude-each-other finds civic addresses that differ in a field, and no others", "[lint]") {
  CHECK(exclusions(civic("<country>DE</country>") + civic("<country>FR</country>")) == 1);
  CHECK(exclusions(civic("<country>DE</country>") + civic("<A3>Munich</A3>")) == 0);
  CHECK(exclusions(civic("<country>DE</country>") + circle("0 0", "5")) == 0);
}

TEST_CASE("conditions-exclude-each-other leaves a condition that never holds to what else is said of it", "[lint]") {
  CHECK(exclusions("<identity/>" + kBob) == 0);
  CHECK(exclusions(validity("2026-04-01T00:00:00Z", "2026-03-01T00:00:00Z") +
                   validity("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z")) == 0);
}

TEST_CASE("rule-never-matches leaves a pair of conditions to conditions-exclude-each-other", "[lint]") {
  Linted linted(rule("a", kBob + kWork + kHome));
  linted.facts({.never_match = {policy::RuleRef{0, 0}}, .redundant = {}});
  CHECK(linted.count(Code::rule_never_matches) == 0);
}

TEST_CASE("rule-never-matches points to a smallest set of conditions that exclude each other", "[lint]") {
  Linted linted(rule("a", kBob +
                              R"(<sphere value="work home"/><sphere value="a home travel"/><sphere value="home work"/>)"
                              R"(<sphere value="travel work"/>)"));
  const auto found = linted.run(Code::rule_never_matches);
  REQUIRE(found.size() == 1);
  CHECK(found[0].message == "no request can match rule `a`: its conditions contradict each other");
  REQUIRE(found[0].related.size() == 3);
  for (const auto& related : found[0].related) CHECK(related.message == "this `sphere` is part of the contradiction");
}

TEST_CASE("rule-never-matches says so when one condition alone never holds", "[lint]") {
  Linted linted(rule("a", identity(R"(<many domain="example.com"><except domain="example.com"/></many>)") + kWork));
  const auto found = linted.run(Code::rule_never_matches);
  REQUIRE(found.size() == 1);
  CHECK(found[0].message == "no request can match rule `a`: its `identity` can never hold");
  REQUIRE(found[0].related.size() == 1);
  CHECK(found[0].related[0].message == "this `identity` never holds");
}

TEST_CASE("rule-never-matches removes the rule, unless a comment is in it or a watcher of two identities matches",
          "[lint]") {
  const std::string never = R"(<sphere value="b c"/><sphere value="a b"/><sphere value="a c"/>)";
  Linted linted("\n " + rule("a", never) + "\n " + rule("b", kBob) + "\n");
  CHECK(linted.fixed(Code::rule_never_matches) == "\n " + rule("b", kBob) + "\n");
  CHECK_FALSE(Linted(rule("a", never + "<!-- a sphere -->")).fixed(Code::rule_never_matches));
  CHECK_FALSE(Linted(rule("a", never + kBob + kBob)).fixed(Code::rule_never_matches));
}

}  // namespace presproof::lint
