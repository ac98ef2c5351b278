#include "unit/lint/fixture.h"

namespace presproof::lint {

using diag::Code;

namespace {
std::size_t count(std::string_view matchers) {
  return Linted(rule("a", identity(matchers))).count(Code::except_outside_domain);
}
std::string message(std::string_view matchers) {
  return Linted(rule("a", identity(matchers))).message(Code::except_outside_domain);
}
}  // namespace

TEST_CASE("except-outside-domain fires for an identity of another domain", "[lint]") {
  CHECK(message(R"(<many domain="example.com"><except id="sip:bob@example.net"/></many>)") ==
        "`sip:bob@example.net` is not of the domain `example.com`, so it does not match anyway");
}

TEST_CASE("except-outside-domain takes a subdomain for another domain", "[lint]") {
  CHECK(count(R"(<many domain="example.com"><except id="sip:bob@sales.example.com"/></many>)") == 1);
  CHECK(count(R"(<many domain="example.com"><except domain="sales.example.com"/></many>)") == 1);
}

TEST_CASE("except-outside-domain is silent within the domain, whatever its letters' case", "[lint]") {
  CHECK(count(R"(<many domain="example.com"><except id="sip:bob@EXAMPLE.com"/></many>)") == 0);
  CHECK(count(R"(<many domain="example.com"><except domain="Example.COM"/></many>)") == 0);
}

TEST_CASE("except-outside-domain fires for a telephone number in a domain, and says when it does have one", "[lint]") {
  CHECK(message(R"(<many domain="example.com"><except id="tel:+12125551234"/></many>)") ==
        "`tel:+12125551234` is not of the domain `example.com`: it leaves nobody out, unless the same watcher also "
        "asserts "
        "an identity of `example.com`");
}

TEST_CASE("except-outside-domain is silent where any domain matches, and for what the reader reported", "[lint]") {
  CHECK(count(R"(<many><except id="sip:bob@example.net"/><except domain="example.org"/></many>)") == 0);
  CHECK(count(R"(<many domain="example.com"><except id="bob@example.net"/><except domain="*.example.com"/></many>)") ==
        0);
  CHECK(count(R"(<many domain="sip:example.com"><except id="sip:bob@example.net"/></many>)") == 0);
  CHECK(count(R"(<many domain="example.com"><except/></many>)") == 0);
}

TEST_CASE("except-outside-domain is mended by taking the exception away", "[lint]") {
  CHECK(Linted(rule("a", identity("<many domain=\"example.com\">\n  <except id=\"sip:bob@example.net\"/>\n</many>")))
            .fixed(Code::except_outside_domain) == rule("a", identity("<many domain=\"example.com\">\n</many>")));
}

}  // namespace presproof::lint
