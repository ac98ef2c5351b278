#include "unit/lint/fixture.h"

namespace presproof::lint {

using diag::Code;

namespace {
const std::string kBlock = handling("block");
const std::string kDomain = identity(R"(<many domain="example.com"/>)");

std::size_t count(const std::string& rules) { return Linted(rules).count(Code::block_overridden); }
}  // namespace

TEST_CASE("block-overridden fires when a rule for the domain lets the blocked watcher in", "[lint]") {
  Linted linted(rule("all", kDomain, kAllow, kServices) + rule("bob", kBob, kBlock));
  const auto found = linted.run(Code::block_overridden);
  REQUIRE(found.size() == 1);
  CHECK(found[0].rule == "bob");
  CHECK(found[0].message ==
        "rule `bob` does not block `sip:bob@example.com`: rule `all` gives `allow`, and the more generous value wins");
  REQUIRE(found[0].related.size() == 1);
  CHECK(found[0].related[0].message == "rule `all` gives `allow`");
}

TEST_CASE("block-overridden fires for rules without an identity, for many, and for the same identity", "[lint]") {
  CHECK(count(rule("bob", kBob, kBlock) + rule("all", "", handling("confirm"))) == 1);
  CHECK(count(rule("bob", kBob, kBlock) + rule("all", identity("<many/>"), kAllow)) == 1);
  CHECK(count(rule("bob", kBob, kBlock) + rule("friends", one("sip:bob@EXAMPLE.com"), kAllow)) == 1);
}

TEST_CASE("block-overridden is silent when the other rule leaves the watcher out", "[lint]") {
  CHECK(count(rule("bob", kBob, kBlock) +
              rule("all", identity(R"(<many domain="example.com"><except id="sip:bob@example.com"/></many>)"),
                   kAllow)) == 0);
  CHECK(count(rule("bob", kBob, kBlock) + rule("carol", one("sip:carol@example.com"), kAllow)) == 0);
  CHECK(count(rule("bob", kBob, kBlock) + rule("sips", one("sips:bob@example.com"), kAllow)) == 0);
}

TEST_CASE("block-overridden is silent when the other rule gives no more", "[lint]") {
  CHECK(count(rule("bob", kBob, kBlock) + rule("all", kDomain, kBlock)) == 0);
  CHECK(count(rule("bob", kBob, kBlock) + rule("all", kDomain, "", kServices)) == 0);
  CHECK(count(rule("bob", kBob, handling("polite-block")) + rule("all", kDomain, handling("polite-block"))) == 0);
  CHECK(count(rule("bob", kBob, handling("polite-block")) + rule("all", kDomain, handling("confirm"))) == 0);
}

TEST_CASE("block-overridden counts a polite block as a block", "[lint]") {
  CHECK(count(rule("bob", kBob, handling("polite-block")) + rule("all", kDomain, kAllow)) == 1);
  CHECK(count(rule("bob", kBob, handling("confirm")) + rule("all", kDomain, kAllow)) == 0);
}

TEST_CASE("block-overridden is silent about a block for everybody, from which others make exceptions", "[lint]") {
  CHECK(count(rule("default", "", kBlock) + rule("bob", kBob, kAllow)) == 0);
  CHECK(count(rule("default", identity("<many/>"), kBlock) + rule("bob", kBob, kAllow)) == 0);
  CHECK(count(rule("domain", kDomain, kBlock) + rule("bob", kBob, kAllow)) == 0);
}

TEST_CASE("block-overridden fires for a blocked domain that a wider rule lets in", "[lint]") {
  CHECK(Linted(rule("domain", kDomain, kBlock) + rule("all", identity("<many/>"), kAllow))
            .message(Code::block_overridden) ==
        "rule `domain` does not block watchers of `example.com`: rule `all` gives `allow`, and the more generous value "
        "wins");
}

TEST_CASE("block-overridden is silent when the two rules never match at one moment", "[lint]") {
  const auto march = validity("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z");
  const auto april = validity("2026-04-01T00:00:00Z", "2026-05-01T00:00:00Z");
  const auto late_march = validity("2026-03-31T23:59:59Z", "2026-05-01T00:00:00Z");
  CHECK(count(rule("bob", kBob + march, kBlock) + rule("all", kDomain + april, kAllow)) == 0);
  CHECK(count(rule("bob", kBob + march, kBlock) + rule("all", kDomain + late_march, kAllow)) == 1);
  CHECK(count(rule("bob", kBob + R"(<sphere value="work"/>)", kBlock) +
              rule("all", kDomain + R"(<sphere value="home"/>)", kAllow)) == 0);
  CHECK(count(rule("bob", kBob + R"(<sphere value="work"/>)", kBlock) +
              rule("all", kDomain + R"(<sphere value="home WORK"/>)", kAllow)) == 1);
}

TEST_CASE("block-overridden is silent for a block that never matches", "[lint]") {
  CHECK(count(rule("bob", kBob + one("sip:eve@example.net"), kBlock) + rule("all", "", kAllow)) == 0);
}

TEST_CASE("block-overridden points to three overriding rules at most", "[lint]") {
  std::string rules = rule("bob", kBob, kBlock);
  for (const auto* id : {"a", "b", "c", "d", "e"}) rules += rule(id, kDomain, kAllow);
  const auto found = Linted(rules).run(Code::block_overridden);
  REQUIRE(found.size() == 1);
  CHECK(found[0].related.size() == 3);
}

TEST_CASE("block-overridden looks across documents that apply together", "[lint]") {
  Linted linted(rule("bob", kBob, kBlock));
  linted.add(rule("all", kDomain, kAllow));
  CHECK(linted.count(Code::block_overridden) == 1);
}

TEST_CASE("block-overridden is silent in a location server's rules", "[lint]") {
  Linted linted(rule("bob", kBob, kBlock) + rule("all", kDomain, kAllow));
  linted.options().usage = policy::Usage::geolocation;
  CHECK(linted.count(Code::block_overridden) == 0);
}

TEST_CASE("block-overridden tells of several blocked watchers in one finding", "[lint]") {
  CHECK(Linted(rule("two", identity(R"(<one id="sip:bob@example.com"/><one id="sip:eve@example.com"/>)"), kBlock) +
               rule("all", kDomain, kAllow))
            .message(Code::block_overridden) ==
        "rule `two` does not block `sip:bob@example.com` and 1 more: rule `all` gives `allow`, and the more generous "
        "value wins");
}

}  // namespace presproof::lint
