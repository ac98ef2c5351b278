// Whom a proof is about: named identities, strangers of a domain, strangers, the unauthenticated, and persons under any of their names.

#include "proving.h"

namespace presproof {
namespace {

using namespace test;

std::string watcher_of(const verify::Result& result) {
  REQUIRE(result.counterexample);
  const auto& identities = result.counterexample->request.watcher.identities;
  return identities.empty() ? "unauthenticated" : identities.front().text;
}

}  // namespace

TEST_CASE("strangers are found: of a domain, of none, and without a name") {
  CHECK(watcher_of(prove(rule("r", domain("example.com", "<except id=\"sip:bob@example.com\"/>"), kAllow), "for everyone never handling allow"))
            .ends_with("@example.com"));
  CHECK(watcher_of(prove(rule("r", many("<except domain=\"example.com\"/>"), kAllow), "for everyone never handling allow")).find("example.com") ==
        std::string::npos);
  CHECK(watcher_of(prove(rule("r", "", kAllow), "for everyone when not authenticated never handling allow")) == "unauthenticated");
}

TEST_CASE("exceptions keep out whom they name, and nobody else") {
  const auto rules = rule("r", domain("example.com", "<except id=\"sip:eve@example.com\"/>"), kAllow);
  CHECK(verdict(rules, "for { sip:eve@example.com } never handling allow") == "proved");
  CHECK(verdict(rules, "for { sip:bob@example.com } always handling allow") == "proved");
  CHECK(verdict(rules, "for domain example.com except { sip:eve@example.com } always handling allow") == "proved");
  CHECK(verdict(rules, "for domain example.com always handling allow") == "violated");
  CHECK(verdict(rules, "for everyone minus domain example.com never handling allow") == "proved");
}

TEST_CASE("a subdomain is another domain") {
  CHECK(verdict(rule("r", domain("example.com"), kAllow), "for domain sub.example.com never handling allow") == "proved");
}

TEST_CASE("URIs are the same as RFC 3261 says, not as they are spelled") {
  const auto rules = rule("r", one("sip:bob@example.com"), kAllow);
  CHECK(verdict(rules, "for { sip:%62ob@EXAMPLE.com } always handling allow") == "proved");
  CHECK(verdict(rules, "for { sip:Bob@example.com } never handling allow") == "proved");
  CHECK(verdict(rules, "for { sips:bob@example.com } never handling allow") == "proved");
}

TEST_CASE("equivalence is not transitive: a URI without parameters is both of two that differ in one") {
  const auto rules = rule("one", one("sip:bob@example.com;x=1"), kAllow) + rule("two", one("sip:bob@example.com;x=2"), "", kPersons);
  // Neither of the named URIs gets persons; the bare one matches both rules.
  CHECK(verdict(rules, "for { sip:bob@example.com;x=1 } always rule \"one\"") == "proved");
  const auto result = prove(rules, "for everyone never persons");
  CHECK(result.verdict == verify::Verdict::violated);
}

TEST_CASE("a person is one watcher under any subset of its identities") {
  const std::string person = "person bob = { sip:bob@example.com, tel:+12125551234 }\n";
  const auto split = rule("sip", one("sip:bob@example.com"), kAllow) + rule("tel", one("tel:+1-212-555-1234"), "", kPersons);
  CHECK(verdict(split, "for { sip:bob@example.com } never persons") == "proved");
  const auto both = prove(split, "for bob never persons", person);
  CHECK(both.verdict == verify::Verdict::violated);
  CHECK(both.counterexample->request.watcher.identities.size() == 2);

  // Blocked under one name, let in under the other.
  const auto rules = rule("all", many("<except id=\"sip:bob@example.com\"/>"), kAllow);
  CHECK(verdict(rules, "for { sip:bob@example.com } never handling allow") == "proved");
  const auto around = prove(rules, "for bob never handling allow", person);
  CHECK(around.verdict == verify::Verdict::violated);
  CHECK(watcher_of(around) == "tel:+12125551234");
}

TEST_CASE("a group without members and a guard that never holds are vacuous") {
  const auto rules = rule("r", one("sip:bob@example.com"), kAllow);
  for (const std::string quantifier : {"never", "always", "sometimes"}) {
    INFO(quantifier);
    CHECK(verdict(rules, "for { sip:bob@example.com } minus everyone " + quantifier + " handling allow") == "vacuous");
    CHECK(verdict(rules, "for everyone when sphere is \"a\" and sphere is undefined " + quantifier + " handling allow") == "vacuous");
    CHECK(verdict(rules,
                  "for everyone during 2026-01-01T00:00:00Z .. 2026-02-01T00:00:00Z during 2027-01-01T00:00:00Z .. 2027-02-01T00:00:00Z " +
                      quantifier + " handling allow") == "vacuous");
  }
}

}  // namespace presproof
