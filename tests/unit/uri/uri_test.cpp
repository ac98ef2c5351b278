#include "uri/uri.h"

#include <catch2/catch.hpp>
#include <random>
#include <string>
#include <vector>

using presproof::uri::equivalent;
using presproof::uri::parse;
using presproof::uri::Uri;
using presproof::uri::well_formed;
using Domain = std::optional<std::string>;

namespace {

/// Both ways round, and never by two unequal cores.
bool same(const std::string& first, const std::string& second) {
  const Uri a = parse(first);
  const Uri b = parse(second);
  const bool forward = equivalent(a, b);
  CHECK(forward == equivalent(b, a));
  CHECK(equivalent(a, a));
  CHECK(equivalent(b, b));
  if (forward) CHECK(a.core == b.core);
  return forward;
}

}  // namespace

TEST_CASE("the equivalent URIs of RFC 3261 section 19.1.4 are equivalent", "[uri]") {
  CHECK(same("sip:%61lice@atlanta.com;transport=TCP", "sip:alice@AtLanTa.CoM;Transport=tcp"));
  CHECK(same("sip:carol@chicago.com", "sip:carol@chicago.com;newparam=5"));
  CHECK(same("sip:carol@chicago.com", "sip:carol@chicago.com;security=on"));
  CHECK(same("sip:carol@chicago.com;newparam=5", "sip:carol@chicago.com;security=on"));
  CHECK(same("sip:biloxi.com;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.com",
             "sip:biloxi.com;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.com"));
  CHECK(same("sip:alice@atlanta.com?subject=project%20x&priority=urgent",
             "sip:alice@atlanta.com?priority=urgent&subject=project%20x"));
}

TEST_CASE("the URIs that RFC 3261 section 19.1.4 calls different are different", "[uri]") {
  CHECK_FALSE(same("SIP:ALICE@AtLanTa.CoM;Transport=udp", "sip:alice@AtLanTa.CoM;Transport=UDP"));
  CHECK_FALSE(same("sip:bob@biloxi.com", "sip:bob@biloxi.com:5060"));
  CHECK_FALSE(same("sip:bob@biloxi.com", "sip:bob@biloxi.com;transport=udp"));
  CHECK_FALSE(same("sip:bob@biloxi.com", "sip:bob@biloxi.com:6000;transport=tcp"));
  CHECK_FALSE(same("sip:carol@chicago.com", "sip:carol@chicago.com?Subject=next%20meeting"));
  CHECK_FALSE(same("sip:bob@phone21.boxesbybob.com", "sip:bob@192.0.2.4"));
}

TEST_CASE("equivalence of sip URIs is not transitive", "[uri]") {
  CHECK(same("sip:carol@chicago.com;security=off", "sip:carol@chicago.com"));
  CHECK(same("sip:carol@chicago.com", "sip:carol@chicago.com;security=on"));
  CHECK_FALSE(same("sip:carol@chicago.com;security=on", "sip:carol@chicago.com;security=off"));
}

TEST_CASE("URIs of different schemes are never equivalent", "[uri]") {
  // RFC 5025 section 3.1.1.2, last paragraph.
  CHECK_FALSE(same("sip:+12125551234@example.com;user=phone", "tel:+12125551234"));
  CHECK_FALSE(same("sip:+12125551234@example.com", "tel:+12125551234"));
  CHECK_FALSE(same("sip:bob@example.com", "sips:bob@example.com"));
  CHECK_FALSE(same("sip:bob@example.com", "pres:bob@example.com"));
  CHECK_FALSE(same("pres:bob@example.com", "im:bob@example.com"));
  CHECK(same("SIP:bob@example.com", "sip:bob@example.com"));
}

TEST_CASE("the parameters user, ttl, method and maddr count when only one sip URI has them", "[uri]") {
  for (const std::string parameter : {";user=ip", ";user=phone", ";ttl=1", ";method=INVITE", ";maddr=192.0.2.1"}) {
    CAPTURE(parameter);
    CHECK_FALSE(same("sip:bob@example.com", "sip:bob@example.com" + parameter));
    CHECK(same("sip:bob@example.com;x=1" + parameter, "sip:bob@example.com" + parameter));
  }
  CHECK(same("sip:bob@example.com;USER=Phone", "sip:bob@example.com;user=phone"));
  CHECK_FALSE(same("sip:bob@example.com;ttl=1", "sip:bob@example.com;ttl=2"));
}

TEST_CASE("a transport counts when both have it, or when it is the scheme's default", "[uri]") {
  CHECK_FALSE(same("sip:bob@example.com;transport=tcp", "sip:bob@example.com;transport=udp"));
  CHECK_FALSE(same("sip:bob@example.com;transport=tcp", "sip:bob@example.com;transport=sctp"));
  CHECK(same("sip:bob@example.com;transport=tcp", "sip:bob@example.com"));
  CHECK_FALSE(same("sips:bob@example.com;transport=tcp", "sips:bob@example.com"));
  CHECK(same("sips:bob@example.com;transport=sctp", "sips:bob@example.com"));
}

TEST_CASE("other parameters of sip URIs count when both have them", "[uri]") {
  CHECK_FALSE(same("sip:bob@example.com;lr", "sip:bob@example.com;lr=on"));
  CHECK(same("sip:bob@example.com;lr;a=1", "sip:bob@example.com;A=1;LR"));
  CHECK(same("sip:bob@example.com;a=%78y", "sip:bob@example.com;a=XY"));
  CHECK(parse("sip:bob@example.com;b=2;A=1").others ==
        std::vector<std::pair<std::string, std::string>>{{"a", "1"}, {"b", "2"}});
}

TEST_CASE("headers of sip URIs are never ignored", "[uri]") {
  CHECK_FALSE(same("sip:bob@example.com?a=b", "sip:bob@example.com"));
  CHECK_FALSE(same("sip:bob@example.com?a=b", "sip:bob@example.com?a=b&c=d"));
  CHECK_FALSE(same("sip:bob@example.com?a=b", "sip:bob@example.com?a=c"));
  CHECK(same("sip:bob@example.com?A=b", "sip:bob@example.com?a=B"));
  CHECK(same("sip:bob@example.com?a=", "sip:bob@example.com?a="));
}

TEST_CASE("the userinfo of sip URIs is case-sensitive, password included", "[uri]") {
  CHECK_FALSE(same("sip:bob@example.com", "sip:Bob@example.com"));
  CHECK_FALSE(same("sip:bob:secret@example.com", "sip:bob:Secret@example.com"));
  CHECK_FALSE(same("sip:bob:secret@example.com", "sip:bob@example.com"));
  CHECK_FALSE(same("sip:bob:@example.com", "sip:bob@example.com"));
  CHECK_FALSE(same("sip:bob@example.com", "sip:example.com"));
  CHECK(same("sip:bob:s%65cret@example.com", "sip:bob:secret@example.com"));
}

TEST_CASE("an escape equals its character unless the character is reserved", "[uri]") {
  CHECK(same("sip:%62%6f%62@example.com", "sip:bob@example.com"));
  CHECK(same("sip:b%7eb@example.com", "sip:b~b@example.com"));
  CHECK(same("sip:jos%C3%A9@example.com", "sip:josé@example.com"));
  CHECK(same("sip:a%2fb@example.com", "sip:a%2Fb@example.com"));
  CHECK_FALSE(same("sip:a%2Fb@example.com", "sip:a/b@example.com"));
  CHECK_FALSE(same("sip:a%40b@example.com", "sip:a%26b@example.com"));
  CHECK_FALSE(same("sip:%2562ob@example.com", "sip:bob@example.com"));
  CHECK_FALSE(same("sip:%2562ob@example.com", "sip:%62ob@example.com"));
  CHECK(same("sip:a%3Bb=1@example.com;x=1", "sip:a%3bb=1@example.com"));
  CHECK_FALSE(same("sip:a%3Bb@example.com", "sip:a;b@example.com"));
}

TEST_CASE("hosts of sip URIs compare without case, by IDNA and by address", "[uri]") {
  CHECK(same("sip:bob@b%C3%BCcher.example", "sip:bob@XN--bcher-kva.example"));
  CHECK(same("sip:bob@bücher.example", "sip:bob@xn--bcher-kva.example"));
  CHECK(same("sip:bob@[2001:DB8:0::1]:5060", "sip:bob@[2001:db8::1]:5060"));
  CHECK(same("sip:bob@example.com:05060", "sip:bob@example.com:5060"));
  CHECK_FALSE(same("sip:bob@example.com.", "sip:bob@example.com"));
  CHECK_FALSE(same("sip:bob@a.example.com", "sip:bob@example.com"));
}

TEST_CASE("tel numbers compare without visual separators", "[uri]") {
  CHECK(same("tel:+1-201-555-0123", "tel:+12015550123"));
  CHECK(same("tel:+1.(201)555.0123", "TEL:+12015550123"));
  CHECK_FALSE(same("tel:+12015550123", "tel:+12015550124"));
  CHECK_FALSE(same("tel:+12015550123", "tel:12015550123;phone-context=+1"));
  CHECK(same("tel:7042;phone-context=Example.com", "tel:70-42;phone-context=example.COM"));
  CHECK(same("tel:863-1234;phone-context=+1-914-555", "tel:8631234;phone-context=+1914555"));
  CHECK_FALSE(same("tel:7042;phone-context=example.com", "tel:7042;phone-context=example.net"));
  CHECK(same("tel:*21A#;phone-context=example.com", "tel:*21a%23;phone-context=example.com"));
}

TEST_CASE("all parameters of tel URIs count, in any order", "[uri]") {
  CHECK_FALSE(same("tel:+12015550123;ext=12", "tel:+12015550123"));
  CHECK(same("tel:+12015550123;ext=1-2;isub=AB", "tel:+12015550123;ISUB=ab;EXT=12"));
  CHECK_FALSE(same("tel:+12015550123;ext=12", "tel:+12015550123;ext=13"));
  CHECK_FALSE(same("tel:+12015550123;x=1", "tel:+12015550123;y=1"));
}

TEST_CASE("a tel URI that cannot be taken apart compares octet by octet", "[uri]") {
  for (const std::string text : {"tel:7042", "tel:+12015550123;phone-context=+1", "tel:+", "tel:+12a", "tel:+1;ext=a",
                                 "tel:+1;x=1;X=2", "tel:+1;", "tel:+1;x=", "tel:--;phone-context=a.example"}) {
    CAPTURE(text);
    CHECK_FALSE(well_formed(text));
    CHECK(parse(text).core == "?" + text);
    CHECK(same(text, text));
  }
  CHECK_FALSE(same("tel:7042", "tel:70-42"));
}

TEST_CASE("of pres, im, mailto and xmpp URIs only the host ignores case", "[uri]") {
  for (const std::string scheme : {"pres", "im", "mailto", "xmpp"}) {
    CAPTURE(scheme);
    CHECK(same(scheme + ":bob@Example.com", scheme + ":bob@example.COM"));
    CHECK(same(scheme + ":b%6Fb@example.com", scheme + ":bob@example.com"));
    CHECK(same(scheme + ":bob@b%c3%bccher.example", scheme + ":bob@xn--bcher-kva.example"));
    CHECK_FALSE(same(scheme + ":Bob@example.com", scheme + ":bob@example.com"));
    CHECK_FALSE(same(scheme + ":bob@example.com?a=b", scheme + ":bob@example.com"));
    CHECK(parse(scheme + ":bob@Example.com?x").domain == Domain("example.com"));
    CHECK_FALSE(well_formed(scheme + ":bob@"));
    CHECK_FALSE(well_formed(scheme + ":bob@a@b"));
  }
  CHECK_FALSE(same("mailto:bob@example.com?subject=%61", "mailto:bob@example.com?subject=a"));
  CHECK(same("pres:bob@example.com?subject=%61", "pres:bob@example.com?subject=a"));
  CHECK_FALSE(well_formed("mailto:bob,alice@example.com"));
  CHECK_FALSE(well_formed("mailto:bob@example.com,alice@example.com"));
  CHECK(well_formed("xmpp:example.com"));
  CHECK_FALSE(well_formed("pres:example.com"));
  CHECK_FALSE(same("xmpp:bob@example.com/Desk", "xmpp:bob@example.com/desk"));
  CHECK_FALSE(well_formed("xmpp://guest@example.com/support@example.com"));
}

TEST_CASE("other URIs compare octet by octet", "[uri]") {
  CHECK(same("urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6", " urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6\n"));
  CHECK_FALSE(same("urn:uuid:F81D4FAE-7dec-11d0-a765-00a0c91e6bf6", "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6"));
  CHECK_FALSE(same("HTTP://example.com/", "http://example.com/"));
  CHECK(well_formed("http://example.com/"));
  CHECK_FALSE(parse("http://example.com/").domain);
  CHECK(parse("HTTP://example.com/").scheme == "http");
}

TEST_CASE("a text that is no URI compares octet by octet", "[uri]") {
  for (const std::string text : {"",
                                 "bob",
                                 "bob@example.com",
                                 ":bob",
                                 "1sip:bob",
                                 "sip:",
                                 "sip:@example.com",
                                 "sip::pw@example.com",
                                 "sip:bob@",
                                 "sip:bob@exa mple.com",
                                 "sip:bob@example.com:",
                                 "sip:bob@example.com:65536",
                                 "sip:bob@example.com:x",
                                 "sip:bob@example.com;",
                                 "sip:bob@example.com;=1",
                                 "sip:bob@example.com;a=",
                                 "sip:bob@example.com;a=1;A=2",
                                 "sip:bob@example.com?=b",
                                 "sip:bob@a@b",
                                 "sip:b%6@example.com",
                                 "sip:bob@[::1",
                                 "sip:bob@[::1]x",
                                 "<sip:bob@example.com>",
                                 "sip:bob@300.1.1.1",
                                 "sip:b%@example.com"}) {
    CAPTURE(text);
    CHECK_FALSE(well_formed(text));
    CHECK(parse(text).core == "?" + text);
    CHECK_FALSE(parse(text).domain);
    CHECK(same(text, text));
  }
  CHECK_FALSE(same("sip:bob@a@b", "sip:bob@A@b"));
  CHECK(parse("sip:bob@").scheme == "sip");
  CHECK(parse("bob").scheme.empty());
}

TEST_CASE("the domain of a URI is its host", "[uri]") {
  CHECK(parse("sip:bob@Example.com:5060;x=y?h=v").domain == Domain("example.com"));
  CHECK(parse("sips:example.com").domain == Domain("example.com"));
  CHECK(parse("sip:bob@[2001:DB8:0::1]:99").domain == Domain("[2001:db8::1]"));
  CHECK(parse("sip:bob@192.0.2.4").domain == Domain("192.0.2.4"));
  CHECK_FALSE(parse("tel:+12015550123").domain);
}

TEST_CASE("equivalence is reflexive and symmetric on random URIs", "[uri]") {
  std::mt19937 random(20260601);
  const auto pick = [&](const std::vector<std::string>& choices) {
    return choices[std::uniform_int_distribution<std::size_t>(0, choices.size() - 1)(random)];
  };
  std::vector<Uri> uris;
  for (int count = 0; count < 400; ++count) {
    uris.push_back(
        parse(pick({"sip:", "sips:", "SIP:", "pres:", "tel:+1"}) + pick({"", "bob@", "%62ob@", "bob:x@", "@"}) +
              pick({"example.com", "EXAMPLE.com", "[::1]", "201", "example.com."}) + pick({"", ":5060", ":"}) +
              pick({"", ";a=1", ";a=2", ";b", ";user=phone", ";transport=udp", ";b;a=1", ";a=1;b;ttl=3"}) +
              pick({"", "", "?x=y", "?x=y&z=%41"})));
  }
  int equivalent_pairs = 0;
  for (const Uri& a : uris) {
    REQUIRE(equivalent(a, a));
    for (const Uri& b : uris) {
      REQUIRE(equivalent(a, b) == equivalent(b, a));
      if (equivalent(a, b)) REQUIRE(a.core == b.core);
      if (a.core == b.core && (a.others.empty() || b.others.empty())) REQUIRE(equivalent(a, b));
      if (equivalent(a, b) && a.text != b.text) ++equivalent_pairs;
    }
  }
  CHECK(equivalent_pairs > 0);
}
