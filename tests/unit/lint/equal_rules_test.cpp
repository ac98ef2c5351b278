#include "lint/equal_rules.h"

#include "unit/lint/fixture.h"

namespace presproof::lint {

using diag::Code;

namespace {
const std::string kTwo = identity(R"(<one id="sip:bob@example.com"/><one id="sip:carol@example.com"/>)");
const std::string kTwoTurned = identity(R"(<one id="sip:carol@example.com"/><one id="sip:bob@example.com"/>)");
const std::string kMood = "<pr:provide-mood>true</pr:provide-mood>";

std::size_t equal(const std::string& rules) { return Linted(rules).count(Code::duplicate_rule); }
std::size_t turned(const std::string& rules) { return Linted(rules).count(Code::rules_differ_in_order); }
}  // namespace

TEST_CASE("duplicate-rule fires for the later of two equal rules, and for nothing else about it", "[lint]") {
  Linted linted(rule("a", kTwo, kAllow, kServices) + rule("b", kTwo, kAllow, kServices));
  const auto found = linted.run(Code::duplicate_rule);
  REQUIRE(found.size() == 1);
  CHECK(found[0].message == "rule `b` says the same as rule `a`");
  REQUIRE(found[0].related.size() == 1);
  CHECK(found[0].related[0].message == "rule `a` stands here");
  for (const auto code : {Code::rules_differ_in_order, Code::rule_redundant, Code::rule_subsumed})
    CHECK(linted.count(code) == 0);
}

TEST_CASE("duplicate-rule compares values: white space, prefixes and empty sections do not count", "[lint]") {
  CHECK(equal(rule("a", kBob, kAllow, kServices) + rule("b", kBob, handling(" allow "), kServices)) == 1);
  CHECK(equal(rule("a", "", handling("block")) +
              "<rule id='b'><actions><q:sub-handling "
              "xmlns:q='urn:ietf:params:xml:ns:pres-rules'>block</q:sub-handling></actions></rule>") == 1);
}

TEST_CASE("duplicate-rule is silent when anything differs", "[lint]") {
  const auto first = rule("a", kBob + R"(<sphere value="work"/>)", kAllow, kServices + blurred("500"));
  for (const auto& other :
       {rule("b", kBob + R"(<sphere value="home"/>)", kAllow, kServices + blurred("500")),
        rule("b", one("sip:bob@example.net") + R"(<sphere value="work"/>)", kAllow, kServices + blurred("500")),
        rule("b", kBob + R"(<sphere value="work"/>)", handling("confirm"), kServices + blurred("500")),
        rule("b", kBob + R"(<sphere value="work"/>)", kAllow, kServices + blurred("501")),
        rule("b", kBob + R"(<sphere value="work"/>)", kAllow, kServices),
        rule("b", kBob, kAllow, kServices + blurred("500"))}) {
    CHECK(equal(first + other) == 0);
    CHECK(turned(first + other) == 0);
  }
}

TEST_CASE("duplicate-rule is silent where the reader did not understand all of a rule", "[lint]") {
  CHECK(equal(rule("a", kBob, "", "<x:y xmlns:x='urn:x'/>") + rule("b", kBob, "", "<x:y xmlns:x='urn:x'/>")) == 0);
  CHECK(equal(rule("a", kBob + "<x:y xmlns:x='urn:x'/>") + rule("b", kBob + "<x:y xmlns:x='urn:x'/>")) == 0);
  CHECK(equal(rule("a", kBob, handling("permit")) + rule("b", kBob, handling("admit"))) == 0);
}

TEST_CASE("duplicate-rule counts three equal rules as two findings about the first, across documents", "[lint]") {
  Linted linted(rule("a", kBob, kAllow, kServices) + rule("b", kBob, kAllow, kServices));
  linted.add(rule("c", kBob, kAllow, kServices));
  const auto found = linted.run(Code::duplicate_rule);
  REQUIRE(found.size() == 2);
  CHECK(found[1].message == "rule `c` says the same as rule `a`");
}

TEST_CASE("rules-differ-in-order fires when identities, conditions or permissions are turned", "[lint]") {
  CHECK(Linted(rule("a", kTwo, kAllow, kServices) + rule("b", kTwoTurned, kAllow, kServices))
            .message(Code::rules_differ_in_order) == "rule `b` says the same in another order as rule `a`");
  CHECK(turned(rule("a", kTwo, kAllow, kServices + kMood) + rule("b", kTwo, kAllow, kMood + kServices)) == 1);
  CHECK(turned(rule("a", kBob + R"(<sphere value="work"/>)", kAllow) +
               rule("b", R"(<sphere value="work"/>)" + kBob, kAllow)) == 1);
  CHECK(turned(rule("a", R"(<sphere value="work home"/>)", kAllow) +
               rule("b", R"(<sphere value="home work"/>)", kAllow)) == 1);
  CHECK(equal(rule("a", kTwo, kAllow, kServices) + rule("b", kTwoTurned, kAllow, kServices)) == 0);
}

TEST_CASE("rules-differ-in-order minds how often something stands there", "[lint]") {
  const auto twice = identity(R"(<one id="sip:bob@example.com"/><one id="sip:bob@example.com"/>)");
  CHECK(turned(rule("a", twice, kAllow) + rule("b", kTwo, kAllow)) == 0);
  CHECK(turned(rule("a", "", kAllow, kMood + kMood) + rule("b", "", kAllow, kMood)) == 0);
}

TEST_CASE("equal rules are compared by all that conditions and permissions have", "[lint]") {
  const std::string many =
      identity(R"(<many domain="example.com"><except id="sip:a@example.com"/><except domain="b.example"/></many>)");
  const std::string many_turned =
      identity(R"(<many domain="example.com"><except domain="b.example"/><except id="sip:a@example.com"/></many>)");
  const auto all = many + validity("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z") + circle("52 13", "200");
  const auto all_turned =
      many_turned + circle("52 13", "200") + validity("2026-03-01T01:00:00+01:00", "2026-04-01T00:00:00Z");
  const auto sets =
      std::string("<gp:set-retention-expiry>5</gp:set-retention-expiry><gp:set-note-well>x</gp:set-note-well>") +
      "<gp:keep-rule-reference>true</gp:keep-rule-reference>" +
      "<pr:provide-user-input>bare</pr:provide-user-input><pr:provide-all-attributes/>" +
      R"(<pr:provide-unknown-attribute ns="urn:x" name="y">true</pr:provide-unknown-attribute>)";
  CHECK(turned(rule("a", all, kAllow, sets) + rule("b", all_turned, kAllow, sets)) == 1);
  CHECK(equal(rule("a", all, kAllow, sets) + rule("b", all, kAllow, sets)) == 1);
}

TEST_CASE("the fix of duplicate-rule and rules-differ-in-order removes the later rule", "[lint]") {
  const auto first = "\n  " + rule("a", kTwo, kAllow, kServices) + "\n";
  CHECK(Linted(first + "  " + rule("b", kTwo, kAllow, kServices) + "\n").fixed(Code::duplicate_rule) == first);
  CHECK(Linted(first + "  " + rule("b", kTwoTurned, kAllow, kServices) + "\n").fixed(Code::rules_differ_in_order) ==
        first);
  CHECK(Linted(first + rule("b", kTwo, kAllow + "<!-- why -->", kServices)).fixed(Code::duplicate_rule) ==
        std::nullopt);
}

TEST_CASE("rule-subsumed fires when one wider rule grants as much, and its fix removes the narrower one", "[lint]") {
  const auto all = rule("all", identity("<many/>"), kAllow, kServices);
  Linted linted(all + rule("bob", kBob, kAllow, kServices));
  const auto found = linted.run(Code::rule_subsumed);
  REQUIRE(found.size() == 1);
  CHECK(found[0].message == "rule `bob` adds nothing: whatever it grants, rule `all` already does");
  REQUIRE(found[0].related.size() == 1);
  CHECK(found[0].related[0].message == "rule `all` covers it");
  CHECK(linted.fixed(Code::rule_subsumed) == all);
  CHECK(linted.count(Code::rule_redundant) == 0);
}

TEST_CASE("rule-subsumed is silent when the narrower rule gives something, and when it takes two rules", "[lint]") {
  const auto all = rule("all", identity("<many/>"), kAllow, kServices);
  CHECK(Linted(all + rule("bob", kBob, kAllow, kPersons)).count(Code::rule_subsumed) == 0);
  Linted both(all + rule("carol", kTwo, "", kPersons) + rule("bob", kBob, kAllow, kServices + kPersons));
  CHECK(both.count(Code::rule_subsumed) == 0);
  CHECK(both.message(Code::rule_redundant) ==
        "rule `bob` adds nothing: whatever it grants, rule `all` and rule `carol` already do");
  CHECK(both.fixed(Code::rule_redundant) == all + rule("carol", kTwo, "", kPersons));
}

}  // namespace presproof::lint
