#pragma once

#include "certificate/fixture.h"

namespace presproof::test {

/// One of everything that a certificate can speak of, small enough to read.
inline Inputs rich_case() {
  const std::string domain = R"(<identity><many domain="corp.example"><except id="sip:mallory@corp.example"/></many></identity>)";
  const std::string civic = R"(<gp:location-condition><gp:location profile="civic-condition"><ca:country>DE</ca:country><ca:A1>Bavaria</ca:A1>)"
                            R"(</gp:location></gp:location-condition>)";
  const std::string spring = "<validity><from>2026-03-01T00:00:00Z</from><until>2026-06-01T00:00:00Z</until></validity>";
  return {.policies = {rule_set(rule("near", one("sip:bob@example.com") + inside("52.5 13.4", "1000"), "100") +
                                rule("city", one("sip:bob@example.com") + inside("52.52 13.41", "20000"), "1000") +
                                rule("staff", domain + "<sphere value=\"work\"/>", "500") +
                                rule("bavaria", one("sip:carl@example.com") + civic, "800") +
                                rule("spring", one("sip:dave@example.com") + spring, "700") +
                                rule("phone", one("tel:+12125551234"), "6000") + rule("mail", one("sip:ann@one.example"), "9000") +
                                rule("nobody", "<identity/>", "50"))},
          .properties = R"(
region home = circle 52.5 13.4 radius 2 km
region munich = circle 48.1 11.5 radius 5 km
person ann = { sip:ann@one.example, tel:+12125551234 }
property "away": for { sip:bob@example.com } when not inside home never geodetic finer than 500 m
property "munich": for { sip:bob@example.com } when inside munich never anything
property "work": for domain corp.example except { sip:mallory@corp.example } when sphere is "work" always activities and location
property "bavaria": for { sip:carl@example.com } when not inside civic { country "DE" } never anything
property "summer": for { sip:dave@example.com } during 2026-06-01T00:00:00Z .. 2027-01-01T00:00:00Z never anything
property "ann": for person ann never geodetic finer than 5 km
property "somebody": for everyone sometimes geodetic finer than 2 km
property "authenticated": for everyone minus person ann when authenticated and sphere is undefined never geodetic finer than 90 m
property "broken": for { sip:dave@example.com, sip:eve@example.com } never activities
property "not always": for { sip:carl@example.com } always anything
)"};
}

}  // namespace presproof::test
