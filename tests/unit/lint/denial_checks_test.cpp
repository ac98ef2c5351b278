#include "unit/lint/fixture.h"

namespace presproof::lint {

using diag::Code;

namespace {
const std::string kDomain = identity(R"(<many domain="example.com"/>)");
std::string says(std::string_view permission, std::string_view value) {
  return "<pr:" + std::string(permission) + ">" + std::string(value) + "</pr:" + std::string(permission) + ">";
}
std::string foo(std::string_view value) {
  return R"(<pr:provide-unknown-attribute ns="urn:x" name="foo">)" + std::string(value) +
         "</pr:provide-unknown-attribute>";
}
std::string civic(std::string_view level) {
  return R"(<gp:provide-location profile="civic-transformation"><lp:provide-civic>)" + std::string(level) +
         "</lp:provide-civic></gp:provide-location>";
}
std::size_t nothing(const std::string& rules) { return Linted(rules).count(Code::grant_of_false); }
std::size_t undone(const std::string& rules) { return Linted(rules).count(Code::denial_without_effect); }
}  // namespace

TEST_CASE("grant-of-false fires for each permission that says the lowest value", "[lint]") {
  CHECK(Linted(rule("a", kBob, kAllow, kPersons + says("provide-mood", "false"))).message(Code::grant_of_false) ==
        "`provide-mood` grants nothing in rule `a`, which is what leaving it out says, too");
  CHECK(Linted(rule("a", kBob, kAllow, kPersons + foo("0"))).message(Code::grant_of_false) ==
        "`provide-unknown-attribute` for `foo` grants nothing in rule `a`, which is what leaving it out says, too");
  CHECK(Linted(rule("a", kBob, kAllow, kPersons + civic("none"))).message(Code::grant_of_false) ==
        "`provide-location` grants nothing in rule `a`, which is what leaving it out says, too");
  CHECK(nothing(rule("a", kBob, kAllow, kPersons + says("provide-user-input", "false"))) == 1);
  CHECK(nothing(rule("a", kBob, kAllow, says("provide-mood", "false") + says("provide-note", "false"))) == 2);
}

TEST_CASE("grant-of-false is silent about what grants something, and about booleans for which silence is another value",
          "[lint]") {
  CHECK(nothing(rule("a", kBob, kAllow,
                     says("provide-mood", "true") + says("provide-user-input", "bare") + foo("1"))) == 0);
  CHECK(nothing(rule("a", kBob, kAllow, civic("country"))) == 0);
  CHECK(nothing(rule("a", kBob, kAllow, "<gp:set-retransmission-allowed>false</gp:set-retransmission-allowed>")) == 0);
  CHECK(nothing(rule("a", kBob, kAllow, "<gp:keep-rule-reference>false</gp:keep-rule-reference>")) == 0);
}

TEST_CASE("grant-of-false leaves a false beside a true in one rule to permission-repeated", "[lint]") {
  const auto rules = rule("a", kBob, kAllow, says("provide-mood", "true") + says("provide-mood", "false"));
  CHECK(nothing(rules) == 0);
  CHECK(undone(rules) == 0);
  CHECK(Linted(rules).count(Code::permission_repeated) == 1);
}

TEST_CASE("the fix of grant-of-false removes the element and its line", "[lint]") {
  Linted linted(
      "\n<rule id='a'><transformations>\n  <pr:provide-mood>false</pr:provide-mood>\n  <!-- x "
      "-->\n</transformations></rule>\n");
  CHECK(linted.fixed(Code::grant_of_false) ==
        "\n<rule id='a'><transformations>\n  <!-- x -->\n</transformations></rule>\n");
  CHECK(Linted(rule("a", "", "", civic("none"))).fixed(Code::grant_of_false) == rule("a", ""));
  CHECK(Linted(rule("a", "", "", "<pr:provide-mood><!-- no -->false</pr:provide-mood>")).fixed(Code::grant_of_false) ==
        std::nullopt);
}

TEST_CASE("the fix of grant-of-false keeps a grant that stands beside it in one element", "[lint]") {
  const std::string both =
      R"(<gp:provide-location><lp:provide-civic>none</lp:provide-civic><lp:provide-geo radius="500"/></gp:provide-location>)";
  CHECK(Linted(rule("a", "", "", both)).fixed(Code::grant_of_false) == std::nullopt);
}

TEST_CASE("denial-without-effect fires when another rule grants it to a watcher whom the rule names", "[lint]") {
  Linted linted(rule("all", kDomain, kAllow, kPersons + says("provide-mood", "true")) +
                rule("bob", kBob, kAllow, says("provide-mood", "false")));
  const auto found = linted.run(Code::denial_without_effect);
  REQUIRE(found.size() == 1);
  CHECK(
      found[0].message ==
      "rule `bob` does not deny `provide-mood` to `sip:bob@example.com`: rule `all` grants it, and permissions add up");
  REQUIRE(found[0].related.size() == 1);
  CHECK(found[0].related[0].message == "rule `all` grants it");
  CHECK(linted.count(Code::grant_of_false) == 0);
}

TEST_CASE("denial-without-effect knows user input, unknown attributes and provide-all-attributes", "[lint]") {
  CHECK(undone(rule("all", "", kAllow, says("provide-user-input", "bare")) +
               rule("bob", kBob, kAllow, says("provide-user-input", "false"))) == 1);
  CHECK(undone(rule("all", "", kAllow, foo("true")) + rule("bob", kBob, kAllow, foo("false"))) == 1);
  CHECK(undone(rule("all", "", kAllow, "<pr:provide-all-attributes/>") + rule("bob", kBob, kAllow, foo("false"))) == 1);
  CHECK(Linted(rule("bob", kBob, kAllow, "<pr:provide-all-attributes/>" + says("provide-mood", "false")))
            .message(Code::denial_without_effect) ==
        "`provide-mood` denies nothing in rule `bob`: its `provide-all-attributes` grants it");
  const std::string location =
      R"(<pr:provide-unknown-attribute ns="urn:ietf:params:xml:ns:pidf:geopriv10" name="geopriv">false</pr:provide-unknown-attribute>)";
  CHECK(undone(rule("bob", kBob, kAllow, "<pr:provide-all-attributes/>" + location)) == 0);
}

TEST_CASE("denial-without-effect is silent about other attributes, watchers, moments, and defaults", "[lint]") {
  const auto mood = says("provide-mood", "true");
  const auto no_mood = says("provide-mood", "false");
  CHECK(undone(rule("all", kDomain, kAllow, says("provide-note", "true")) + rule("bob", kBob, kAllow, no_mood)) == 0);
  CHECK(undone(rule("carol", one("sip:carol@example.com"), kAllow, mood) + rule("bob", kBob, kAllow, no_mood)) == 0);
  CHECK(undone(rule("all", kDomain + R"(<sphere value="home"/>)", kAllow, mood) +
               rule("bob", kBob + R"(<sphere value="work"/>)", kAllow, no_mood)) == 0);
  CHECK(undone(rule("all", kDomain, kAllow, no_mood) + rule("bob", kBob, kAllow, mood)) == 0);
  CHECK(undone(rule("all", "", kAllow, no_mood) + rule("bob", kBob, kAllow, mood)) == 0);
  CHECK(nothing(rule("all", "", kAllow, no_mood) + rule("bob", kBob, kAllow, mood)) == 1);
}

}  // namespace presproof::lint
