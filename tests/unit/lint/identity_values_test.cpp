#include "unit/lint/fixture.h"

namespace presproof::lint {

using diag::Code;

namespace {
Linted linted(std::string_view matchers) { return Linted(rule("a", identity(matchers))); }
std::size_t count(Code code, std::string_view matchers) { return linted(matchers).count(code); }
std::string message(Code code, std::string_view matchers) { return linted(matchers).message(code); }
/// The matchers after the only finding was mended.
std::optional<std::string> fixed(Code code, std::string_view matchers) {
  const auto text = linted(matchers).fixed(code);
  if (!text) return std::nullopt;
  const auto begin = text->find("<identity>") + std::string_view("<identity>").size();
  return text->substr(begin, text->find("</identity>") - begin);
}
}  // namespace

TEST_CASE("identity-without-scheme fires for an address and for a telephone number", "[lint]") {
  const auto code = Code::identity_without_scheme;
  CHECK(message(code, R"(<one id="bob@example.com"/>)") ==
        "the `id` `bob@example.com` of `<one>` has no scheme, so it is no URI: nobody matches it");
  CHECK(message(code, R"(<many><except id="+1 212 555 1234"/></many>)") ==
        "the `id` `+1 212 555 1234` of `<except>` has no scheme, so it is no URI: it leaves nobody out");
  CHECK(linted(R"(<one id="bob@example.com"/>)").run(code)[0].fix == "write `sip:bob@example.com`");
  CHECK(linted(R"(<one id="bob"/>)").run(code)[0].fix ==
        "write the watcher's whole URI, such as `sip:bob@example.com`");
}

TEST_CASE("identity-without-scheme is silent for URIs, and for what is no address either", "[lint]") {
  const auto code = Code::identity_without_scheme;
  CHECK(count(code, R"(<one id="sip:bob@example.com"/><one id="tel:+12125551234"/><one id="urn:x:y"/>)") == 0);
  CHECK(count(code, R"(<one id=""/><one id="bob smith"/><one id="sip:"/>)") == 0);
  CHECK(count(Code::invalid_value, R"(<one id=""/><one id="bob smith"/><one id="sip:"/>)") == 2);
  CHECK(count(Code::invalid_uri, R"(<one id="sip:"/>)") == 1);
  CHECK(count(Code::invalid_value, R"(<one id="bob@example.com"/>)") == 0);
}

TEST_CASE("identity-without-scheme is mended where the scheme is clear", "[lint]") {
  const auto code = Code::identity_without_scheme;
  CHECK(fixed(code, R"(<one  id='bob@Example.com' />)") == R"(<one  id='sip:bob@example.com' />)");
  CHECK(fixed(code, R"(<one id="+1 (212) 555-1234"/>)") == R"(<one id="tel:+12125551234"/>)");
  CHECK(fixed(code, R"(<one id="o'neill@example.com"/>)") == R"(<one id="sip:o'neill@example.com"/>)");
  CHECK(fixed(code, R"(<one id='o&apos;neill@example.com'/>)") == R"(<one id='sip:o&apos;neill@example.com'/>)");
  CHECK_FALSE(fixed(code, R"(<one id="bob"/>)"));
  // It would be of another domain than the <many>.
  CHECK_FALSE(fixed(code, R"(<many domain="example.com"><except id="bob@example.net"/></many>)"));
  CHECK(fixed(code, R"(<many domain="example.com"><except id="bob@example.com"/></many>)") ==
        R"(<many domain="example.com"><except id="sip:bob@example.com"/></many>)");
}

TEST_CASE("domain-with-scheme fires for a URI in the place of a domain", "[lint]") {
  const auto code = Code::domain_with_scheme;
  CHECK(message(code, R"(<many domain="sip:example.com"/>)") ==
        "the `domain` `sip:example.com` of `<many>` has a scheme and is no domain name: nobody matches it");
  CHECK(message(code, R"(<many><except domain="http://example.com/"/></many>)") ==
        "the `domain` `http://example.com/` of `<except>` has a scheme and is no domain name: it leaves nobody out");
  CHECK(count(code, R"(<many domain="example.com"/><many domain="sip.example.com"/><many domain="sip"/>)") == 0);
  CHECK(count(Code::invalid_value, R"(<many domain="sip:example.com"/>)") == 0);
}

TEST_CASE("domain-with-scheme is mended to the domain alone", "[lint]") {
  const auto code = Code::domain_with_scheme;
  CHECK(fixed(code, R"(<many domain="sip:Example.com"/>)") == R"(<many domain="example.com"/>)");
  CHECK(fixed(code, R"(<many><except domain="http://example.com:80/"/></many>)") ==
        R"(<many><except domain="example.com"/></many>)");
  CHECK_FALSE(fixed(code, R"(<many domain="http://example.com/people"/>)"));
  CHECK_FALSE(fixed(code, R"(<many domain="example.com"><except domain="sip:example.net"/></many>)"));
}

TEST_CASE("domain-with-port fires for a port and is mended without it", "[lint]") {
  const auto code = Code::domain_with_port;
  CHECK(message(code, R"(<many domain="example.com:5060"/>)") ==
        "the `domain` `example.com:5060` of `<many>` has a port and is no domain name: nobody matches it");
  CHECK(fixed(code, R"(<many domain="example.com:5060"/>)") == R"(<many domain="example.com"/>)");
  CHECK(fixed(code, R"(<many><except domain="[::1]:5060"/></many>)") == R"(<many><except domain="[::1]"/></many>)");
  CHECK(count(code, R"(<many domain="example.com"/><many domain="[::1]"/><many domain="example.com:"/>)") == 0);
}

TEST_CASE("domain-glob fires for patterns, and nothing mends them", "[lint]") {
  const auto code = Code::domain_glob;
  CHECK(message(code, R"(<many domain="*.example.com"/>)") ==
        "the `domain` `*.example.com` of `<many>` is compared as it stands and is no pattern: nobody matches it");
  CHECK(linted(R"(<many domain="*.example.com"/>)").run(code)[0].fix ==
        "name each domain: `example.com`, and each of its subdomains that is meant");
  CHECK(linted(R"(<many domain="*"/>)").run(code)[0].fix == "for every domain, write `<many>` without a `domain`");
  CHECK(count(code, R"(<many domain=".example.com"/><many domain="example.?"/><many domain="*@example.com"/>)") == 3);
  CHECK(count(code, R"(<many domain="example.com"/><many domain="."/><many domain=""/>)") == 0);
  CHECK_FALSE(fixed(code, R"(<many domain="*.example.com"/>)"));
}

TEST_CASE("domain-with-user fires for the address of a single watcher", "[lint]") {
  const auto code = Code::domain_with_user;
  CHECK(message(code, R"(<many domain="bob@example.com"/>)") ==
        "the `domain` `bob@example.com` of `<many>` names a single watcher and not a domain: nobody matches it");
  CHECK(
      message(code, R"(<many><except domain="sip:bob@example.com"/></many>)") ==
      "the `domain` `sip:bob@example.com` of `<except>` names a single watcher and not a domain: it leaves nobody out");
  CHECK(count(code, R"(<many domain="example.com"/>)") == 0);
}

TEST_CASE("domain-with-user is mended to an id where one can stand", "[lint]") {
  const auto code = Code::domain_with_user;
  CHECK(fixed(code, R"(<many domain="bob@example.com"/>)") == R"(<one id="sip:bob@example.com"/>)");
  CHECK(fixed(code, R"(<many><except domain="sips:bob@example.com"/></many>)") ==
        R"(<many><except id="sips:bob@example.com"/></many>)");
  CHECK(fixed(code, R"(<many domain="@example.com"/>)") == R"(<many domain="example.com"/>)");
  CHECK_FALSE(fixed(code, R"(<many domain="bob@example.com"><except id="sip:x@example.com"/></many>)"));
  CHECK_FALSE(fixed(code, R"(<many domain="example.com"><except domain="bob@example.net"/></many>)"));
  CHECK_FALSE(fixed(code, R"(<many domain="mailto:bob@example.com"/>)"));
}

TEST_CASE("tel-local-number fires for a local number without a context", "[lint]") {
  const auto code = Code::tel_local_number;
  CHECK(message(code, R"(<one id="tel:5551234"/>)") ==
        "the `id` `tel:5551234` of `<one>` is a local number without a `phone-context` and means another "
        "telephone everywhere: nobody matches it");
  CHECK(count(code, R"(<one id="tel:1234;ext=5"/>)") == 1);
  CHECK(count(code, R"(<one id="tel:1234;phone-context=example.com"/><one id="tel:+12125551234"/>)") == 0);
  // No telephone number at all.
  CHECK(count(code, R"(<one id="tel:bob@example.com"/>)") == 0);
  CHECK(count(Code::invalid_uri, R"(<one id="tel:bob@example.com"/>)") == 1);
}

TEST_CASE("a rule whose domain is no domain name is not reported again as one that never matches", "[lint]") {
  for (const auto* domain : {"sip:example.com", "example.com:5060", "*.example.com", "bob@example.com"}) {
    Linted one_rule(rule("a", identity(std::string("<many domain=\"") + domain + "\"/>"), kAllow, kServices));
    auto sink = one_rule.sink();
    check_rule_never_matches(one_rule.facts({.never_match = {{0, 0}}, .redundant = {}}).context(), sink);
    CHECK(sink.diagnostics().size() == 1);
  }
}

TEST_CASE("except-beside-many fires for an exception that stands on either side of a many", "[lint]") {
  const auto code = Code::except_beside_many;
  CHECK(message(code, R"(<many domain="example.com"/><except id="sip:bob@example.com"/>)") ==
        "`<except>` stands beside a `<many>` and not in it: it leaves nobody out");
  CHECK(count(code, R"(<except id="sip:bob@example.com"/><many/>)") == 1);
  CHECK(count(Code::unexpected_content, R"(<except id="sip:bob@example.com"/><many/>)") == 0);
}

TEST_CASE("except-beside-many is silent within a many, and without any", "[lint]") {
  const auto code = Code::except_beside_many;
  CHECK(count(code, R"(<many><except id="sip:bob@example.com"/></many>)") == 0);
  CHECK(count(code, R"(<one id="sip:carol@example.com"/><except id="sip:bob@example.com"/>)") == 0);
}

TEST_CASE("except-beside-many is mended by moving the exception into the only many", "[lint]") {
  const auto code = Code::except_beside_many;
  CHECK(fixed(code,
              "\n  <many domain=\"example.com\">\n    <except id=\"sip:carol@example.com\"/>\n  </many>\n"
              "  <except id=\"sip:bob@example.com\"/>\n") ==
        "\n  <many domain=\"example.com\">\n    <except id=\"sip:carol@example.com\"/>\n"
        "    <except id=\"sip:bob@example.com\"/>\n  </many>\n");
  CHECK(fixed(code, R"(<many/><except domain="example.net"/>)") == R"(<many><except domain="example.net"/></many>)");
  // Which one was meant is not clear, or it would do nothing there.
  CHECK_FALSE(fixed(code, R"(<many/><many domain="example.com"/><except id="sip:bob@example.com"/>)"));
  CHECK_FALSE(fixed(code, R"(<many domain="example.com"/><except id="sip:bob@example.net"/>)"));
  CHECK_FALSE(fixed(code, R"(<many><except domain="example.net"/></many><except id="sip:bob@example.net"/>)"));
  CHECK_FALSE(fixed(code, R"(<many/><except/>)"));
}

TEST_CASE("identity-with-parameters fires for headers and for parameters of requests", "[lint]") {
  const auto code = Code::identity_with_parameters;
  CHECK(message(code, R"(<one id="sip:bob@example.com?subject=lunch"/>)") ==
        "`sip:bob@example.com?subject=lunch` has headers, which no watcher's identity has: nobody matches it");
  CHECK(
      message(code, R"(<many><except id="sip:bob@example.com;x=1;METHOD=INVITE;ttl=1?a=b"/></many>)") ==
      "`sip:bob@example.com;x=1;METHOD=INVITE;ttl=1?a=b` has the parameter `method`, the parameter `ttl` and headers, "
      "which no watcher's identity has: it leaves nobody out");
  CHECK(count(code, R"(<one id="pres:bob@example.com?a=b"/>)") == 1);
}

TEST_CASE("identity-with-parameters is silent for what an identity may have", "[lint]") {
  CHECK(count(Code::identity_with_parameters,
              R"(<one id="sip:bob@example.com;transport=tcp;user=phone;gr=x"/><one id="sip:bob@example.com:5070"/>
                 <one id="sip:wh?o@example.com"/><one id="sip:a;method=b@example.com"/><one id="mailto:b@example.com?a=b"/>
                 <one id="http://example.com/?a=b"/><one id="tel:+1212;method=x"/>)") == 0);
}

TEST_CASE("identity-with-parameters is mended to the URI without them", "[lint]") {
  const auto code = Code::identity_with_parameters;
  CHECK(fixed(code, R"(<one id="sip:bob@example.com;x=1;method=INVITE;lr?a=b&amp;c=d"/>)") ==
        R"(<one id="sip:bob@example.com;x=1;lr"/>)");
  CHECK(fixed(code, R"(<one id="im:bob@example.com?a=b"/>)") == R"(<one id="im:bob@example.com"/>)");
}

TEST_CASE("identity-never-authenticated fires for what is no user", "[lint]") {
  const auto code = Code::identity_never_authenticated;
  CHECK(message(code, R"(<one id="sms:+12125551234"/>)") ==
        "nobody is authenticated by a `sms` URI such as `sms:+12125551234`: nobody matches it");
  CHECK(message(code, R"(<many><except id="FILE:///bob"/></many>)") ==
        "nobody is authenticated by a `file` URI such as `FILE:///bob`: it leaves nobody out");
}

TEST_CASE("identity-never-authenticated is silent for what some protocol may authenticate", "[lint]") {
  const auto code = Code::identity_never_authenticated;
  CHECK(count(code,
              R"(<one id="mailto:bob@example.net"/><one id="xmpp:bob@example.net"/><one id="http://example.net/bob"/>
                       <one id="sip:bob@example.net"/><one id="tel:+1212"/><one id="urn:uuid:1"/><one id="new:scheme"/>)") ==
        0);
  // except-outside-domain says it.
  CHECK(count(code, R"(<many domain="example.com"><except id="sms:+1212"/></many>)") == 0);
  CHECK(count(Code::except_outside_domain, R"(<many domain="example.com"><except id="sms:+1212"/></many>)") == 1);
}

}  // namespace presproof::lint
