#include "support.h"

using namespace presproof;
using namespace presproof::policy;
using namespace presproof::policy::test;

namespace {

template <class T>
const T& matcher(const Read& result, std::size_t index = 0) {
  return std::get<T>(result.condition<IdentityCondition>().matchers.at(index));
}

}  // namespace

TEST_CASE("one, many and except are read as written") {
  const Read result = read_in_identity(
      "<one id=\" sip:Bob@Example.com \"/>\n<many/>\n<many domain=\"EXAMPLE.com\"><except "
      "id=\"tel:+1-212-555-1234\"/><except domain=\"b.example\"/></many>");
  CHECK(result.list() == Lines{});
  CHECK(matcher<One>(result).id.text == "sip:Bob@Example.com");
  CHECK(matcher<One>(result).span.line == 2);
  CHECK_FALSE(matcher<Many>(result, 1).domain);
  const Many& many = matcher<Many>(result, 2);
  CHECK(many.domain->text == "EXAMPLE.com");
  CHECK(many.domain->ascii == "example.com");
  CHECK_FALSE(many.never);
  REQUIRE(many.excepts.size() == 2);
  CHECK(many.excepts[0].id->scheme == "tel");
  CHECK_FALSE(many.excepts[0].domain);
  CHECK(many.excepts[1].domain->ascii == "b.example");
  CHECK_FALSE(many.excepts[1].id);
}

TEST_CASE("an identity that lists nobody is reported and kept") {
  const Read result = read_in_conditions("<identity> <!-- nobody --> </identity>");
  CHECK(result.list() == Lines{"empty-identity 2:1"});
  CHECK(result.condition<IdentityCondition>().matchers.empty());
  CHECK(read_in_conditions("<identity>\n</identity>\n<identity id=\"x\"><one id=\"sip:a@b.example\"/></identity>")
            .list() == Lines{"empty-identity 2:1", "unexpected-attribute 4:11"});
}

TEST_CASE("a one without an id matches nobody") {
  const Read result = read_in_identity("<one/>\n <one uri=\"sip:a@b.example\"/>");
  CHECK(result.list() == Lines{"missing-attribute 2:1", "missing-attribute 3:2", "unexpected-attribute 3:7"});
  CHECK(matcher<UnknownIdentity>(result).local == "one");
  CHECK(result.condition<IdentityCondition>().matchers.size() == 2);
}

TEST_CASE("an id that is no URI is reported and matches nothing but itself") {
  const Read result = read_in_identity("<one id=\"bob@example.com\"/>\n<one id=\"\"/>\n<one id=\"sip:\"/>");
  CHECK(result.list() == Lines{"identity-without-scheme 2:6", "invalid-value 3:6", "invalid-uri 4:6"});
  CHECK(result.findings.at(0).fix == "write `sip:bob@example.com`");
  CHECK(matcher<One>(result).id.text == "bob@example.com");
}

TEST_CASE("a one with an extension matches nobody") {
  const Read result = read_in_identity("<one id=\"sip:a@b.example\">\n<x:only-when/></one>");
  CHECK(result.list() == Lines{"unknown-condition 3:1"});
  CHECK(std::holds_alternative<UnknownIdentity>(result.condition<IdentityCondition>().matchers.at(0)));
  CHECK(read_in_identity("<one id=\"sip:a@b.example\">\n<except/></one>").list() == Lines{"misplaced-element 3:1"});
  CHECK(read_in_identity("<one id=\"sip:a@b.example\">\n<unless/></one>").list() ==
        Lines{"unexpected-content 3:1"});
}

TEST_CASE("a domain that has no ASCII form is reported and equals no domain") {
  const Read result =
      read_in_identity("<many domain=\"\"/>\n<many domain=\"a..b\"><except domain=\"\xc3\x84xample.com\"/></many>");
  CHECK(result.list() == Lines{"invalid-value 2:7", "invalid-value 3:7"});
  CHECK(matcher<Many>(result, 0).domain->text.empty());
  CHECK_FALSE(matcher<Many>(result, 0).domain->ascii);
  CHECK(matcher<Many>(result, 1).excepts.at(0).domain->ascii == "xn--xample-9ta.com");
}

TEST_CASE("an except names somebody, by id or by domain") {
  const Read nobody = read_in_identity("<many>\n <except/></many>");
  CHECK(nobody.list() == Lines{"except-names-nobody 3:2"});
  CHECK(matcher<Many>(nobody).excepts.at(0) == Except{});

  const Read both = read_in_identity("<many>\n<except id=\"sip:a@b.example\" domain=\"c.example\"/></many>");
  CHECK(both.list() == Lines{"unexpected-content 3:30"});
  CHECK(matcher<Many>(both).excepts.at(0).id);
  CHECK(matcher<Many>(both).excepts.at(0).domain);

  CHECK(read_in_identity("<many>\n<except id=\"b\">text</except></many>").list() ==
        Lines{"unexpected-text 3:1", "identity-without-scheme 3:9"});
}

TEST_CASE("an unknown child of many makes it match nobody") {
  const Read unknown = read_in_identity("<many>\n<x:unless/></many>");
  CHECK(unknown.list() == Lines{"unknown-condition 3:1"});
  CHECK(matcher<Many>(unknown).never);

  const Read wrong = read_in_identity("<many>\n<pr:except id=\"sip:a@b.example\"/></many>");
  CHECK(wrong.list() == Lines{"wrong-namespace 3:1"});
  CHECK(matcher<Many>(wrong).never);

  const Read misplaced = read_in_identity("<many>\n<one id=\"sip:a@b.example\"/></many>");
  CHECK(misplaced.list() == Lines{"misplaced-element 3:1"});
  CHECK(matcher<Many>(misplaced).never);
}

TEST_CASE("an unknown child of identity matches nobody, and the others still count") {
  const Read result =
      read_in_identity("<pr:one id=\"sip:a@b.example\"/>\n<x:group/>\n<except id=\"sip:a@b.example\"/>\n<many/>");
  CHECK(result.list() == Lines{"wrong-namespace 2:1", "unknown-condition 3:1", "except-beside-many 4:1"});
  CHECK(
      result.findings.at(0).message ==
      "`<pr:one>` is in the namespace `urn:ietf:params:xml:ns:pres-rules`, where it has no meaning: it matches nobody");
  REQUIRE(result.condition<IdentityCondition>().matchers.size() == 4);
  CHECK(matcher<UnknownIdentity>(result, 0) == UnknownIdentity{"urn:ietf:params:xml:ns:pres-rules", "one", {}});
  CHECK(matcher<UnknownIdentity>(result, 1).local == "group");
  CHECK(std::holds_alternative<Many>(result.condition<IdentityCondition>().matchers[3]));
}
