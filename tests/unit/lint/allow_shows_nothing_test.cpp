#include "unit/lint/fixture.h"

namespace presproof::lint {

using diag::Code;

namespace {
std::size_t count(const std::string& rules) { return Linted(rules).count(Code::allow_shows_nothing); }
}  // namespace

TEST_CASE("allow-shows-nothing fires for an allow without any component", "[lint]") {
  CHECK(Linted(rule("a", kBob, kAllow)).message(Code::allow_shows_nothing) ==
        "rule `a` allows the subscription, but no rule shows these watchers a device, person or service");
  CHECK(count(rule("a", kBob, kAllow, "<pr:provide-mood>true</pr:provide-mood>")) == 1);
}

TEST_CASE("allow-shows-nothing is silent with any kind of component", "[lint]") {
  for (const auto& component : {kServices, kPersons, kDevices}) CHECK(count(rule("a", kBob, kAllow, component)) == 0);
  CHECK(count(rule("a", kBob, kAllow, "<pr:provide-services><pr:class>biz</pr:class></pr:provide-services>")) == 0);
}

TEST_CASE("allow-shows-nothing takes a selector list without selectors for nothing", "[lint]") {
  CHECK(count(rule("a", kBob, kAllow, "<pr:provide-services/>")) == 1);
}

TEST_CASE("allow-shows-nothing is silent below allow", "[lint]") {
  for (const auto* value : {"block", "confirm", "polite-block"}) CHECK(count(rule("a", kBob, handling(value))) == 0);
}

TEST_CASE("allow-shows-nothing is silent when a rule that can match together shows something", "[lint]") {
  CHECK(count(rule("a", kBob, kAllow) + rule("b", identity(R"(<many domain="example.com"/>)"), "", kServices)) == 0);
  CHECK(count(rule("a", kBob, kAllow) + rule("b", "", "", kServices)) == 0);
}

TEST_CASE("allow-shows-nothing fires when whoever shows something never matches together", "[lint]") {
  CHECK(count(rule("a", kBob, kAllow) + rule("b", one("sip:carol@example.com"), "", kServices)) == 1);
  CHECK(count(rule("a", kBob + R"(<sphere value="home"/>)", kAllow) +
              rule("b", kBob + R"(<sphere value="work"/>)", "", kServices)) == 1);
}

TEST_CASE("allow-shows-nothing is silent for a rule that never matches", "[lint]") {
  CHECK(count(rule("a", "<identity/>", kAllow)) == 0);
}

TEST_CASE("allow-shows-nothing is silent in a location server's rules", "[lint]") {
  Linted linted(rule("a", kBob, kAllow));
  linted.options().usage = policy::Usage::geolocation;
  CHECK(linted.count(Code::allow_shows_nothing) == 0);
}

}  // namespace presproof::lint
