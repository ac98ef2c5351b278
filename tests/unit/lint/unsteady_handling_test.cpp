#include "unit/lint/fixture.h"

namespace presproof::lint {

using diag::Code;

namespace {

const std::string kHome = R"(<sphere value="home"/>)";
const std::string kDomain = identity(R"(<many domain="example.com"/>)");

std::size_t by_sphere(const std::string& rules) { return Linted(rules).count(Code::handling_depends_on_sphere); }
std::size_t by_location(const std::string& rules) { return Linted(rules).count(Code::handling_depends_on_location); }

}  // namespace

TEST_CASE("handling-depends-on-sphere fires for a watcher who is accepted in a sphere alone", "[lint]") {
  Linted linted(rule("a", kBob + kHome, kAllow));
  CHECK(linted.message(Code::handling_depends_on_sphere) ==
        "rule `a` gives `allow` to `sip:bob@example.com` only in some spheres: when the sphere changes, subscriptions "
        "end or "
        "become pending, and watchers are not told when they may come back");
  CHECK(linted.run(Code::handling_depends_on_sphere)[0].related[0].message == "`allow` is given here");
}

TEST_CASE("handling-depends-on-sphere is silent when a steady rule accepts the watcher, politely or not", "[lint]") {
  const auto at_home = rule("a", kBob + kHome, kAllow);
  CHECK(by_sphere(at_home + rule("b", kBob, kAllow)) == 0);
  CHECK(by_sphere(at_home + rule("b", kDomain, handling("polite-block"))) == 0);
  CHECK(by_sphere(at_home + rule("b", "", kAllow)) == 0);
  CHECK(by_sphere(at_home + rule("b", kBob, handling("confirm"))) == 1);
  CHECK(by_sphere(at_home + rule("b", kBob + R"(<sphere value="work"/>)", kAllow)) == 2);
  CHECK(by_sphere(at_home + rule("b", one("sip:carol@example.com"), kAllow)) == 1);
}

TEST_CASE("handling-depends-on-sphere is silent for rules that show more and accept nobody", "[lint]") {
  CHECK(by_sphere(rule("a", kBob + kHome, "", kPersons)) == 0);
  CHECK(by_sphere(rule("a", kBob + kHome, handling("block"))) == 0);
}

TEST_CASE("handling-depends-on-sphere names the first watcher who is not accepted otherwise", "[lint]") {
  const auto both = identity(R"(<one id="sip:bob@example.com"/><one id="sip:carol@example.net"/>)");
  CHECK(Linted(rule("a", both + kHome, kAllow) + rule("b", kDomain, kAllow))
            .message(Code::handling_depends_on_sphere)
            .find("to `sip:carol@example.net` only") != std::string::npos);
  CHECK(Linted(rule("a", kHome, kAllow)).message(Code::handling_depends_on_sphere).find("to every watcher only") !=
        std::string::npos);
}

TEST_CASE("handling-depends-on-sphere is silent when a steady rule may hold for a part of the time", "[lint]") {
  const auto march = validity("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z");
  CHECK(by_sphere(rule("a", kBob + kHome, kAllow) + rule("b", kBob + march, kAllow)) == 0);
  CHECK(by_sphere(rule("a", kBob + kHome + validity("2026-05-01T00:00:00Z", "2026-06-01T00:00:00Z"), kAllow) +
                  rule("b", kBob + march, kAllow)) == 1);
}

TEST_CASE("handling-depends-on-sphere is silent for a rule that never matches, and for a location server", "[lint]") {
  CHECK(by_sphere(rule("a", kBob + kHome + R"(<sphere value="work"/>)", kAllow)) == 0);
  Linted server(rule("a", kBob + kHome, kAllow));
  server.options().usage = policy::Usage::geolocation;
  CHECK(server.count(Code::handling_depends_on_sphere) == 0);
}

TEST_CASE("handling-depends-on-location fires for a watcher who is accepted at a place alone", "[lint]") {
  Linted linted(rule("a", kDomain + circle("52 13", "500"), handling("confirm")));
  CHECK(linted.message(Code::handling_depends_on_location) ==
        "rule `a` gives `confirm` to watchers of `example.com` only at some places: when the location changes, "
        "subscriptions end or "
        "become pending, and watchers are not told when they may come back");
  CHECK(by_location(rule("a", kBob + circle("52 13", "500"), kAllow) + rule("b", kBob + kHome, kAllow)) == 0);
  CHECK(by_location(rule("a", kBob + circle("52 13", "500"), kAllow) + rule("b", kBob, kAllow)) == 0);
  CHECK(by_location(rule("a", kBob + circle("52 13", "500"), "", kPersons)) == 0);
}

}  // namespace presproof::lint
