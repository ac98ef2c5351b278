// The checker's own reading of the property language: each way to write a group, a guard or a claim is read as the prover reads it, or a
// certificate would be refused.

#include <catch2/catch.hpp>

#include <fmt/format.h>

#include "certificate/fixture.h"

namespace presproof::test {
namespace {

/// Rules that give a little of everything, at levels and lengths around those of the claims below.
Inputs policy() {
  const auto gives = [](const std::string& id, const std::string& conditions, const std::string& handling, const std::string& transformations) {
    return "<rule id=\"" + id + "\"><conditions>" + conditions + "</conditions><actions><pr:sub-handling>" + handling +
           "</pr:sub-handling></actions><transformations>" + transformations + "</transformations></rule>";
  };
  const auto geo = [](const std::string& radius) {
    return R"(<gp:provide-location profile="geodetic-transformation"><lp:provide-geo radius=")" + radius + "\"/></gp:provide-location>";
  };
  const auto civic = [](const std::string& level) {
    return R"(<gp:provide-location profile="civic-transformation"><lp:provide-civic>)" + level + "</lp:provide-civic></gp:provide-location>";
  };
  const std::string persons = "<pr:provide-persons><pr:all-persons/></pr:provide-persons>";
  return {.policies = {rule_set(
              gives("bob", one("sip:bob@example.com"), "allow",
                    persons + geo("4350") + "<pr:provide-user-input>thresholds</pr:provide-user-input><pr:provide-note>true</pr:provide-note>") +
              gives("carl", one("sip:carl@example.com") + "<sphere value=\"work home\"/>", "allow",
                    "<pr:provide-services><pr:class>biz</pr:class><pr:service-uri>sip:pub@one.example</pr:service-uri>"
                    "<pr:service-uri-scheme>sip</pr:service-uri-scheme></pr:provide-services>"
                    "<pr:provide-devices><pr:deviceID>urn:uuid:1</pr:deviceID><pr:occurrence-id>d1</pr:occurrence-id></pr:provide-devices>" +
                        civic("city") + "<gp:set-retention-expiry>86400</gp:set-retention-expiry>"
                                        "<gp:set-retransmission-allowed>true</gp:set-retransmission-allowed>") +
              gives("dora", one("sip:dora@example.net"), "confirm", persons) +
              gives("erin", one("sip:erin@example.net;x=1") + inside("48.1 11.5", "900"), "polite-block", persons + geo("100")) +
              gives("all", "<identity><many domain=\"corp.example\"/></identity>", "allow",
                    persons + "<pr:provide-all-attributes/><pr:provide-unknown-attribute ns=\"urn:x\" name=\"foo\">true</pr:provide-unknown-attribute>"))},
          .properties = {}};
}

/// Nothing that is proved or refuted of these properties may be refused by the checker.
std::size_t accepted_of(const std::string& properties) {
  Inputs inputs = policy();
  inputs.properties = properties;
  const Proved proved = prove(inputs);
  std::size_t accepted = 0;
  const auto answers = check(inputs, proved.certificate);
  INFO(properties << "\n" << shown(answers));
  for (std::size_t i = 0; i < answers.size(); ++i) {
    CHECK(answers[i].status != Status::refused);
    const auto verdict = proved.results[i].verdict;
    const bool certain = verdict == verify::Verdict::proved || verdict == verify::Verdict::violated;
    CHECK((answers[i].status == Status::accepted) == certain);
    accepted += answers[i].status == Status::accepted ? 1 : 0;
  }
  return accepted;
}

}  // namespace

TEST_CASE("every claim of the language is read as the prover reads it") {
  const std::vector<std::string> claims = {
      "handling block", "handling at least confirm", "handling at most polite-block", "handling polite-block", "handling at most block",
      "devices", "devices with uri \"urn:uuid:1\"", "devices with id \"d1\"", "devices with class \"biz\"", "persons", "services",
      "services with class \"biz\"", "services with uri \"sip:pub@ONE.example\"", "services with scheme \"sip\"", "services with scheme \"tel\"",
      "activities", "class", "deviceID", "mood", "place-is", "place-type", "privacy", "relationship", "sphere", "status-icon", "time-offset", "note",
      "user-input", "user-input at least thresholds", "user-input at least full", "attribute \"foo\" \"urn:x\"", "attribute \"bar\" \"urn:x\"",
      "attribute \"geopriv\" \"urn:ietf:params:xml:ns:pidf:geopriv10\"", "all-attributes", "anything", "location", "location finer than 4.35 km",
      "location finer than 4.36 km", "location finer than 4350 m", "location finer than 4350.5m", "location finer than 4e3 m",
      "location finer than 5e0 km", "location finer than 10 km", "location finer than 10.1 km", "geodetic finer than 20 km",
      "civic finer than region", "civic finer than city", "civic finer than none", "exact location", "effective location finer than 2 km",
      "effective location finer than 1.5 km", "retransmission", "retention longer than 24 h", "retention longer than 86399 s",
      "retention longer than 1439 min", "retention longer than 1 d", "rule \"bob\"", "rule \"nobody\"",
      "not mood", "mood or note and not activities", "(mood or note) and not (activities or anything)", "not not note"};
  std::string properties;
  std::size_t number = 0;
  for (const std::string& claim : claims) {
    for (const char* quantifier : {"never", "always", "sometimes"}) {
      for (const char* group : {"{ sip:bob@example.com }", "{ sip:carl@example.com }", "domain corp.example", "everyone"}) {
        properties += fmt::format("property \"{}\": for {} {} {}\n", ++number, group, quantifier, claim);
      }
    }
  }
  CHECK(accepted_of(properties) > number * 3 / 4);
}

TEST_CASE("every group, guard and statement of the language is read as the prover reads it") {
  CHECK(accepted_of(R"(# A comment with "quotes", { braces } and colons: none of it counts
group friends = { sip:bob@example.com, "sip:carl@example.com", # a comment inside
                  tel:+1-212-555-1234 }
group nobody = { }
group staff = domain CORP.example except { sip:boss@corp.example }
group others = everyone minus friends minus (staff minus { sip:erin@corp.example })
group same = others
person dora = { sip:dora@example.net, sip:dora@corp.example, sip:erin@example.net;x=2 }
group doras = dora minus { sip:dora@corp.example }
region park = circle 48.1 11.5 radius 0.9 km
region town = circle -48.1 -11.5e0 radius 5km
region bavaria = civic { country "DE", A1 "Bav\"aria" }
property "1": for friends never location finer than 1 km
property "2": for nobody never anything
property "3": for staff always handling allow
property "4": for others never services
property "5": for same minus dora never anything
property "6": for person dora never exact location
property "7": for doras never mood
property "8": for everyone minus doras minus staff never all-attributes
property "9": for { sip:erin@example.net } when inside park always handling at least polite-block
property "10": for { sip:erin@example.net;x=1 } when not inside park always handling block
property "11": for { sip:erin@example.net;x=3 } always handling block
property "12": for { sip:carl@example.com } when sphere is "WORK" always services with class "biz"
property "13": for { sip:carl@example.com } when sphere is not "work" and not sphere is "home" or sphere is undefined always handling block
property "14": for { sip:carl@example.com } when (sphere is "work") when not (sphere is "home") sometimes retransmission
property "15": for everyone when authenticated and inside town or inside bavaria never civic finer than building
property "16": for everyone when not authenticated never anything
property "17": for { sip:bob@example.com } during 2026-03-02T09:00:00+01:00..2026-03-06T18:00:00.5Z when inside circle 1 2 radius 3 m sometimes note
civic resolution { city 3 km, building 3000 m, full 1 m }
property "18": for friends never location finer than 3 km
property "19": for { sip:carl@example.com } when sphere is "home" always location finer than 3.1 km
property "a name with \"quotes\" and \\": for friends sometimes location
)") == 17);
}

}  // namespace presproof::test
