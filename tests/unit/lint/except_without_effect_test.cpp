#include "unit/lint/fixture.h"

namespace presproof::lint {

using diag::Code;

namespace {
std::size_t count(std::string_view matchers) {
  return Linted(rule("a", identity(matchers))).count(Code::except_without_effect);
}
std::string message(std::string_view matchers) {
  return Linted(rule("a", identity(matchers))).message(Code::except_without_effect);
}
}  // namespace

TEST_CASE("except-without-effect leaves an exception of another domain to except-outside-domain", "[lint]") {
  CHECK(count(R"(<many domain="example.com"><except id="sip:bob@example.net"/></many>)") == 0);
  CHECK(count(R"(<one id="sip:bob@example.net"/>
      <many domain="example.com"><except id="sip:bob@example.net"/></many>)") == 0);
}

TEST_CASE("except-without-effect is silent where any domain matches", "[lint]") {
  CHECK(
      count(
          R"(<many><except id="sip:bob@example.net"/><except domain="example.org"/><except id="tel:+1212"/></many>)") ==
      0);
}

TEST_CASE("except-without-effect reports the later of two equal exceptions, once", "[lint]") {
  Linted linted(rule("a", identity(R"(<many><except id="sip:bob@example.net"/>
      <except id="sip:bob@EXAMPLE.NET"/></many>)")));
  const auto found = linted.run(Code::except_without_effect);
  REQUIRE(found.size() == 1);
  CHECK(found[0].message == "another exception leaves out `sip:bob@EXAMPLE.NET` already");
  CHECK(found[0].span.line > found[0].related.at(0).span.line);
  CHECK(count(R"(<many><except domain="example.net"/><except domain="example.net"/></many>)") == 1);
}

TEST_CASE("except-without-effect fires for an identity of an excepted domain, on either side of it", "[lint]") {
  CHECK(count(R"(<many><except domain="example.net"/><except id="sip:bob@example.net"/></many>)") == 1);
  CHECK(count(R"(<many><except id="sip:bob@example.net"/><except domain="example.net"/></many>)") == 1);
}

TEST_CASE("except-without-effect fires when a brother of the many lets the excepted in", "[lint]") {
  CHECK(message(R"(<one id="sip:bob@example.net"/><many><except id="sip:bob@example.net"/></many>)") ==
        "`sip:bob@example.net` matches all the same: another child of this `identity` lets it in");
  CHECK(count(R"(<many domain="example.net"/><many><except id="sip:bob@example.net"/></many>)") == 1);
  CHECK(count(R"(<many domain="example.org"/><many><except id="sip:bob@example.net"/></many>)") == 0);
  CHECK(count(R"(<one id="sip:carol@example.net"/><many><except id="sip:bob@example.net"/></many>)") == 0);
}

TEST_CASE("except-without-effect leaves an exception that names nobody to the reader", "[lint]") {
  CHECK(count(R"(<many domain="example.com"><except/></many>)") == 0);
}

TEST_CASE("except-without-effect is mended where another exception covers it", "[lint]") {
  const auto fixed = [](std::string_view matchers) {
    return Linted(rule("a", identity(matchers))).fixed(Code::except_without_effect);
  };
  CHECK(fixed("<many>\n  <except id=\"sip:bob@example.net\"/>\n  <except id=\"sip:bob@EXAMPLE.net\"/>\n</many>") ==
        rule("a", identity("<many>\n  <except id=\"sip:bob@example.net\"/>\n</many>")));
  CHECK(fixed(R"(<many><except id="sip:bob@example.net"/><except domain="example.net"/></many>)") ==
        rule("a", identity(R"(<many><except domain="example.net"/></many>)")));
  // It also leaves out `sip:bob@example.net;x=2`.
  CHECK_FALSE(fixed(R"(<many><except id="sip:bob@example.net;x=1"/><except id="sip:bob@example.net"/></many>)"));
  CHECK_FALSE(fixed(R"(<one id="sip:bob@example.net"/><many><except id="sip:bob@example.net"/></many>)"));
}

}  // namespace presproof::lint
