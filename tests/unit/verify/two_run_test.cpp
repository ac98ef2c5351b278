#include "proving.h"

namespace presproof {
namespace {

using namespace test;

const std::string kBob = one("sip:bob@example.com");
const std::string kMallory = one("sip:mallory@example.net");
const std::string kPolite = handling("polite-block");
const std::string kSphere = "<pr:provide-sphere>true</pr:provide-sphere>";

std::string first_watcher(const verify::Result& result) {
  REQUIRE(result.counterexample);
  const auto& identities = result.counterexample->request.watcher.identities;
  return identities.empty() ? "unauthenticated" : identities.front().text;
}

}  // namespace

TEST_CASE("a blocked watcher is told apart from a politely blocked stranger by the response") {
  const std::string property = "for { sip:mallory@example.net } response same as { sip:nobody@example.net }";
  const std::string all = many("<except id=\"sip:mallory@example.net\"/>");
  const auto result = prove(rule("all", all, kPolite), property);
  CHECK(result.verdict == verify::Verdict::violated);
  CHECK(first_watcher(result) == "sip:mallory@example.net");
  REQUIRE(result.second);
  CHECK(result.second->request.watcher.identities.front().text == "sip:nobody@example.net");
  CHECK(result.counterexample->request.state == result.second->request.state);
  CHECK(result.counterexample->decision.response->code == 403);
  CHECK(result.second->decision.response->code == 200);
  CHECK(ids_of(rule("all", all, kPolite), result.rules) == std::vector<std::string>{"all"});
  CHECK(verdict(rule("all", "", kPolite), property) == "proved");
}

TEST_CASE("polite-block and allow are one response and two documents") {
  const std::string rules = rule("bob", kBob, kAllow) + rule("all", "", kPolite);
  CHECK(verdict(rules, "for everyone response same as everyone") == "proved");
  CHECK(verdict(rules, "for everyone response and content same as everyone") == "violated");
  CHECK(verdict(rules, "for everyone minus { sip:bob@example.com } response and content same as { sip:x@y.example }") == "proved");
}

TEST_CASE("confirm is told from polite-block whatever the code is") {
  const std::string rules = rule("bob", kBob, handling("confirm")) + rule("all", many("<except id=\"sip:bob@example.com\"/>"), kPolite);
  for (const bool ok : {false, true}) {
    verify::Options options = quick();
    options.fixed[static_cast<std::size_t>(engine::Reading::pending_code)] = ok;
    CHECK(verdict(rules, "for { sip:bob@example.com } response same as { sip:x@y.example }", "", options) == "violated");
  }
}

TEST_CASE("every pair of two groups is compared, not one of each") {
  // All of the first group get the same as x, whom the rules name before; only y of the second differs from them.
  const std::string rules = rule("x", one("sip:x@y.example"), kPolite) + rule("y", one("sip:y@y.example"), kAllow, kPersons) + rule("all", "", kPolite);
  const std::string groups = "group first = { sip:a@x.example, sip:b@x.example } group second = { sip:x@y.example, sip:y@y.example }";
  CHECK(verdict(rules, "for first response and content same as second", groups) == "violated");
  CHECK(verdict(rules, "for second response and content same as first", groups) == "violated");
  CHECK(verdict(rules, "for second response and content same as second", groups) == "violated");
  CHECK(verdict(rules, "for first response and content same as first", groups) == "proved");
}

TEST_CASE("the guard holds for both watchers") {
  // The unauthenticated are treated otherwise, but the guard leaves them out.
  const std::string rules = rule("known", many(), kPolite);
  CHECK(verdict(rules, "for everyone response same as everyone") == "violated");
  CHECK(verdict(rules, "for everyone when authenticated response same as everyone") == "proved");
  CHECK(verdict(rules, "for everyone when authenticated or sphere is \"home\" response same as everyone") == "violated");
  CHECK(verdict(rules, "for everyone when not authenticated response same as { sip:a@x.example }") == "vacuous");
}

TEST_CASE("a group without watchers compares nothing") {
  const std::string rules = rule("all", "", kPolite);
  const std::string nobody = "group nobody = everyone minus everyone";
  for (const auto* property : {"for nobody response same as everyone", "for everyone response same as nobody", "for nobody reveals nothing about time"}) {
    const auto result = prove(rules, property, nobody);
    CHECK(result.verdict == verify::Verdict::vacuous);
    CHECK_FALSE(result.reason.empty());
  }
  CHECK(verdict(rules, "for everyone when sphere is \"a\" and sphere is \"b\" response same as everyone") == "vacuous");
}

TEST_CASE("a location server's response is whether it grants") {
  const auto located = [](const std::string& id, const std::string& who, const std::string& radius) {
    return "<rule id=\"" + id + "\"><conditions>" + who + "</conditions><transformations>" + within(radius) + "</transformations></rule>";
  };
  const std::string rules = located("bob", kBob, "500") + located("mallory", kMallory, "5000");
  const std::string both = "for { sip:bob@example.com } response same as { sip:mallory@example.net }";
  CHECK(verdict(rules, both) == "proved");
  CHECK(verdict(rules, "for { sip:bob@example.com } response and content same as { sip:mallory@example.net }") == "violated");
  CHECK(verdict(rules, "for { sip:bob@example.com } response same as { sip:x@y.example }") == "violated");
  CHECK_FALSE(prove(rules, "for { sip:bob@example.com } response same as { sip:x@y.example }").counterexample->decision.response);
}

TEST_CASE("what a rule shows in one sphere alone reveals the sphere") {
  const std::string rules = rule("bob", kBob, kAllow, kPersons) + rule("home", kBob + sphere("home"), kAllow, kServices);
  const auto result = prove(rules, "for everyone reveals nothing about sphere");
  CHECK(result.verdict == verify::Verdict::violated);
  CHECK(first_watcher(result) == "sip:bob@example.com");
  REQUIRE(result.second);
  const auto& first = result.counterexample->request.state;
  const auto& second = result.second->request.state;
  CHECK((first.sphere == "home") != (second.sphere == "home"));
  CHECK(first.time == second.time);
  CHECK(first.location == second.location);
  CHECK(ids_of(rules, result.rules) == std::vector<std::string>{"home"});
  CHECK(verdict(rules, "for everyone minus { sip:bob@example.com } reveals nothing about sphere") == "proved");
  CHECK(verdict(rules, "for everyone reveals nothing about time") == "proved");
  CHECK(verdict(rules, "for everyone reveals nothing about location") == "proved");
}

TEST_CASE("permissions that cannot show reveal nothing") {
  // Without a component no attribute shows; below allow nothing does.
  const std::string mood = "<pr:provide-mood>true</pr:provide-mood>";
  CHECK(verdict(rule("bob", kBob, kAllow) + rule("home", kBob + sphere("home"), kAllow, mood), "for everyone reveals nothing about sphere") == "proved");
  CHECK(verdict(rule("all", "", kPolite) + rule("home", kBob + sphere("home"), "", kPersons + mood), "for everyone reveals nothing about sphere") == "proved");
  // Usage rules show with a location alone.
  const std::string notes = "<gp:set-note-well xml:lang=\"en\">mine</gp:set-note-well>";
  CHECK(verdict(rule("bob", kBob, kAllow, kPersons) + rule("home", kBob + sphere("home"), kAllow, notes), "for everyone reveals nothing about sphere") == "proved");
  CHECK(verdict(rule("bob", kBob, kAllow, kPersons + within("500")) + rule("home", kBob + sphere("home"), kAllow, notes),
                "for everyone reveals nothing about sphere") == "violated");
}

TEST_CASE("a document that shows the secret itself reveals it") {
  CHECK(verdict(rule("bob", kBob, kAllow, kPersons + kSphere), "for everyone reveals nothing about sphere") == "violated");
  CHECK(verdict(rule("bob", kBob, kAllow, kServices + kSphere), "for everyone reveals nothing about sphere") == "proved");
  const auto result = prove(rule("bob", kBob, kAllow, kPersons + within("5000")), "for everyone reveals nothing about location");
  CHECK(result.verdict == verify::Verdict::violated);
  CHECK(result.counterexample->request.state.location != result.second->request.state.location);
  CHECK(ids_of(rule("bob", kBob, kAllow, kPersons + within("5000")), result.rules) == std::vector<std::string>{"bob"});
  // The offset from UTC is not the time.
  CHECK(verdict(rule("bob", kBob, kAllow, kPersons + "<pr:provide-time-offset>true</pr:provide-time-offset>"), "for everyone reveals nothing about time") ==
        "proved");
}

TEST_CASE("a guard that pins the sphere leaves no two runs") {
  const std::string rules = rule("bob", kBob + sphere("home"), kAllow, kPersons + kSphere);
  CHECK(verdict(rules, "for everyone when sphere is \"home\" reveals nothing about sphere") == "vacuous");
  // Of spheres that nobody names there are two.
  CHECK(verdict(rules, "for everyone when not (sphere is \"home\" or sphere is undefined) reveals nothing about sphere") == "proved");
  const std::string open = rule("bob", kBob, kAllow, kPersons + kSphere);
  CHECK(verdict(open, "for everyone when not (sphere is \"home\" or sphere is undefined) reveals nothing about sphere") == "violated");
}

TEST_CASE("a window reveals the time, unless the guard stays on one side of it") {
  const std::string rules = rule("bob", kBob + valid("2026-06-01T00:00:00Z", "2026-06-02T00:00:00Z"), kAllow, kPersons);
  CHECK(verdict(rules, "for everyone reveals nothing about time") == "violated");
  CHECK(verdict(rules, "for everyone during 2026-06-01T06:00:00Z .. 2026-06-01T18:00:00Z reveals nothing about time") == "proved");
  CHECK(verdict(rules, "for everyone during 2026-06-01T06:00:00Z .. 2026-06-02T00:00:01Z reveals nothing about time") == "violated");
}

TEST_CASE("a region reveals the location only where it can be entered and left") {
  const std::string rules = rule("near", kBob + inside("52.52 13.4", "200"), kAllow, kServices) + rule("bob", kBob, kAllow, kPersons);
  const auto result = prove(rules, "for everyone reveals nothing about location");
  CHECK(result.verdict == verify::Verdict::violated);
  CHECK(result.counterexample->request.state.sphere == result.second->request.state.sphere);
  // Both runs are in a smaller circle around the same place.
  CHECK(verdict(rules, "for everyone when inside circle 52.52 13.4 radius 100 m reveals nothing about location") == "proved");
  CHECK(verdict(rules, "for everyone when inside circle 52.52 13.4 radius 300 m reveals nothing about location") == "violated");
  CHECK(verdict(rules, "for everyone when inside circle 40 13.4 radius 300 m reveals nothing about location") == "proved");
}

TEST_CASE("the handling is revealed where it can be more than one") {
  CHECK(verdict(rule("bob", kBob + sphere("home"), kAllow, kPersons) + rule("all", "", kPolite), "for { sip:bob@example.com } reveals nothing about handling") ==
        "violated");
  CHECK(verdict(rule("bob", kBob, kAllow, kPersons) + rule("home", kBob + sphere("home"), kAllow, kServices),
                "for { sip:bob@example.com } reveals nothing about handling") == "proved");
}

TEST_CASE("claims about content are tried under the readings that change documents") {
  const std::string say_false = "<gp:set-retransmission-allowed>false</gp:set-retransmission-allowed>";
  const std::string rules = rule("bob", kBob, kAllow, kPersons + within("500") + say_false) + rule("home", kBob + sphere("home"), kAllow, kPersons);
  // In the sphere a silent rule matches beside: the document's value stays, or not.
  CHECK(verdict(rules, "for everyone reveals nothing about sphere") == "depends");
  CHECK(verdict(rules, "for everyone response same as everyone") == "violated");
  const std::string radii = rule("bob", kBob, kAllow, kPersons + within("500")) + rule("home", kBob + sphere("home"), kAllow, within("5000"));
  const auto result = prove(radii, "for everyone reveals nothing about location");
  CHECK(result.verdict == verify::Verdict::violated);
  const auto sphere_result = prove(rule("bob", kBob, kAllow, kPersons + within("500")) + rule("home", kBob + sphere("home"), kAllow, within("5000")),
                                   "for everyone reveals nothing about sphere");
  CHECK(sphere_result.verdict == verify::Verdict::depends);
}

TEST_CASE("a proof over two runs names the rules that it rests on") {
  const std::string rules = rule("home", sphere("home"), kAllow, kServices) + rule("work", sphere("work"), kAllow, kServices) +
                            rule("bob", kBob + sphere("home"), kAllow, kServices);
  const auto result = prove(rules, "for everyone when sphere is \"home\" or sphere is \"work\" reveals nothing about sphere");
  CHECK(result.verdict == verify::Verdict::proved);
  CHECK(ids_of(rules, result.rules) == std::vector<std::string>{"home", "work"});
}

}  // namespace presproof
