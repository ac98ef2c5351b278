// Every NOTIFY of a subscription: by the RFCs as one decision, by Kamailio not.

#include "engine/view.h"
#include "proving.h"
#include "semantics/ser_life.h"

namespace presproof {
namespace {

using namespace test;
using verify::Verdict;

const std::string kBob = one("sip:bob@example.com");
const std::string kJune = "<validity><from>2026-06-01T00:00:00Z</from><until>2026-07-01T00:00:00Z</until></validity>";
const std::string kAfter = "for everyone during 2026-07-02T00:00:00Z .. 2100-01-01T00:00:00Z never anything";

std::string joined(const std::vector<std::string>& events) {
  std::string text;
  for (const auto& event : events) text += event + "\n";
  return text;
}

}  // namespace

TEST_CASE("a window that is over: by the RFCs nothing is sent, by Kamailio the whole document") {
  const std::string rules = rule("june", kBob + kJune, kAllow, kServices);
  CHECK(on("rfc", rules, kAfter + " over any subscription").verdict == Verdict::proved);
  CHECK(on("kamailio", rules, kAfter).verdict == Verdict::proved);
  const auto found = on("kamailio", rules, kAfter + " over any subscription");
  REQUIRE(found.verdict == Verdict::violated);
  CHECK(joined(found.events) == "at 2026-06-01T00:00:00Z\npublish PUBLISHED\nsubscribe sip:bob@example.com\nat 2026-07-02T00:00:00Z\nsubscribe sip:bob@example.com\n");
  REQUIRE(found.counterexample.has_value());
  CHECK(found.counterexample->decision.matched.empty());
  CHECK(found.rules.empty());
}

TEST_CASE("too few events for it prove nothing more, and say how many they are") {
  const std::string rules = rule("june", kBob + kJune, kAllow, kServices);
  const auto few = on("kamailio", rules, kAfter + " over any subscription of 2 events");
  CHECK(few.verdict == Verdict::proved);
  CHECK(few.assumptions.front().starts_with("up to 2 events are looked at"));
  CHECK(on("kamailio", rules, kAfter + " over any subscription of 3 events").verdict == Verdict::violated);
}

TEST_CASE("whom no rule ever lets in is sent nothing by any timeline") {
  const std::string rules = rule("june", kBob + kJune, kAllow, kServices) + rule("carol", one("sip:carol@example.com"), handling("polite-block"));
  CHECK(on("kamailio", rules, "for { sip:carol@example.com } never anything over any subscription of 12 events").verdict == Verdict::proved);
  CHECK(on("kamailio", rules, "for { sip:dave@example.com } never anything over any subscription of 12 events").verdict == Verdict::proved);
  CHECK(on("kamailio", rules, "for { sip:dave@example.com } never anything over any subscription", {{"force-active", "yes"}}).verdict == Verdict::violated);
}

TEST_CASE("a sphere that is left") {
  const std::string rules = rule("home", kBob + sphere("home"), kAllow, kServices);
  const std::string away = "for everyone when sphere is \"work\" never anything";
  const std::initializer_list<std::pair<std::string_view, std::string_view>> checked = {{"sphere-check", "yes"}, {"publ-cache", "0"}};
  CHECK(on("kamailio", rules, away, checked).verdict == Verdict::proved);
  const auto found = on("kamailio", rules, away + " over any subscription", checked);
  REQUIRE(found.verdict == Verdict::violated);
  CHECK(found.events.back() == "subscribe sip:bob@example.com");
  CHECK(std::find(found.events.begin(), found.events.end(), "sphere work") != found.events.end());
}

TEST_CASE("what is not looked at is undecided") {
  const std::string rules = rule("june", kBob + kJune, kAllow, kServices);
  CHECK(on("kamailio", rules, "for { sip:carol@example.com } when inside circle 48.1 11.6 radius 5 km never anything over any subscription").verdict != Verdict::violated);
  const auto found = on("kamailio", rules, "for { sip:carol@example.com } when inside circle 48.1 11.6 radius 5 km never anything over any subscription");
  CHECK(found.verdict == Verdict::undecided);
  CHECK(found.reason.find("places are not looked at") != std::string::npos);
}

TEST_CASE("of an engine that was not run this is said") {
  const auto found = on("opensips", rule("june", kBob + kJune, kAllow, kServices), kAfter + " over any subscription");
  CHECK(found.assumptions.back().find("it was not run") != std::string::npos);
}

TEST_CASE("RestComm's server filters its answers, and nothing when somebody publishes") {
  const std::string rules = rule("bob", kBob, kAllow, "<pr:provide-persons><pr:all-persons/></pr:provide-persons>") + rule("eve", one("sip:eve@example.org"), "<pr:sub-handling>polite-block</pr:sub-handling>", "<pr:provide-mood>true</pr:provide-mood>");
  CHECK(on("mobicents", rules, "for { sip:bob@example.com } never location").verdict == Verdict::proved);
  const auto found = on("mobicents", rules, "for { sip:bob@example.com } never location over any subscription");
  REQUIRE(found.verdict == Verdict::violated);
  CHECK(joined(found.events).ends_with("publish PUBLISHED\nsubscribe sip:bob@example.com\npublish PUBLISHED\n"));
  CHECK(on("mobicents", rules, "for { sip:eve@example.org } never anything").verdict == Verdict::proved);
  CHECK(on("mobicents", rules, "for { sip:eve@example.org } never anything over any subscription").verdict == Verdict::violated);
  CHECK(on("mobicents", rules, "for { sip:bob@example.com } never location over any subscription of 1 events").verdict == Verdict::proved);
}

TEST_CASE("Kaleo sends the document to whom an upload makes `confirm`") {
  const std::string rules = rule("bob", kBob, "<pr:sub-handling>confirm</pr:sub-handling>", "");
  CHECK(on("kaleo", rules, "for everyone never anything").verdict == Verdict::proved);
  const auto found = on("kaleo", rules, "for everyone never anything over any subscription");
  REQUIRE(found.verdict == Verdict::violated);
  CHECK(joined(found.events).ends_with("publish PUBLISHED\nsubscribe sip:bob@example.com\nrules POLICY\n"));
  const std::string blocked = rule("bob", kBob, "<pr:sub-handling>block</pr:sub-handling>", "");
  CHECK(on("kaleo", blocked, "for everyone never anything over any subscription").verdict == Verdict::proved);
}

TEST_CASE("by OMA's rules every NOTIFY is decided when it is sent") {
  const std::string rules = rule("june", kBob + kJune, kAllow, kServices);
  const auto found = on("oma", rules, kAfter + " over any subscription");
  CHECK(found.verdict == Verdict::proved);
  CHECK(found.assumptions.front().starts_with("every NOTIFY is decided when it is sent"));
}

}  // namespace presproof
