#include "unit/lint/fixture.h"

namespace presproof::lint {

using diag::Code;

namespace {
std::string says(std::string_view permission, std::string_view value) {
  return "<pr:" + std::string(permission) + ">" + std::string(value) + "</pr:" + std::string(permission) + ">";
}
std::string services(std::string_view selectors) {
  return "<pr:provide-services>" + std::string(selectors) + "</pr:provide-services>";
}
std::string civic(std::string_view level) {
  return R"(<gp:provide-location profile="civic-transformation"><lp:provide-civic>)" + std::string(level) +
         "</lp:provide-civic></gp:provide-location>";
}
std::size_t repeated(const std::string& transformations) {
  return Linted(rule("a", kBob, kAllow, transformations)).count(Code::permission_repeated);
}
std::size_t covered(const std::string& selectors) {
  return Linted(rule("a", kBob, kAllow, services(selectors))).count(Code::selector_covered);
}
std::size_t beside(const std::string& transformations) {
  return Linted(rule("a", kBob, kAllow, transformations)).count(Code::attribute_beside_all);
}
const std::string kSip = says("service-uri-scheme", "sip");
}  // namespace

TEST_CASE("permission-repeated fires for the weaker of two, wherever it stands", "[lint]") {
  Linted linted(rule("a", kBob, handling("confirm") + kAllow, kServices));
  CHECK(linted.message(Code::permission_repeated) ==
        "this `sub-handling` adds nothing: another one in rule `a` already gives as much");
  CHECK(linted.fixed(Code::permission_repeated) == rule("a", kBob, kAllow, kServices));
  CHECK(Linted(rule("a", kBob, kAllow + handling("block"))).fixed(Code::permission_repeated) ==
        rule("a", kBob, kAllow));
}

TEST_CASE("permission-repeated fires for the second of two equal ones", "[lint]") {
  const auto mood = says("provide-mood", "true");
  CHECK(Linted(rule("a", kBob, kAllow, kPersons + mood + mood)).fixed(Code::permission_repeated) ==
        rule("a", kBob, kAllow, kPersons + mood));
  CHECK(repeated(mood + mood + mood) == 2);
}

TEST_CASE("permission-repeated knows which value of each permission gives as much", "[lint]") {
  CHECK(repeated(says("provide-user-input", "full") + says("provide-user-input", "bare")) == 1);
  CHECK(repeated(says("provide-mood", "false") + says("provide-mood", "true")) == 1);
  CHECK(repeated(kServices + services(kSip)) == 1);
  CHECK(repeated(services(kSip) + services(kSip + says("class", "biz"))) == 1);
  CHECK(repeated(services(kSip) + services(says("class", "biz"))) == 0);
  CHECK(repeated(kServices + kPersons) == 0);
  CHECK(repeated("<pr:provide-all-attributes/><pr:provide-all-attributes/>") == 1);
  CHECK(repeated(says("provide-mood", "true") + says("provide-note", "true")) == 0);
  const std::string foo = R"(<pr:provide-unknown-attribute ns="urn:x" name="foo">true</pr:provide-unknown-attribute>)";
  const std::string bar = R"(<pr:provide-unknown-attribute ns="urn:x" name="bar">true</pr:provide-unknown-attribute>)";
  CHECK(repeated(foo + foo) == 1);
  CHECK(repeated(foo + bar) == 0);
}

TEST_CASE("permission-repeated knows the permissions of RFC 6772", "[lint]") {
  CHECK(repeated("<gp:set-retention-expiry>60</gp:set-retention-expiry><gp:set-retention-expiry>30</"
                 "gp:set-retention-expiry>") == 1);
  CHECK(repeated("<gp:set-note-well>a</gp:set-note-well><gp:set-note-well>a</gp:set-note-well>") == 1);
  CHECK(repeated("<gp:set-note-well>a</gp:set-note-well><gp:set-note-well>b</gp:set-note-well>") == 0);
  CHECK(repeated("<gp:keep-rule-reference>false</gp:keep-rule-reference><gp:keep-rule-reference>true</"
                 "gp:keep-rule-reference>") == 1);
  CHECK(repeated("<gp:set-retransmission-allowed>true</gp:set-retransmission-allowed>"
                 "<gp:set-retransmission-allowed>true</gp:set-retransmission-allowed>") == 1);
  CHECK(repeated(civic("city") + civic("country")) == 1);
  CHECK(repeated(civic("city") + blurred("500")) == 0);
  CHECK(repeated("<gp:provide-location/>" + civic("city")) == 1);
}

TEST_CASE("permission-repeated tells of two radii and leaves the choice between them", "[lint]") {
  Linted two(rule("a", kBob, kAllow, blurred("500") + blurred("5000")));
  CHECK(two.message(Code::permission_repeated) ==
        "rule `a` gives location with two radii, and servers differ in which of them counts");
  CHECK(two.fixed(Code::permission_repeated) == std::nullopt);
  Linted same(rule("a", kBob, kAllow, blurred("500") + blurred("500")));
  CHECK(same.fixed(Code::permission_repeated) == rule("a", kBob, kAllow, blurred("500")));
}

TEST_CASE("permission-repeated does not remove an element that gives something else as well", "[lint]") {
  const std::string both =
      R"(<gp:provide-location><lp:provide-civic>city</lp:provide-civic><lp:provide-geo radius="500"/></gp:provide-location>)";
  CHECK(Linted(rule("a", kBob, kAllow, civic("city") + both)).fixed(Code::permission_repeated) == std::nullopt);
}

TEST_CASE("permission-repeated is silent about permissions of two rules", "[lint]") {
  const auto mood = says("provide-mood", "true");
  CHECK(Linted(rule("a", kBob, kAllow, mood) + rule("b", kBob, kAllow, mood)).count(Code::permission_repeated) == 0);
}

TEST_CASE("selector-covered fires for a selector that stands twice, and its fix removes the second", "[lint]") {
  const auto uri = says("service-uri", "sip:alice@example.com");
  Linted linted(rule("a", kBob, kAllow, services(uri + says("class", "biz") + uri)));
  CHECK(linted.message(Code::selector_covered) ==
        "`service-uri` `sip:alice@example.com` stands twice in `provide-services` of rule `a`");
  CHECK(linted.fixed(Code::selector_covered) == rule("a", kBob, kAllow, services(uri + says("class", "biz"))));
  CHECK(covered(says("class", "biz") + says("class", "home")) == 0);
  CHECK(covered(says("class", "biz") + says("occurrence-id", "biz")) == 0);
}

TEST_CASE("selector-covered fires for a URI whose scheme is selected, and leaves it", "[lint]") {
  const auto uri = says("service-uri", "sip:alice@example.com");
  Linted linted(rule("a", kBob, kAllow, services(kSip + uri)));
  const auto found = linted.run(Code::selector_covered);
  REQUIRE(found.size() == 1);
  CHECK(found[0].message ==
        "`service-uri` `sip:alice@example.com` selects nothing more in `provide-services` of rule `a`: the scheme "
        "`sip` is selected");
  REQUIRE(found[0].related.size() == 1);
  CHECK(found[0].related[0].span.column < found[0].span.column);
  CHECK(linted.fixed(Code::selector_covered) == std::nullopt);
  CHECK(covered(says("service-uri-scheme", "sips") + uri) == 0);
  CHECK(covered(says("service-uri-scheme", "SIP") + uri) == 0);
}

TEST_CASE("selector-covered is silent beside a provide-all element, which the reader reports", "[lint]") {
  CHECK(covered("<pr:all-services/>" + kSip + kSip) == 0);
}

TEST_CASE("attribute-beside-all fires for each attribute that is granted beside all, and its fix removes it",
          "[lint]") {
  const std::string all = "<pr:provide-all-attributes/>";
  Linted linted(rule("a", kBob, kAllow, kPersons + says("provide-mood", "true") + all));
  CHECK(linted.message(Code::attribute_beside_all) ==
        "`provide-mood` adds nothing in rule `a`: its `provide-all-attributes` already grants it");
  CHECK(linted.fixed(Code::attribute_beside_all) == rule("a", kBob, kAllow, kPersons + all));
  CHECK(beside(all + says("provide-user-input", "bare") + says("provide-note", "true")) == 2);
  CHECK(beside(all + R"(<pr:provide-unknown-attribute ns="urn:x" name="foo">true</pr:provide-unknown-attribute>)") ==
        1);
}

TEST_CASE(
    "attribute-beside-all is silent without all, about false, about location, and about what is no unknown attribute",
    "[lint]") {
  const std::string all = "<pr:provide-all-attributes/>";
  CHECK(beside(says("provide-mood", "true")) == 0);
  CHECK(beside(all + kPersons) == 0);
  CHECK(beside(all + says("provide-mood", "false")) == 0);
  CHECK(
      beside(
          all +
          R"(<pr:provide-unknown-attribute ns="urn:ietf:params:xml:ns:pidf:geopriv10" name="geopriv">true</pr:provide-unknown-attribute>)") ==
      0);
  CHECK(
      beside(
          all +
          R"(<pr:provide-unknown-attribute ns="urn:ietf:params:xml:ns:pidf:rpid" name="mood">true</pr:provide-unknown-attribute>)") ==
      0);
}

}  // namespace presproof::lint
