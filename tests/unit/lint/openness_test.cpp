#include "unit/lint/fixture.h"

namespace presproof::lint {

using diag::Code;

TEST_CASE("open-to-unauthenticated fires for an allow without an identity", "[lint]") {
  CHECK(Linted(rule("a", "", kAllow, kServices)).message(Code::open_to_unauthenticated) ==
        "rule `a` has no identity condition: it allows anybody, even a watcher who is not authenticated");
  CHECK(Linted(rule("a", R"(<sphere value="work"/>)", kAllow, kServices)).count(Code::open_to_unauthenticated) == 1);
}

TEST_CASE("open-to-unauthenticated is silent with an identity, and below allow", "[lint]") {
  CHECK(Linted(rule("a", kBob, kAllow, kServices)).count(Code::open_to_unauthenticated) == 0);
  CHECK(Linted(rule("a", identity("<many/>"), kAllow, kServices)).count(Code::open_to_unauthenticated) == 0);
  for (const auto* value : {"block", "confirm", "polite-block"})
    CHECK(Linted(rule("a", "", handling(value), kServices)).count(Code::open_to_unauthenticated) == 0);
  CHECK(Linted(rule("a", "", "", kServices)).count(Code::open_to_unauthenticated) == 0);
}

TEST_CASE("open-to-unauthenticated leaves an empty identity to the reader's finding", "[lint]") {
  CHECK(Linted(rule("a", "<identity/>", kAllow)).count(Code::open_to_unauthenticated) == 0);
}

TEST_CASE("open-to-unauthenticated is silent for a rule that never matches", "[lint]") {
  CHECK(Linted(rule("a", "<x:weather xmlns:x='urn:x'/>", kAllow, kServices)).count(Code::open_to_unauthenticated) == 0);
}

TEST_CASE("open-to-unauthenticated fires in a location server's rules for any location", "[lint]") {
  CHECK(Linted(rule("a", "", "", blurred("500"))).message(Code::open_to_unauthenticated) ==
        "rule `a` has no identity condition: it gives location to anybody, even a watcher who is not authenticated");
  CHECK(Linted(rule("a", "", "", "<gp:provide-location/>")).count(Code::open_to_unauthenticated) == 1);
  CHECK(Linted(rule("a", "", "", "<gp:set-retention-expiry>1</gp:set-retention-expiry>"))
            .count(Code::open_to_unauthenticated) == 0);
  CHECK(
      Linted(
          rule(
              "a", "", "",
              R"(<gp:provide-location profile="civic-transformation"><lp:provide-civic>none</lp:provide-civic></gp:provide-location>)"))
          .count(Code::open_to_unauthenticated) == 0);
}

TEST_CASE("any-authenticated-watcher fires for many without a domain, and leaves exceptions to except-as-block-list",
          "[lint]") {
  CHECK(Linted(rule("a", identity("<many/>"), kAllow, kServices)).message(Code::any_authenticated_watcher) ==
        "rule `a` allows every authenticated watcher of any domain");
  CHECK(Linted(rule("a", identity(R"(<many><except domain="example.net"/></many>)"), kAllow, kServices))
            .count(Code::any_authenticated_watcher) == 0);
}

TEST_CASE("any-authenticated-watcher is silent for a domain, below allow, and when another identity narrows it",
          "[lint]") {
  CHECK(Linted(rule("a", identity(R"(<many domain="example.com"/>)"), kAllow, kServices))
            .count(Code::any_authenticated_watcher) == 0);
  CHECK(Linted(rule("a", identity("<many/>"), handling("confirm"))).count(Code::any_authenticated_watcher) == 0);
  CHECK(Linted(rule("a", identity("<many/>") + kBob, kAllow, kServices)).count(Code::any_authenticated_watcher) == 0);
}

TEST_CASE("any-authenticated-watcher looks at location in a location server's rules", "[lint]") {
  CHECK(Linted(rule("a", identity("<many/>"), "", blurred("500"))).message(Code::any_authenticated_watcher) ==
        "rule `a` gives location to every authenticated watcher of any domain");
  CHECK(Linted(rule("a", identity("<many/>"), "", "")).count(Code::any_authenticated_watcher) == 0);
}

}  // namespace presproof::lint
