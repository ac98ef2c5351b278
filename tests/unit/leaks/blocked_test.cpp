#include "finding.h"

namespace presproof {
namespace {

using leaks::Kind;
using namespace test;

const std::string kBob = one("sip:bob@example.com");
const std::string kMallory = one("sip:mallory@example.net");

}  // namespace

TEST_CASE("default deny that singles out nobody leaks no blocking") {
  CHECK(lines_of(rule("bob", kBob, kAllow, kPersons), Kind::blocked_visible).empty());
  CHECK(lines_of(rule("all", "", kPolite), Kind::blocked_visible).empty());
  CHECK(lines_of(rule("all", "", kBlock), Kind::blocked_visible).empty());
}

TEST_CASE("who is excepted sees that it is blocked where a stranger of its domain is not") {
  const std::string except = domain("example.net", "<except id=\"sip:mallory@example.net\"/>");
  CHECK(lines_of(rule("net", except, kAllow, kPersons), Kind::blocked_visible) == Lines{"handling response-code warning sip:mallory@example.net net"});
  CHECK(lines_of(rule("net", except, kAllow, kPersons) + rule("all", "", kPolite), Kind::blocked_visible).empty());
  const auto leak = leaks_of(rule("net", except, kAllow, kPersons)).front();
  REQUIRE(leak.second);
  CHECK(leak.first.decision.response->code == 403);
  CHECK(leak.second->decision.response->code == 200);
  CHECK(leak.first.request.state == leak.second->request.state);
  CHECK(leak.fix.find("polite-block") != std::string::npos);
}

TEST_CASE("who is excepted from everybody sees it beside the stranger") {
  const std::string except = many("<except id=\"sip:mallory@example.net\"/><except domain=\"evil.example\"/>");
  CHECK(lines_of(rule("open", except, kAllow, kServices), Kind::blocked_visible) ==
        Lines{"handling response-code warning sip:someone@evil.example +1 open"});
}

TEST_CASE("who is allowed in one state sees that it is blocked in another") {
  const std::string rules = rule("bob", kBob + sphere("home"), kAllow, kPersons);
  CHECK(lines_of(rules, Kind::blocked_visible) == Lines{"handling response-code warning sip:bob@example.com bob"});
  CHECK(lines_of(rules + rule("all", "", kPolite), Kind::blocked_visible).empty());
}

TEST_CASE("a rule that says block of a watcher shows where everybody is blocked, too") {
  CHECK(lines_of(rule("mallory", kMallory, kBlock), Kind::blocked_visible) == Lines{"handling response-code warning sip:mallory@example.net mallory"});
  // Combined with polite-block for everybody it never blocks.
  CHECK(lines_of(rule("mallory", kMallory, kBlock) + rule("all", "", kPolite), Kind::blocked_visible).empty());
}

TEST_CASE("watchers to whom one rule makes the difference are one leak") {
  const std::string friends = "<identity><one id=\"sip:a@x.example\"/><one id=\"sip:b@x.example\"/><one id=\"sip:c@x.example\"/></identity>";
  CHECK(lines_of(rule("friends", friends + sphere("home"), kAllow, kPersons), Kind::blocked_visible) ==
        Lines{"handling response-code warning sip:a@x.example +2 friends"});
  // Two rules, two causes.
  const std::string two = rule("a", one("sip:a@x.example") + sphere("home"), kAllow) + rule("b", one("sip:b@x.example") + sphere("home"), kAllow);
  CHECK(lines_of(two, Kind::blocked_visible).size() == 2);
}

TEST_CASE("confirm shows as pending, gravely where others are not") {
  CHECK(lines_of(rule("bob", kBob, kConfirm), Kind::pending_visible) == Lines{"handling response-code warning sip:bob@example.com bob"});
  CHECK(lines_of(rule("bob", kBob, kAllow), Kind::pending_visible).empty());
  const auto all = lines_of(rule("all", "", kConfirm), Kind::pending_visible);
  REQUIRE(all.size() == 1);
  CHECK(all.front() == "handling response-code note sip:someone@elsewhere.example +1 all");
}

TEST_CASE("with 200 OK for pending it is the state word that shows") {
  engine::FixedReadings fixed;
  REQUIRE_FALSE(engine::fix_reading("pending-code=200", fixed));
  CHECK(lines_of(rule("bob", kBob, kConfirm), Kind::pending_visible, fixed) == Lines{"handling subscription-state warning sip:bob@example.com bob"});
}

TEST_CASE("polite-block can be told from offline by whom rules allow more") {
  const std::string rules = rule("bob", kBob + sphere("home"), kAllow, kPersons) + rule("all", "", kPolite);
  const auto lines = lines_of(rules, Kind::polite_block_fingerprint);
  CHECK(lines == Lines{"handling content warning sip:bob@example.com bob", "handling content note sip:someone@elsewhere.example +1 bob"});
  // Silent when nobody is allowed anything.
  CHECK(lines_of(rule("all", "", kPolite), Kind::polite_block_fingerprint).empty());
  CHECK(lines_of(rule("bob", kBob, kAllow) + rule("all", "", kPolite), Kind::polite_block_fingerprint).empty());
  // And when nobody is politely blocked.
  CHECK(lines_of(rule("bob", kBob + sphere("home"), kAllow, kPersons), Kind::polite_block_fingerprint).empty());
}

}  // namespace presproof
