// Each claim of the property language: a rule set for which it is proved, and one for which it is refuted.

#include "proving.h"

namespace presproof {
namespace {

using namespace test;

const std::string kBob = "sip:bob@example.com";
const std::string kForBob = "for { sip:bob@example.com } ";

/// bob is allowed and gets these transformations.
std::string gives(const std::string& transformations) { return rule("r", one(kBob), kAllow, transformations); }

struct Row {
  std::string claim;
  std::string shown;      ///< transformations under which it holds
  std::string withheld;  ///< transformations under which it does not
};

}  // namespace

TEST_CASE("each claim holds when a rule gives it, and never does when none gives enough") {
  const std::vector<Row> rows = {
      {"persons", kPersons, kServices},
      {"services", kServices, kPersons},
      {"devices", "<pr:provide-devices><pr:deviceID>urn:uuid:1</pr:deviceID></pr:provide-devices>", kPersons},
      {"services with scheme \"sip\"", "<pr:provide-services><pr:service-uri-scheme>sip</pr:service-uri-scheme></pr:provide-services>",
       "<pr:provide-services><pr:service-uri-scheme>tel</pr:service-uri-scheme></pr:provide-services>"},
      {"services with class \"x\"", kServices, "<pr:provide-services><pr:class>y</pr:class></pr:provide-services>"},
      {"persons with id \"p1\"", "<pr:provide-persons><pr:occurrence-id>p1</pr:occurrence-id></pr:provide-persons>",
       "<pr:provide-persons><pr:occurrence-id>P1</pr:occurrence-id></pr:provide-persons>"},
      {"activities", kPersons + "<pr:provide-activities>true</pr:provide-activities>",
       kServices + "<pr:provide-activities>true</pr:provide-activities>"},
      {"mood", kPersons + "<pr:provide-all-attributes/>", kPersons + "<pr:provide-mood>false</pr:provide-mood>"},
      {"relationship", kServices + "<pr:provide-relationship>true</pr:provide-relationship>",
       kPersons + "<pr:provide-relationship>true</pr:provide-relationship>"},
      {"privacy", kServices + "<pr:provide-privacy>1</pr:provide-privacy>",
       "<pr:provide-devices><pr:all-devices/></pr:provide-devices><pr:provide-privacy>1</pr:provide-privacy>"},
      {"user-input", kServices + "<pr:provide-user-input>bare</pr:provide-user-input>", kServices + "<pr:provide-user-input>false</pr:provide-user-input>"},
      {"user-input at least thresholds", kServices + "<pr:provide-user-input>full</pr:provide-user-input>",
       kServices + "<pr:provide-user-input>bare</pr:provide-user-input>"},
      {"note", kPersons + "<pr:provide-note>true</pr:provide-note>", "<pr:provide-note>true</pr:provide-note>"},
      {"attribute \"foo\" \"urn:x\"", kPersons + R"(<pr:provide-unknown-attribute name="foo" ns="urn:x">true</pr:provide-unknown-attribute>)",
       kPersons + R"(<pr:provide-unknown-attribute name="foo" ns="urn:y">true</pr:provide-unknown-attribute>)"},
      {"all-attributes", kPersons + "<pr:provide-all-attributes/>", kPersons + "<pr:provide-mood>true</pr:provide-mood>"},
      {"anything", kServices, "<pr:provide-mood>true</pr:provide-mood>" + within("500")},
      {"location", kPersons + within("500"), kPersons},
      {"location finer than 1 km", kPersons + within("999"), kPersons + within("1000")},
      {"location finer than 11 km", kPersons + civic("city"), kPersons + civic("region")},
      {"geodetic finer than 1 km", kPersons + "<gp:provide-location/>", kPersons + civic("full")},
      {"civic finer than city", kPersons + civic("building"), kPersons + civic("city")},
      {"exact location", kPersons + "<gp:provide-location/>", kPersons + within("1") + civic("building")},
      {"retransmission", "<gp:set-retransmission-allowed>true</gp:set-retransmission-allowed>",
       "<gp:set-retransmission-allowed>false</gp:set-retransmission-allowed>"},
      {"retention longer than 24 h", "<gp:set-retention-expiry>86401</gp:set-retention-expiry>",
       "<gp:set-retention-expiry>86400</gp:set-retention-expiry>"},
  };
  verify::Options options = quick();
  options.fixed.fill(false);  // the defaults; readings have tests of their own
  for (const auto& [claim, shown, withheld] : rows) {
    INFO(claim);
    CHECK(verdict(gives(shown), kForBob + "always " + claim, {}, options) == "proved");
    CHECK(verdict(gives(shown), kForBob + "never " + claim, {}, options) == "violated");
    CHECK(verdict(gives(withheld), kForBob + "never " + claim, {}, options) == "proved");
    CHECK(verdict(gives(withheld), kForBob + "always " + claim, {}, options) == "violated");
    CHECK(verdict(gives(shown), kForBob + "sometimes " + claim, {}, options) == "proved");
    CHECK(verdict(gives(withheld), kForBob + "sometimes " + claim, {}, options) == "violated");
    // Without allow nothing of this is disclosed.
    CHECK(verdict(rule("r", one(kBob), handling("polite-block"), shown), kForBob + "never " + claim, {}, options) == "proved");
  }
}

TEST_CASE("handling is compared as exactly, at least and at most") {
  const std::vector<std::string> names = {"block", "confirm", "polite-block", "allow"};
  for (std::size_t given = 0; given < names.size(); ++given)
    for (std::size_t claimed = 0; claimed < names.size(); ++claimed) {
      INFO(names[given] << " against " << names[claimed]);
      const auto rules = rule("r", one(kBob), handling(names[given]));
      CHECK(verdict(rules, kForBob + "always handling " + names[claimed]) == (given == claimed ? "proved" : "violated"));
      CHECK(verdict(rules, kForBob + "always handling at least " + names[claimed]) == (given >= claimed ? "proved" : "violated"));
      CHECK(verdict(rules, kForBob + "always handling at most " + names[claimed]) == (given <= claimed ? "proved" : "violated"));
    }
}

TEST_CASE("an effective location is finer by what the algorithm can leak, and a civic one is not") {
  // RFC 6772 section 13.3: of 5000 m there may be 0.36055 left, 1802.8 m.
  const auto rules = gives(kPersons + within("5000"));
  CHECK(verdict(rules, kForBob + "never effective location finer than 1.8 km") == "proved");
  CHECK(verdict(rules, kForBob + "never effective location finer than 1.81 km") == "violated");
  CHECK(verdict(rules, kForBob + "never location finer than 1.81 km") == "proved");
  CHECK(verdict(rules, kForBob + "always effective location finer than 1.81 km") == "proved");
  const auto exact = gives(kPersons + "<gp:provide-location/>");
  CHECK(verdict(exact, kForBob + "never effective location finer than 1 m") == "violated");
  // A city is known within 10 km: that is the length it is compared with, whatever an algorithm does to coordinates.
  const auto city = gives(kPersons + civic("city"));
  const std::string resolution = "civic resolution { city 10 km }\n";
  for (const std::string word : {"", "effective "}) {
    INFO(word);
    CHECK(verdict(city, kForBob + "never " + word + "location finer than 10 km", resolution) == "proved");
    CHECK(verdict(city, kForBob + "never " + word + "location finer than 10.1 km", resolution) == "violated");
  }
}

TEST_CASE("claims combine, and a rule is named by its id") {
  const auto rules = gives(kPersons + "<pr:provide-mood>true</pr:provide-mood>");
  CHECK(verdict(rules, kForBob + "always mood and not activities") == "proved");
  CHECK(verdict(rules, kForBob + "always (activities or mood) and persons") == "proved");
  CHECK(verdict(rules, kForBob + "always mood and activities") == "violated");
  CHECK(verdict(rules, kForBob + "always rule \"r\"") == "proved");
  CHECK(verdict(rules, kForBob + "never rule \"s\"") == "proved");
}

TEST_CASE("permissions of rules that match together add up") {
  const auto rules = rule("allow", many(), kAllow) + rule("persons", one(kBob), "", kPersons) +
                     rule("where", sphere("home"), "", within("300"));
  CHECK(verdict(rules, kForBob + "never location finer than 1 km") == "violated");
  CHECK(verdict(rules, kForBob + "when sphere is not \"home\" never location finer than 1 km") == "proved");
  CHECK(verdict(rules, "for everyone minus { sip:bob@example.com } never location") == "proved");
}

TEST_CASE("a server of locations grants what any matching rule gives") {
  const auto rules = rule("r", one(kBob), "", within("500")) + rule("s", many(), "", civic("country"));
  CHECK(verdict(rules, kForBob + "never location finer than 1 km") == "violated");
  CHECK(verdict(rules, kForBob + "always handling allow and anything") == "proved");
  CHECK(verdict(rules, "for everyone minus { sip:bob@example.com } never location finer than 900 km") == "proved");
  CHECK(verdict(rules, "for everyone never activities") == "proved");
  CHECK(verdict(rules, "for everyone when not authenticated always handling block") == "proved");
}

TEST_CASE("a verdict names the rules it rests on or is caused by") {
  const auto rules = rule("allow", one(kBob), kAllow) + rule("other", one("sip:carol@example.com"), kAllow, kPersons) +
                     rule("persons", one(kBob) + sphere("work"), "", kPersons);
  const auto violated = prove(rules, kForBob + "never persons");
  REQUIRE(violated.counterexample);
  CHECK(violated.counterexample->request.state.sphere == "work");
  CHECK(ids_of(rules, violated.rules) == std::vector<std::string>{"allow", "persons"});
  const auto proved = prove(rules, kForBob + "when sphere is \"home\" never persons");
  CHECK(proved.verdict == verify::Verdict::proved);
  CHECK(ids_of(rules, proved.rules) == std::vector<std::string>{"persons"});
}

}  // namespace presproof
