#include "sip/header_value.h"

#include <catch2/catch.hpp>

using namespace presproof::sip;
using Text = std::optional<std::string>;

TEST_CASE("values are split outside of quotes and angle brackets", "[sip]") {
  using Pieces = std::vector<std::string_view>;
  CHECK(split_outside_quotes("a, b ,c", ',') == Pieces{"a", "b", "c"});
  CHECK(split_outside_quotes(R"("a, \", b" <sip:x,y@z>, c)", ',') == Pieces{R"("a, \", b" <sip:x,y@z>)", "c"});
  CHECK(split_outside_quotes("", ',') == Pieces{""});
  CHECK_FALSE(split_outside_quotes("\"a, b", ','));
  CHECK_FALSE(split_outside_quotes("<a, b", ','));
  CHECK_FALSE(split_outside_quotes("a> b", ','));
  CHECK_FALSE(split_outside_quotes("<<a>", ','));
  CHECK_FALSE(split_outside_quotes(R"("a\")", ','));
}

TEST_CASE("an address is the URI in angle brackets or before the parameters", "[sip]") {
  CHECK(read_address("<sip:bob@example.com>") == Text("sip:bob@example.com"));
  CHECK(read_address("Bob Smith <sip:bob@example.com;user=phone>;tag=1") == Text("sip:bob@example.com;user=phone"));
  CHECK(read_address(R"("<sip:mallory@example.net>" <sip:bob@example.com>;tag=1)") == Text("sip:bob@example.com"));
  CHECK(read_address(R"("a \" <sip:mallory@example.net>" <sip:bob@example.com>)") == Text("sip:bob@example.com"));
  CHECK(read_address("sip:bob@example.com;tag=1") == Text("sip:bob@example.com"));
  CHECK(read_address("tel:+12125551234") == Text("tel:+12125551234"));
  CHECK_FALSE(read_address(""));
  CHECK_FALSE(read_address("<>"));
  CHECK_FALSE(read_address("<sip:bob@example.com"));
  CHECK_FALSE(read_address("<sip:bob@example.com> <sip:mallory@example.net>"));
  CHECK_FALSE(read_address("sip:bob@example.com sip:mallory@example.net"));
  CHECK_FALSE(read_address("sip:bob@example.com?a=b"));
  CHECK_FALSE(read_address("\"Bob\" x <sip:bob@example.com>"));
  CHECK_FALSE(read_address("<sip:bob@example.com>;=1"));
}

TEST_CASE("a Via tells the host it was sent by", "[sip]") {
  CHECK(read_via("SIP/2.0/UDP proxy.Example.com:5060;branch=z9hG4bK1")->host == "proxy.example.com");
  CHECK(read_via("SIP / 2.0 / TLS [2001:DB8::1]:5061 ; received=192.0.2.1")->host == "[2001:db8::1]");
  CHECK(read_via("SIP/2.0/TLS [2001:DB8::1]")->host == "[2001:db8::1]");
  CHECK(read_via("SIP/2.0/UDP 192.0.2.1 : 99;Received=192.0.2.2")->parameters.at("received") == "192.0.2.2");
  CHECK_FALSE(read_via("proxy.example.com"));
  CHECK_FALSE(read_via("SIP/2.0 proxy.example.com"));
  CHECK_FALSE(read_via("SIP/2.0/UDP"));
  CHECK_FALSE(read_via("SIP/2.0/UDP host:port"));
  CHECK_FALSE(read_via("SIP/2.0/UDP a b"));
  CHECK_FALSE(read_via("SIP/2.0/UDP [::1"));
  CHECK_FALSE(read_via("SIP/2.0/UDP proxy.example.com;received=1;received=2"));
}

TEST_CASE("credentials are a scheme and parameters", "[sip]") {
  const auto credentials = read_credentials(R"(Digest  username="a\"li", realm="x, y",qop=auth)");
  REQUIRE(credentials);
  CHECK(credentials->scheme == "digest");
  CHECK(credentials->parameters == Parameters{{"username", "a\"li"}, {"realm", "x, y"}, {"qop", "auth"}});
  CHECK_FALSE(read_credentials("Digest"));
  CHECK_FALSE(read_credentials("Digest username=\"ali\", username=\"bob\""));
  CHECK_FALSE(read_credentials("Digest username=\"ali"));
  CHECK_FALSE(read_credentials("Digest username="));
}

TEST_CASE("a value may have parameters", "[sip]") {
  const auto identity = read_parametrised("eyJ.a-b_c;info=<https://example.com/cert.pem;v=1>;alg=ES256");
  REQUIRE(identity);
  CHECK(identity->value == "eyJ.a-b_c");
  CHECK(identity->parameters == Parameters{{"info", "https://example.com/cert.pem;v=1"}, {"alg", "ES256"}});
  CHECK_FALSE(read_parametrised(";info=x"));
}
