#include "finding.h"

namespace presproof {
namespace {

using leaks::Kind;
using namespace test;

const std::string kBob = one("sip:bob@example.com");
const std::string kDay = valid("2026-07-04T12:00:00Z", "2026-07-05T12:00:00Z");

}  // namespace

TEST_CASE("a response that depends on the sphere tells the sphere") {
  CHECK(lines_of(rule("bob", kBob + sphere("home"), kAllow, kPersons), Kind::state_inference) ==
        Lines{"sphere response-code warning sip:bob@example.com bob"});
  CHECK(lines_of(rule("bob", kBob, kAllow, kPersons), Kind::state_inference).empty());
}

TEST_CASE("a document that depends on the sphere tells it under one response") {
  const std::string rules = rule("bob", kBob, kAllow, kPersons) + rule("home", kBob + sphere("home"), kAllow, kServices);
  CHECK(lines_of(rules, Kind::state_inference) == Lines{"sphere content warning sip:bob@example.com home"});
  // What the document says anyway is told gently.
  const std::string shown = kPersons + "<pr:provide-sphere>true</pr:provide-sphere>";
  CHECK(lines_of(rule("bob", kBob, kAllow, shown) + rule("home", kBob + sphere("home"), kAllow, kServices), Kind::state_inference) ==
        Lines{"sphere content note sip:bob@example.com home"});
}

TEST_CASE("a stranger can infer, too") {
  CHECK(lines_of(rule("open", sphere("work"), kAllow, kServices), Kind::state_inference) ==
        Lines{"sphere response-code warning sip:someone@elsewhere.example +1 open"});
}

TEST_CASE("a window that comes and goes is told by the number of NOTIFYs") {
  const std::string rules = rule("bob", kBob, kAllow, kPersons) + rule("party", kBob + kDay, kAllow, kServices);
  CHECK(lines_of(rules, Kind::state_inference) == Lines{"time content warning sip:bob@example.com party"});
  const auto leak = leaks_of(rules).front();
  CHECK(leak.message.find("2 NOTIFYs") != std::string::npos);
  CHECK(leak.first.request.state.sphere == leak.second->request.state.sphere);
  CHECK(leak.first.request.state.time != leak.second->request.state.time);
}

TEST_CASE("what appears in a region alone tells the region") {
  const std::string near = inside("52.52 13.4", "200");
  CHECK(lines_of(rule("bob", kBob + near, kAllow, kPersons), Kind::region_inference) ==
        Lines{"location response-code warning sip:bob@example.com bob"});
  CHECK(lines_of(rule("bob", kBob, kAllow, kPersons) + rule("near", kBob + near, kAllow, kServices), Kind::region_inference) ==
        Lines{"location content warning sip:bob@example.com near"});
  CHECK(lines_of(rule("bob", kBob, kAllow, kPersons), Kind::region_inference).empty());
}

TEST_CASE("a location server tells the region by what it sends") {
  const std::string rules = "<rule id=\"bob\"><conditions>" + kBob + inside("52.52 13.4", "200") + "</conditions><transformations>" + within("500") +
                            "</transformations></rule>";
  CHECK(lines_of(rules, Kind::region_inference) == Lines{"location content warning sip:bob@example.com bob"});
  CHECK(lines_of(rules, Kind::existence).empty());
  CHECK(lines_of(rules, Kind::blocked_visible).empty());
}

TEST_CASE("any answer tells a stranger that the presentity exists") {
  CHECK(lines_of(rule("bob", kBob, kAllow), Kind::existence) == Lines{"existence response-code note sip:someone@elsewhere.example"});
  const auto leak = leaks_of(rule("bob", kBob, kAllow)).back();
  CHECK_FALSE(leak.second);
  CHECK(leak.message.find("403 Forbidden") != std::string::npos);
}

TEST_CASE("rules that nobody can meet leak nothing") {
  const std::string never = "<pr:moon/>";
  CHECK(lines_of(rule("bob", kBob + sphere("home") + never, kAllow, kPersons), Kind::state_inference).empty());
}

}  // namespace presproof
