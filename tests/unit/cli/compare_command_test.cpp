#include <nlohmann/json.hpp>

#include "running.h"

namespace presproof::test {
namespace {

const std::string kStory = std::string(PRESPROOF_SAMPLES) + "/friends-and-family/";
const std::string kHead = R"(<ruleset xmlns="urn:ietf:params:xml:ns:common-policy" xmlns:pr="urn:ietf:params:xml:ns:pres-rules">)";

}  // namespace

TEST_CASE("compare: what an engine discloses more fails, and has its reasons") {
  const auto ran = run({"compare", kStory + "policy.xml", "--properties", kStory + "policy.props", "--format", "json"});
  CHECK(ran.status == 1);
  const auto json = nlohmann::json::parse(ran.out);
  CHECK(json["format"] == "presproof-compare/1");
  CHECK(json["discloses_more"] == true);
  CHECK(json["properties"][0]["verdicts"] == nlohmann::json{{"rfc", "proved"}, {"kamailio", "violated"}});
  CHECK(json["engines"][0]["differences"][0]["because"] == nlohmann::json{"omitted"});
  CHECK(run({"compare", kStory + "policy.xml"}).out == run({"compare", kStory + "policy.xml"}).out);
}

TEST_CASE("compare: an engine that shows nobody more") {
  const Folder folder;
  const auto file = folder.write("a.xml", kHead + R"(<rule id="a"><conditions><identity><one id="sip:bob@example.com"/></identity></conditions><actions><pr:sub-handling>block</pr:sub-handling></actions></rule></ruleset>)");
  const auto ran = run({"compare", file});
  CHECK(ran.status == 0);
  CHECK(ran.out.find("0 of them disclose more (observed on version 5.6.3)") != std::string::npos);
  CHECK(run({"compare", file, "--engines", "rfc,kamailio,force-active=yes"}).status == 1);
}

TEST_CASE("compare: what is no rule set by the RFCs is one for an engine that looks at local names alone") {
  const Folder folder;
  const auto file = folder.write("a.xml", R"(<ruleset xmlns="urn:x"><rule id="a"><conditions><identity><one id="sip:bob@example.com"/></identity></conditions><actions><sub-handling>allow</sub-handling></actions></rule></ruleset>)");
  const auto ran = run({"compare", file});
  CHECK(ran.status == 1);
  CHECK(ran.out.find("because    namespaces: ") != std::string::npos);
  CHECK(ran.out.find("by the RFCs the document is no rule set") != std::string::npos);
  CHECK(ran.out.find("again      presproof simulate " + file + " --watcher sip:bob@example.com --at 2026-06-01T12:00:00Z --engine kamailio") != std::string::npos);
  const auto two = run({"prove", kStory + "policy.xml", kStory + "next.xml", "--engine", "kamailio", "-p", "for everyone never anything"});
  CHECK(two.status == 2);
  CHECK(two.err.find("the engine `kamailio` applies one rule set") != std::string::npos);
}

TEST_CASE("compare and engines: what cannot be asked for") {
  const auto status_and_error = [](const std::vector<std::string>& words) {
    const auto ran = run(words);
    return std::to_string(ran.status) + " " + ran.err;
  };
  CHECK(status_and_error({"compare", kStory + "policy.xml", "--engines", "kamailio"}).starts_with("2 presproof: error: --engines names `rfc` first"));
  CHECK(status_and_error({"compare", kStory + "policy.xml", "--engines", "rfc,kamailo"}).find("did you mean `kamailio`?") != std::string::npos);
  CHECK(status_and_error({"engines", "kamailio,time-zone=berlin"}).find("an offset from UTC such as `+01:00`, not `berlin`") != std::string::npos);
  CHECK(status_and_error({"engines", "rfc,x=1"}).find("the engine `rfc` has no parameters") != std::string::npos);
  CHECK(status_and_error({"prove", kStory + "policy.xml", "--engine", "kamailio", "-p", "for everyone never location", "--repair"}).find("`prove --repair` does not decide as the engine `kamailio` does") != std::string::npos);
}

TEST_CASE("leaks on a server: the engine, what is assumed and how to see it again are named") {
  const auto json = nlohmann::json::parse(run({"leaks", kStory + "policy.xml", "--engine", "kamailio,time-zone=+01:00", "--format", "json"}).out);
  CHECK(json["engine"] == "kamailio,time-zone=+01:00");
  CHECK(json["assumptions"].size() == 4);
  const auto text = run({"leaks", kStory + "policy.xml", "--engine", "opensips"}).out;
  CHECK(text.find("as `opensips` decides: what is said of the engine was read in its source; it was not run") != std::string::npos);
  CHECK(text.find("--engine opensips") != std::string::npos);
}

TEST_CASE("a list of persons that only the server knows is refused, with its place") {
  const test::Folder folder;
  const auto policy = folder.write("list.xml", R"(<ruleset xmlns="urn:ietf:params:xml:ns:common-policy" xmlns:o="urn:oma:xml:xdm:common-policy"><rule id="l"><conditions>
    <o:external-list><o:entry anc="http://xcap.example.com/resource-lists/users/x/index/~~/resource-lists/list"/></o:external-list></conditions></rule></ruleset>)");
  const auto ran = run({"prove", policy, "-p", "for everyone never anything", "--engine", "opensips-oma"});
  CHECK(ran.status == 2);
  CHECK(ran.err.find("list.xml:2:5: error: this server asks a resource list who is in `external-list`") != std::string::npos);
  CHECK(run({"engines", "opensips-oma"}).out.find("oma-order") != std::string::npos);
  CHECK(run({"engines", "opensips-oma,time-zone=+01:00"}).status == 2);
}

TEST_CASE("engines: a list, and one with its parameters and departures") {
  CHECK(run({"engines"}).out.find("35 departures") != std::string::npos);
  const auto one = run({"engines", "kamailio,time-zone=-05:30"});
  CHECK(one.status == 0);
  CHECK(one.out.find("(here -05:30)") != std::string::npos);
  CHECK(one.out.find("! first-match") != std::string::npos);
  const auto json = nlohmann::json::parse(run({"engines", "--format", "json"}).out);
  CHECK(json["format"] == "presproof-engines/1");
  REQUIRE(json["engines"].size() == 7);
  CHECK(json["engines"][1]["evidence"] == "source");
  CHECK(json["engines"][2]["evidence"] == "run");
  CHECK(json["engines"][2]["departures"].size() == 35);
  // What was not run says so wherever it is named.
  for (const char* name : {"oma", "opensips", "opensips-oma", "mobicents", "kaleo"}) CHECK(run({"engines", name}).out.find("(source: read, not run)") != std::string::npos);
}

TEST_CASE("simulate and prove as an engine decides") {
  const auto simulated = run({"simulate", kStory + "policy.xml", "--presence", kStory + "presence.xml", "--watcher", "sip:bob@example.com", "--engine", "kamailio", "--at", "2026-06-01T12:00:00Z"});
  CHECK(simulated.status == 0);
  CHECK(simulated.out.find("<gml:pos>48.1374 11.5755</gml:pos>") != std::string::npos);
  const auto proved = run({"prove", kStory + "policy.xml", "--properties", kStory + "policy.props", "--engine", "kamailio", "--format", "json"});
  CHECK(proved.status == 1);
  const auto json = nlohmann::json::parse(proved.out);
  CHECK(json["engine"] == "kamailio");
  CHECK(json["summary"]["violated"] == 5);
  CHECK(json["properties"][0]["assumptions"].size() == 4);
}

TEST_CASE("what nothing can be said of is refused, with its place") {
  const Folder folder;
  const auto file = folder.write("rules.xml",
                                 "<ruleset xmlns='urn:ietf:params:xml:ns:common-policy' xmlns:pr='urn:ietf:params:xml:ns:pres-rules' xmlns:ocp='urn:oma:xml:xdm:common-policy'>\n"
                                 "<rule id='a'><conditions><ocp:external-list/></conditions><actions><pr:sub-handling>allow</pr:sub-handling></actions></rule>\n"
                                 "<rule id='b'><actions><pr:sub-handling>allow</pr:sub-handling></actions></rule></ruleset>\n");
  for (const char* engine : {"oma", "opensips-oma", "kaleo"}) {
    const auto refused = run({"simulate", file, "--watcher", "sip:bob@example.com", "--engine", engine, "--show", "decision"});
    CHECK(refused.status == 2);
    CHECK(refused.err.find("rules.xml:2:") != std::string::npos);
    CHECK(refused.err.find("external-list") != std::string::npos);
  }
  const auto throws = run({"prove", file, "-p", "for everyone never anything", "--engine", "mobicents"});
  CHECK(throws.status == 2);
  CHECK(throws.err.find("rules.xml:3:1: error: this server throws an exception on a rule with <actions> and without <conditions>") != std::string::npos);
}

TEST_CASE("conditions that a server knows are not reported to be unknown") {
  const Folder folder;
  const auto file = folder.write("rules.xml",
                                 "<ruleset xmlns='urn:ietf:params:xml:ns:common-policy' xmlns:pr='urn:ietf:params:xml:ns:pres-rules' xmlns:ocp='urn:oma:xml:xdm:common-policy'>"
                                 "<rule id='a'><conditions><ocp:other-identity/></conditions><actions><pr:sub-handling>polite-block</pr:sub-handling></actions></rule></ruleset>\n");
  const auto known = run({"simulate", file, "--watcher", "sip:bob@example.com", "--engine", "oma", "--show", "decision"});
  CHECK(known.err.empty());
  CHECK(known.out.find("polite-block, 200 OK, active") != std::string::npos);
  CHECK(run({"simulate", file, "--watcher", "sip:bob@example.com", "--show", "decision"}).err.find("PP201") != std::string::npos);
}

TEST_CASE("claims over two runs and over time as an engine decides") {
  const Folder folder;
  const auto file = folder.write("rules.xml",
                                 "<ruleset xmlns='urn:ietf:params:xml:ns:common-policy' xmlns:pr='urn:ietf:params:xml:ns:pres-rules'>"
                                 "<rule id='home'><conditions><identity><one id='sip:bob@example.com'/></identity><sphere value='home'/></conditions>"
                                 "<actions><pr:sub-handling>allow</pr:sub-handling></actions><transformations><pr:provide-services><pr:all-services/></pr:provide-services></transformations></rule></ruleset>\n");
  const auto proof = [&](const std::string& engine, const std::string& property) { return run({"prove", file, "--engine", engine, "-p", property}); };
  // By the RFCs a sphere tells; Kamailio looks at none, and RestComm's server the other way round.
  CHECK(proof("rfc", "for everyone reveals nothing about sphere").status == 1);
  CHECK(proof("kamailio", "for everyone reveals nothing about time").status == 0);
  const auto told = proof("mobicents", "for everyone reveals nothing about sphere");
  CHECK(told.status == 1);
  CHECK(told.out.find("--engine mobicents") != std::string::npos);
  CHECK(told.out.find("assumes   what is said of the engine was read in its source; it was not run") != std::string::npos);
  CHECK(proof("kamailio", "for { sip:eve@example.org } response same as { pres:x@example.org }").status == 1);
  CHECK(proof("rfc", "for everyone never location finer than 1 km over time").status == 0);
  CHECK(proof("mobicents", "for everyone never location finer than 1 km over time").status == 1);
}

}  // namespace presproof::test
