#include <filesystem>
#include <nlohmann/json.hpp>

#include "running.h"

namespace presproof::test {
namespace {

const std::string kStory = std::string(PRESPROOF_SAMPLES) + "/friends-and-family/";
const std::string kPublish = "publish " + kStory + "presence.xml\n";

std::vector<std::string> words(const std::string& events, const std::string& engine) { return {"simulate", kStory + "policy.xml", "--events", events, "--engine", engine, "--show", "decision"}; }

}  // namespace

TEST_CASE("a subscription by the RFCs: every NOTIFY is filtered, and deleted rules let nobody in") {
  const Folder folder;
  const auto events = folder.write("events.txt", "# a day\n" + kPublish + "subscribe sip:bob@example.com\nrefresh sip:bob@example.com\nsubscribe sip:x@elsewhere.example\ndelete\nrefresh sip:bob@example.com\n");
  const auto ran = run(words(events, "rfc"));
  CHECK(ran.status == 0);
  CHECK(ran.out.find("the whole document") == std::string::npos);
  CHECK(ran.out.find("subscribe sip:x@elsewhere.example: 403\ndelete: 200\n    NOTIFY to sip:bob@example.com, subscription 1: terminated (rejected), no document\nrefresh sip:bob@example.com: 481\n") != std::string::npos);
}

TEST_CASE("a subscription on Kamailio: what is refreshed is not filtered, and who was in stays in") {
  const Folder folder;
  const auto events = folder.write("events.txt", kPublish + "subscribe sip:bob@example.com\nrefresh sip:bob@example.com\nat 2030-01-01T00:00:00Z\ndelete\nfetch sip:bob@example.com\nunpublish\n");
  const auto ran = run(words(events, "kamailio"));
  CHECK(ran.status == 0);
  CHECK(ran.out.find("refresh sip:bob@example.com: 200\n    NOTIFY to sip:bob@example.com, subscription 1: active, the whole document\nat 2030-01-01T00:00:00Z\ndelete: 200\n"
                     "    NOTIFY to sip:bob@example.com, subscription 1: active, the whole document\nfetch sip:bob@example.com: 200\n"
                     "    NOTIFY to sip:bob@example.com, subscription 2: terminated (timeout), the whole document\n") != std::string::npos);
  auto as_json = words(events, "kamailio");
  as_json.insert(as_json.end(), {"--format", "json"});
  const auto json = nlohmann::json::parse(run(as_json).out);
  CHECK(json["format"] == "presproof-timeline/1");
  CHECK(json["events"][1]["notifies"][0]["whole"] == false);
  CHECK(json["events"][2]["notifies"][0]["whole"] == true);
  CHECK(json["events"][3]["response"].is_null());
}

TEST_CASE("rules that change, by the RFCs: who sees something else is told") {
  const Folder folder;
  const auto events = folder.write("events.txt", kPublish + "subscribe sip:carol@example.com\nrules " + kStory + "policy.xml\nrules " + kStory + "next.xml\n");
  const auto ran = run(words(events, "rfc"));
  CHECK(ran.out.find("policy.xml: 200\nrules ") != std::string::npos);
  CHECK(ran.out.find("next.xml: 200\n    NOTIFY to sip:carol@example.com, subscription 1: active") != std::string::npos);
}

TEST_CASE("who watches: by the RFCs the presentity's own affair, on Kamailio everybody's") {
  const Folder folder;
  const auto events = folder.write("events.txt", kPublish + "winfo sip:eve@example.org\nsubscribe sip:bob@example.com\nunsubscribe sip:bob@example.com\n");
  CHECK(run(words(events, "rfc")).out.find("winfo sip:eve@example.org: 403\n") != std::string::npos);
  const auto ran = run(words(events, "kamailio")).out;
  CHECK(ran.find("winfo sip:eve@example.org: 200\n    NOTIFY to sip:eve@example.org, subscription 1: active, the list of watchers: nobody\n") != std::string::npos);
  CHECK(ran.find("    NOTIFY to sip:eve@example.org, subscription 1: active, a change in the list of watchers: sip:bob@example.com (active)\n    NOTIFY to sip:bob@example.com") != std::string::npos);
  CHECK(ran.find("unsubscribe sip:bob@example.com: 200\n    NOTIFY to sip:eve@example.org, subscription 1: active, the list of watchers: nobody\n") != std::string::npos);
  auto as_json = words(events, "kamailio");
  as_json.insert(as_json.end(), {"--format", "json"});
  CHECK(nlohmann::json::parse(run(as_json).out)["events"][2]["notifies"][0]["watchers"][0]["watcher"] == "sip:bob@example.com");
}

TEST_CASE("an asserted identity counts for a person, and From for a domain, where Kamailio is configured so") {
  const auto decided = [](const std::string& engine, const std::vector<std::string>& watchers) {
    std::vector<std::string> arguments = {"simulate", kStory + "policy.xml", "--engine", engine, "--show", "decision", "--at", "2026-06-01T12:00:00Z"};
    for (const auto& watcher : watchers) arguments.insert(arguments.end(), {"--watcher", watcher});
    const auto out = run(arguments).out;
    return out.substr(0, out.find('\n'));
  };
  CHECK(decided("kamailio,identity=asserted", {"sip:bob@example.com", "sip:x@elsewhere.example"}).find("allow") != std::string::npos);
  CHECK(decided("kamailio,identity=asserted", {"sip:x@elsewhere.example", "sip:bob@example.com"}).find("allow") == std::string::npos);
  CHECK(decided("kamailio,identity=asserted", {"sip:x@elsewhere.example", "sip:y@club.example.org"}).find("allow") != std::string::npos);
  CHECK(run({"engines", "kamailio,identity=digest"}).err.find("`from` or `asserted`, not `digest`") != std::string::npos);
}

TEST_CASE("events that cannot be read are told with their line") {
  const Folder folder;
  const auto error = [&](const std::string& text) {
    const auto ran = run(words(folder.write("bad.txt", text), "rfc"));
    return std::to_string(ran.status) + " " + ran.err;
  };
  CHECK(error("\njump\n").find("bad.txt:2:1: error: unknown event `jump`") != std::string::npos);
  CHECK(error("subscribe\n").find("`subscribe` has no URI") != std::string::npos);
  CHECK(error("subscribe bob\n").find("it has no scheme") != std::string::npos);
  CHECK(error("at noon\n").find("`noon` is no time with an offset") != std::string::npos);
  CHECK(error("publish nowhere.xml\n").starts_with("2 presproof: error: cannot read"));
  CHECK(error("\x1b[2J\n").find('\x1b') == std::string::npos);
  CHECK(run({"simulate", kStory + "policy.xml", kStory + "next.xml", "--events", folder.write("none.txt", "")}).status == 2);
}

TEST_CASE("what breaks a claim over any subscription is shown again by its events") {
  const Folder folder;
  const auto policy = folder.write("june.xml", R"(<ruleset xmlns="urn:ietf:params:xml:ns:common-policy" xmlns:pr="urn:ietf:params:xml:ns:pres-rules"><rule id="june">
    <conditions><identity><one id="sip:bob@example.com"/></identity><validity><from>2026-06-01T00:00:00Z</from><until>2026-07-01T00:00:00Z</until></validity></conditions>
    <actions><pr:sub-handling>allow</pr:sub-handling></actions></rule></ruleset>)");
  const std::string property = "for everyone during 2026-07-02T00:00:00Z .. 2100-01-01T00:00:00Z never anything over any subscription";
  const auto scenarios = folder.path("scenarios");
  const auto ran = run({"prove", policy, "-p", property, "--engine", "kamailio", "--scenario", scenarios, "--format", "json"});
  CHECK(ran.status == 1);
  const auto example = nlohmann::json::parse(ran.out)["properties"][0]["counterexample"];
  CHECK(example["events"].size() == 5);
  std::string scenario;
  for (const auto& entry : std::filesystem::directory_iterator(scenarios)) scenario = entry.path().string();
  const auto played = run({"simulate", scenario + "/june.xml", "--events", scenario + "/events.txt", "--engine", "kamailio", "--format", "json"});
  REQUIRE(played.status == 0);
  const auto events = nlohmann::json::parse(played.out)["events"];
  CHECK(events.back()["notifies"][0]["whole"] == true);
  const auto text = run({"prove", policy, "-p", property, "--engine", "kamailio"}).out;
  CHECK(text.find("        subscribe sip:bob@example.com\n      the NOTIFY that follows shows the whole document") != std::string::npos);
  CHECK(run({"prove", policy, "-p", property}).status == 0);
}

}  // namespace presproof::test
