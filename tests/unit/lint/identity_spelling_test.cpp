#include "lint/identities.h"

#include "unit/lint/fixture.h"

namespace presproof::lint {

using diag::Code;

namespace {
Linted linted(std::string_view matchers) { return Linted(rule("a", identity(matchers))); }
std::size_t count(Code code, std::string_view matchers) { return linted(matchers).count(code); }
std::optional<std::string> fixed(Code code, std::string_view matchers) {
  const auto text = linted(matchers).fixed(code);
  if (!text) return std::nullopt;
  const auto begin = text->find("<identity>") + std::string_view("<identity>").size();
  return text->substr(begin, text->find("</identity>") - begin);
}
}  // namespace

TEST_CASE("domain-upper-case fires for a many and for an except", "[lint]") {
  const auto code = Code::domain_upper_case;
  CHECK(linted(R"(<many domain="Example.COM"/>)").message(code) ==
        "the domain `Example.COM` has upper-case letters, which do not count");
  CHECK(count(code, R"(<many><except domain="eXample.com"/></many>)") == 1);
  CHECK(count(code, R"(<many domain="example.com"><except id="sip:Bob@example.com"/></many>)") == 0);
}

TEST_CASE("domain-upper-case leaves escapes and what is no domain alone", "[lint]") {
  const auto code = Code::domain_upper_case;
  CHECK(count(code, R"(<many domain="b%C3%BCcher.example"/><many domain="Not A Domain"/>)") == 0);
  CHECK(count(code, "<many domain=\"b\xc3\xbc\x63her.example\"/>") == 0);
}

TEST_CASE("domain-upper-case is mended in place", "[lint]") {
  const auto code = Code::domain_upper_case;
  CHECK(fixed(code, R"(<many domain = 'Example.COM'><!-- all --></many>)") ==
        R"(<many domain = 'example.com'><!-- all --></many>)");
  CHECK(fixed(code, R"(<many><except id="sip:Bob@b.example" domain="Example.COM"/></many>)") ==
        R"(<many><except id="sip:Bob@b.example" domain="example.com"/></many>)");
}

TEST_CASE("tel-visual-separators fires where the same number is written otherwise elsewhere", "[lint]") {
  const auto code = Code::tel_visual_separators;
  Linted two(rule("a", one("tel:+12125551234")) + rule("b", one("tel:+1-212-555-1234")));
  const auto found = two.run(code);
  REQUIRE(found.size() == 1);
  CHECK(found[0].message ==
        "`tel:+1-212-555-1234` is the same number as `tel:+12125551234`, which a server that compares texts does not "
        "see");
  CHECK(found[0].rule == "b");
  CHECK(found[0].related.at(0).message == "rule `a` writes it so");
  CHECK(two.fixed(code) == rule("a", one("tel:+12125551234")) + rule("b", one("tel:+12125551234")));
  CHECK(Linted(rule("a", one("tel:+1.212")) + rule("b", one("tel:+1-212"))).count(code) == 2);
}

TEST_CASE("tel-visual-separators is silent when a number is always written in the same way", "[lint]") {
  const auto code = Code::tel_visual_separators;
  CHECK(Linted(rule("a", one("tel:+1-212-555-1234")) + rule("b", one("tel:+1-212-555-1234"))).count(code) == 0);
  CHECK(Linted(rule("a", one("tel:+1-212-555-1234")) + rule("b", one("tel:+12125551235"))).count(code) == 0);
  // A repetition within one condition is repeated-identity.
  CHECK(count(code, R"(<one id="tel:+1-212"/><one id="tel:+1212"/>)") == 0);
  CHECK(count(Code::repeated_identity, R"(<one id="tel:+1-212"/><one id="tel:+1212"/>)") == 1);
}

TEST_CASE("uri-spelling fires for upper case in scheme and host and for idle escapes", "[lint]") {
  const auto code = Code::uri_spelling;
  CHECK(linted(R"(<one id="SIP:%62ob@EXAMPLE.com"/>)").message(code) ==
        "`SIP:%62ob@EXAMPLE.com` is an unusual spelling of `sip:bob@example.com`");
  CHECK(count(code, R"(<one id="TEL:+1212"/><many><except id="pres:bob@Example.com"/></many>)") == 2);
}

TEST_CASE("uri-spelling is silent where the spelling counts or is as usual", "[lint]") {
  const auto code = Code::uri_spelling;
  CHECK(count(code, R"(<one id="sip:Bob@example.com"/><one id="sip:b%40b@example.com"/><one id="tel:+1-212"/>
                       <one id="HTTP://EXAMPLE.com/"/><one id="Bob@EXAMPLE.com"/><one id="sip:bob@example.com;Transport=TCP"/>
                       <one id="sip:[::1]:5060"/><one id="sip:bob@example.com?Subject=x"/>)") == 0);
}

TEST_CASE("uri-spelling is mended, and the rest of the URI stays as it is", "[lint]") {
  const auto code = Code::uri_spelling;
  CHECK(fixed(code, R"(<one id="Sip:Bob@EXAMPLE.com:5060;Transport=TCP"/>)") ==
        R"(<one id="sip:Bob@example.com:5060;Transport=TCP"/>)");
  CHECK(fixed(code, R"(<many><except id="XMPP:bob@Example.com/Home"/></many>)") ==
        R"(<many><except id="xmpp:bob@example.com/Home"/></many>)");
  CHECK(fixed(code, R"(<one id="sip:[2001:DB8::1]:5060"/>)") == R"(<one id="sip:[2001:db8::1]:5060"/>)");
  CHECK(fixed(code, R"(<one id="SIP:b%26b@example.com?a=b&amp;c=d"/>)") ==
        R"(<one id="sip:b%26b@example.com?a=b&amp;c=d"/>)");
}

TEST_CASE("repeated-identity fires for equal URIs and for equal domains with the same exceptions", "[lint]") {
  const auto code = Code::repeated_identity;
  CHECK(linted(R"(<one id="sip:bob@example.com"/><one id="sip:bob@EXAMPLE.com"/>)").message(code) ==
        "rule `a` names `sip:bob@EXAMPLE.com` twice in one `identity`");
  CHECK(linted(R"(<many domain="example.com"/><many domain="Example.com"/>)").message(code) ==
        "rule `a` names the domain `Example.com` twice in one `identity`");
  CHECK(linted("<many/><many/>").message(code) == "rule `a` names every authenticated watcher twice in one `identity`");
  CHECK(count(code, R"(<many><except domain="b.example"/><except id="sip:c@d.example"/></many>
                       <many><except id="sip:c@D.example"/><except domain="b.example"/></many>)") == 1);
  CHECK(count(code, R"(<one id="sip:a@b.example"/><one id="sip:a@b.example"/><one id="sip:a@b.example"/>)") == 2);
}

TEST_CASE("repeated-identity is silent where the second one matches somebody else", "[lint]") {
  const auto code = Code::repeated_identity;
  CHECK(count(code, R"(<one id="sip:bob@example.com"/><one id="sip:Bob@example.com"/>)") == 0);
  CHECK(count(code,
              R"(<many domain="example.com"/><many domain="example.com"><except id="sip:b@example.com"/></many>)") ==
        0);
  CHECK(count(code, R"(<many domain="no domain"/><many domain="no domain"/>)") == 0);
  // Equivalent, but the second one matches `sip:bob@example.com;x=2`, too.
  CHECK(count(code, R"(<one id="sip:bob@example.com;x=1"/><one id="sip:bob@example.com"/>)") == 0);
  CHECK(count(code, R"(<one id="sip:bob@example.com"/><one id="sip:bob@example.com;x=1"/>)") == 1);
  // Two conditions are ANDed.
  CHECK(Linted(rule("a", one("sip:b@c.example") + one("sip:b@c.example"))).count(code) == 0);
}

TEST_CASE("repeated-identity is mended by taking the later one away, unless it holds a comment", "[lint]") {
  const auto code = Code::repeated_identity;
  CHECK(fixed(code, "\n  <one id=\"sip:bob@example.com\"/> <!-- Bob -->\n  <one id=\"sip:bob@example.com\"/>\n") ==
        "\n  <one id=\"sip:bob@example.com\"/> <!-- Bob -->\n");
  CHECK_FALSE(fixed(code, R"(<many/><many><!-- everybody --></many>)"));
}

TEST_CASE("identity-covered fires for a one whom a many beside it matches", "[lint]") {
  const auto code = Code::identity_covered;
  CHECK(linted(R"(<one id="sip:bob@example.com"/><many domain="Example.com"/>)").message(code) ==
        "rule `a` matches `sip:bob@example.com` anyway, by a `many` beside this `one`");
  CHECK(count(code, R"(<many/><one id="tel:+1212"/>)") == 1);
  CHECK(count(code, R"(<many domain="example.com"><except id="sip:carol@example.com"/></many>
                       <one id="sip:bob@example.com"/>)") == 1);
}

TEST_CASE("identity-covered is silent for another domain, for the excepted and for repetitions", "[lint]") {
  const auto code = Code::identity_covered;
  CHECK(count(code, R"(<one id="sip:bob@sales.example.com"/><many domain="example.com"/>)") == 0);
  CHECK(
      count(code,
            R"(<one id="sip:bob@example.com"/><many domain="example.com"><except id="sip:bob@example.com"/></many>)") ==
      0);
  CHECK(count(code, R"(<one id="sip:bob@example.com"/><many><except domain="example.com"/></many>)") == 0);
  CHECK(count(code, R"(<one id="sip:bob@example.com;x=1"/><many><except id="sip:bob@example.com;x=2"/></many>)") == 0);
  CHECK(Linted(rule("a", one("sip:b@c.example") + identity("<many/>"))).count(code) == 0);

  auto repeated = linted(R"(<one id="sip:a@b.example"/><one id="sip:a@b.example"/><many/>)");
  auto sink = repeated.sink();
  check_repeated_identity(repeated.context(), sink);
  check_identity_covered(repeated.context(), sink);
  CHECK(sink.diagnostics().size() == 2);
}

TEST_CASE("identity-covered is mended where the many has no exceptions", "[lint]") {
  const auto code = Code::identity_covered;
  CHECK(fixed(code, R"(<one id="sip:bob@example.com"/><many domain="example.com"/>)") ==
        R"(<many domain="example.com"/>)");
  CHECK_FALSE(
      fixed(code, R"(<one id="sip:b@c.example"/><many domain="c.example"><except id="sip:d@c.example"/></many>)"));
}

TEST_CASE("mentions are found by the places of their elements and domains, in any document", "[lint]") {
  Linted two(rule("a", one("sip:b@c.example")));
  two.add(rule("b", kBob) + rule("c", identity("<many domain=\"x.example\"><except domain=\"y.example\"/></many>")));
  const auto context = two.context();
  std::size_t seen = 0;
  each_mention(two.policy(), [&](const Mention& mention) {
    ++seen;
    const auto found = mention_at(context, mention.span());
    REQUIRE(found.has_value());
    CHECK((found->rule == mention.rule && found->one == mention.one && found->except == mention.except));
    if (mention.domain() != nullptr) CHECK(mention_at(context, mention.domain()->span)->domain() == mention.domain());
  });
  CHECK(seen == 4);
  CHECK_FALSE(mention_at(context, two.policy().documents[0].rules[0].span).has_value());
}

}  // namespace presproof::lint
