#include <catch2/catch.hpp>
#include <string>

#include "uri/uri.h"

using presproof::uri::to_ascii_domain;
using Domain = std::optional<std::string>;

TEST_CASE("a domain compares in lower case", "[uri]") {
  CHECK(to_ascii_domain("Example.COM") == Domain("example.com"));
  CHECK(to_ascii_domain(" example.com\n") == Domain("example.com"));
  CHECK(to_ascii_domain("localhost") == Domain("localhost"));
  CHECK(to_ascii_domain("my_host.example") == Domain("my_host.example"));
}

TEST_CASE("a domain is percent-decoded before anything else", "[uri]") {
  CHECK(to_ascii_domain("ex%61mple%2Ecom") == Domain("example.com"));
  CHECK(to_ascii_domain("b%C3%BCcher.example") == Domain("xn--bcher-kva.example"));
  CHECK_FALSE(to_ascii_domain("example.com%"));
  CHECK_FALSE(to_ascii_domain("example%2.com"));
  CHECK_FALSE(to_ascii_domain("example.com%00.evil.example"));
  CHECK_FALSE(to_ascii_domain("bob%40example.com"));
}

TEST_CASE("an international domain equals its ASCII form", "[uri]") {
  CHECK(to_ascii_domain("bücher.example") == Domain("xn--bcher-kva.example"));
  CHECK(to_ascii_domain("BÜCHER.Example") == Domain("xn--bcher-kva.example"));
  CHECK(to_ascii_domain("XN--BCHER-KVA.example") == Domain("xn--bcher-kva.example"));
  CHECK(to_ascii_domain("bücher。example") == Domain("xn--bcher-kva.example"));  // ideographic full stop
}

TEST_CASE("sharp s is mapped to ss as RFC 3490 says", "[uri]") {
  CHECK(to_ascii_domain("faß.example") == Domain("fass.example"));
  CHECK(to_ascii_domain("fass.example") == Domain("fass.example"));
}

TEST_CASE("a trailing dot is a spelling of its own", "[uri]") {
  CHECK(to_ascii_domain("example.com.") == Domain("example.com."));
  CHECK(to_ascii_domain("bücher.example.") == Domain("xn--bcher-kva.example."));
  CHECK_FALSE(to_ascii_domain("example.com.."));
  CHECK_FALSE(to_ascii_domain("."));
}

TEST_CASE("no label is empty, too long or made of other characters", "[uri]") {
  CHECK_FALSE(to_ascii_domain(""));
  CHECK_FALSE(to_ascii_domain(".example.com"));
  CHECK_FALSE(to_ascii_domain("example..com"));
  CHECK_FALSE(to_ascii_domain("-example.com"));
  CHECK_FALSE(to_ascii_domain("example-.com"));
  CHECK_FALSE(to_ascii_domain("exam ple.com"));
  CHECK_FALSE(to_ascii_domain("example.com/path"));
  CHECK_FALSE(to_ascii_domain("\xC3\x28.example"));  // not UTF-8
  CHECK(to_ascii_domain(std::string(63, 'a') + ".example"));
  CHECK_FALSE(to_ascii_domain(std::string(64, 'a') + ".example"));
}

TEST_CASE("a domain has at most 253 characters", "[uri]") {
  std::string domain;
  for (int label = 0; label < 4; ++label) domain += std::string(60, 'a') + ".";
  CHECK(domain.size() == 244);
  CHECK(to_ascii_domain(domain + std::string(9, 'b')));
  CHECK(to_ascii_domain(domain + std::string(9, 'b') + "."));
  CHECK_FALSE(to_ascii_domain(domain + std::string(10, 'b')));
}

TEST_CASE("an address literal is its own domain", "[uri]") {
  CHECK(to_ascii_domain("192.0.2.4") == Domain("192.0.2.4"));
  CHECK_FALSE(to_ascii_domain("192.0.2.256"));
  CHECK_FALSE(to_ascii_domain("example.4"));
  CHECK(to_ascii_domain("[2001:DB8:0:0::1]") == Domain("[2001:db8::1]"));
  CHECK_FALSE(to_ascii_domain("[2001:DB8::1::2]"));
  CHECK_FALSE(to_ascii_domain("[]"));
  CHECK_FALSE(to_ascii_domain("["));
}
