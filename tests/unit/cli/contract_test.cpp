// The JSON of each command against the contract: exactly these keys, in this order where they are fixed.

#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "../report/sarif_check.h"
#include "running.h"

namespace presproof {
namespace {

using Json = nlohmann::ordered_json;
using Keys = std::vector<std::string>;
using test::Folder;
using test::run;

Keys keys_of(const Json& object) {
  Keys keys;
  for (const auto& [key, value] : object.items()) keys.push_back(key);
  return keys;
}

const Keys kPermissionKeys = {"sub-handling",       "provide-devices",      "provide-persons",     "provide-services",
                              "provide-activities", "provide-class",        "provide-deviceID",    "provide-mood",
                              "provide-place-is",   "provide-place-type",   "provide-privacy",     "provide-relationship",
                              "provide-sphere",     "provide-status-icon",  "provide-time-offset", "provide-user-input",
                              "provide-note",       "provide-unknown-attribute", "provide-all-attributes", "provide-location",
                              "set-retransmission-allowed", "set-retention-expiry", "set-note-well", "keep-rule-reference"};

}  // namespace

TEST_CASE("simulate's JSON has the keys of the contract") {
  const Folder folder;
  const auto policy = folder.write("p.xml", test::kPolicy);
  const auto presence = folder.write("d.xml", test::kPresence);
  const auto ran = run({"simulate", policy, "--presence", presence, "--watcher", "sip:bob@example.com", "--at", "2026-06-01T12:00:00Z",
                        "--format", "json"});
  REQUIRE(ran.status == 0);
  CHECK(ran.err.empty());
  const auto json = Json::parse(ran.out);
  CHECK(keys_of(json) == Keys{"format", "engine", "usage", "watcher", "state", "matched_rules", "permissions", "granted_by", "response",
                              "subscription_state", "document"});
  CHECK(json["format"] == "presproof-simulation/1");
  CHECK(json["engine"] == "rfc");
  CHECK(json["usage"] == "presence");
  CHECK(json["watcher"] == Json{{"authenticated", true}, {"identities", {"sip:bob@example.com"}}});
  CHECK(json["state"] == Json{{"time", "2026-06-01T12:00:00Z"}, {"sphere", nullptr}});
  REQUIRE(json["matched_rules"].size() == 1);
  CHECK(json["matched_rules"][0] == Json{{"file", policy}, {"id", "friends"}, {"line", 4}});
  CHECK(keys_of(json["permissions"]) == kPermissionKeys);
  CHECK(json["permissions"]["provide-location"] == Json{{"geodetic", {{"radius_m", 5000}}}, {"civic", "none"}});
  CHECK(keys_of(json["permissions"]["provide-services"]) == Keys{"all", "class", "occurrence-id", "service-uri", "service-uri-scheme"});
  CHECK(keys_of(json["permissions"]["provide-devices"]) == Keys{"all", "class", "occurrence-id", "deviceID"});
  CHECK(keys_of(json["permissions"]["provide-persons"]) == Keys{"all", "class", "occurrence-id"});
  CHECK(keys_of(json["granted_by"]) == Keys{"sub-handling", "provide-persons", "provide-location"});
  CHECK(json["response"] == Json{{"code", 200}, {"reason", "OK"}});
  CHECK(json["subscription_state"] == "active");
  CHECK(json["document"].get<std::string>().find("<dm:person id=\"p\"") != std::string::npos);
}

TEST_CASE("simulate gives one object a line for many watchers") {
  const Folder folder;
  const auto policy = folder.write("p.xml", test::kPolicy);
  const auto watchers = folder.write("w.txt", "sip:bob@example.com\nsip:mallory@example.com\n");
  const auto ran = run({"simulate", policy, "--watchers", watchers, "--format", "jsonl", "--show", "decision", "--at", "2026-06-01T12:00:00Z"});
  REQUIRE(ran.status == 0);
  std::istringstream lines(ran.out);
  std::string line;
  std::vector<std::string> responses;
  while (std::getline(lines, line)) {
    const auto json = Json::parse(line);
    CHECK(json["document"].is_null());
    responses.push_back(json["watcher"]["identities"][0].get<std::string>() + " " + std::to_string(json["response"]["code"].get<int>()));
  }
  CHECK(responses == std::vector<std::string>{"sip:bob@example.com 200", "sip:mallory@example.com 403"});
}

TEST_CASE("a refused watcher gets 403 and a terminated subscription") {
  const auto ran = run({"simulate", "-", "--anonymous", "--show", "decision", "--format", "json"}, test::kPolicy);
  REQUIRE(ran.status == 0);
  const auto json = Json::parse(ran.out);
  CHECK(json["response"] == Json{{"code", 403}, {"reason", "Forbidden"}});
  CHECK(json["subscription_state"] == "terminated;reason=rejected");
  CHECK(json["watcher"] == Json{{"authenticated", false}, {"identities", Json::array()}});
}

TEST_CASE("prove's JSON has the keys of the contract") {
  const Folder folder;
  const auto policy = folder.write("p.xml", test::kPolicy);
  const auto props = folder.write("a.props", "group friends = { sip:bob@example.com }\n\nproperty \"coarse\":\n  for friends never location finer than 5 km\n");
  const auto ran = run({"prove", policy, "--properties", props, "-p", "for everyone never location", "--format", "json"});
  REQUIRE(ran.status == 1);
  const auto json = Json::parse(ran.out);
  CHECK(json["format"] == "presproof-proof/1");
  CHECK(json["summary"] == Json{{"proved", 1}, {"violated", 1}, {"depends", 0}, {"undecided", 0}, {"vacuous", 0}});
  REQUIRE(json["properties"].size() == 2);
  const auto& proved = json["properties"][0];
  for (const auto* key : {"name", "file", "line", "text", "verdict", "counterexample", "rules", "repair", "solver"}) {
    INFO(key);
    CHECK(proved.contains(key));
  }
  CHECK(proved["name"] == "coarse");
  CHECK(proved["file"] == props);
  CHECK(proved["line"] == 3);
  CHECK(proved["text"] == "for friends never location finer than 5 km");
  CHECK(proved["verdict"] == "proved");
  CHECK(proved["counterexample"].is_null());
  CHECK(proved["rules"] == Json{"friends"});
  CHECK(keys_of(proved["solver"]) == Keys{"name", "version", "seconds"});
  CHECK_FALSE(proved.contains("by_reading"));

  const auto& violated = json["properties"][1];
  CHECK(violated["verdict"] == "violated");
  const auto& example = violated["counterexample"];
  for (const auto* key : {"watcher", "state", "matched_rules", "permissions", "replayed", "second"}) {
    INFO(key);
    CHECK(example.contains(key));
  }
  CHECK(example["replayed"] == true);
  CHECK(example["second"].is_null());
  CHECK(example["watcher"]["identities"] == Json{"sip:bob@example.com"});
  CHECK(keys_of(example["state"]) == Keys{"time", "sphere", "location"});
  CHECK(keys_of(example["permissions"]) == kPermissionKeys);
}

TEST_CASE("prove's JSON shows both runs of a claim over time, what is left and what is assumed") {
  std::string policy = test::kPolicy;
  const std::string friends = policy.substr(policy.find("<rule id=\"friends\""), policy.find("</rule>") + 7 - policy.find("<rule id=\"friends\""));
  std::string second = friends;
  second.replace(second.find("friends"), 7, "at-work");
  second.replace(second.find("5000"), 4, "2000");
  second.replace(second.find("</identity>"), 11, "</identity><sphere value=\"work\"/>");
  policy.insert(policy.find("</ruleset>"), second);
  const auto ran = run({"prove", "-", "-p", "for everyone never location finer than 1 km over time", "--reading", "geo-radius=finest", "--format", "json"}, policy);
  REQUIRE(ran.status == 1);
  const auto property = Json::parse(ran.out)["properties"][0];
  CHECK(property["verdict"] == "violated");
  CHECK(property["assumptions"].size() == 3);
  CHECK(property["reason"].get<std::string>().find("radius 2000 m at ") == 0);
  const auto& example = property["counterexample"];
  CHECK(example["remaining_area_m2"] > 0);
  CHECK(example["remaining_area_m2"] < 3.15e6);
  CHECK(example["permissions"]["provide-location"]["geodetic"]["radius_m"] == 2000);
  CHECK(example["second"]["permissions"]["provide-location"]["geodetic"]["radius_m"] == 5000);
  CHECK(example["second"]["replayed"] == true);
  CHECK(example["second"]["state"]["location"] == example["state"]["location"]);
  const auto text = run({"prove", "-", "-p", "for everyone never location finer than 1 km over time", "--reading", "geo-radius=finest"}, policy);
  for (const auto* part : {"together leave", "gets      provide-location position within 5 km", "assumes   the target stays where it is"}) {
    INFO(part);
    CHECK(text.out.find(part) != std::string::npos);
  }
}

TEST_CASE("a verdict that depends on a reading lists each reading that matters") {
  const std::string policy = R"(<ruleset xmlns="urn:ietf:params:xml:ns:common-policy" xmlns:pr="urn:ietf:params:xml:ns:pres-rules">
  <rule id="all"><conditions><identity><one id="sip:bob@example.com"/></identity></conditions>
    <actions><pr:sub-handling>allow</pr:sub-handling></actions>
    <transformations><pr:provide-persons><pr:all-persons/></pr:provide-persons><pr:provide-all-attributes/></transformations></rule>
</ruleset>)";
  const auto ran = run({"prove", "-", "-p", "for everyone never location", "--format", "json"}, policy);
  REQUIRE(ran.status == 1);
  const auto json = Json::parse(ran.out);
  const auto& property = json["properties"][0];
  CHECK(property["verdict"] == "depends");
  CHECK(property["by_reading"] == Json{{{"readings", {{"all-attributes-location", "includes"}}}, {"verdict", "violated"}},
                                       {{"readings", {{"all-attributes-location", "excludes"}}}, {"verdict", "proved"}}});
  CHECK(run({"prove", "-", "-p", "for everyone never location", "--reading", "all-attributes-location=excludes"}, policy).status == 0);
  CHECK(run({"prove", "-", "-p", "for everyone never location", "--reading", "all-attributes-location=includes"}, policy).status == 1);
}

TEST_CASE("a counterexample is what simulate shows for the same request") {
  const Folder folder;
  const auto policy = folder.write("p.xml", test::kPolicy);
  const auto proof = Json::parse(run({"prove", policy, "-p", "for everyone never location", "--format", "json"}).out);
  const auto& example = proof["properties"][0]["counterexample"];
  const auto ran = run({"simulate", policy, "--watcher", example["watcher"]["identities"][0].get<std::string>(), "--at",
                        example["state"]["time"].get<std::string>(), "--show", "decision", "--format", "json"});
  REQUIRE(ran.status == 0);
  const auto simulated = Json::parse(ran.out);
  CHECK(simulated["permissions"] == example["permissions"]);
  CHECK(simulated["matched_rules"] == example["matched_rules"]);
}

TEST_CASE("a violation over two runs has both of them, with the same keys") {
  const auto ran = run({"prove", "-", "-p", "for { sip:bob@example.com } response same as { sip:x@y.example }", "--format", "json"}, test::kPolicy);
  REQUIRE(ran.status == 1);
  const auto json = Json::parse(ran.out);
  const auto& first = json["properties"][0]["counterexample"];
  const auto& second = first["second"];
  REQUIRE(second.is_object());
  CHECK(keys_of(first) == keys_of(second));
  for (const auto* key : {"watcher", "state", "matched_rules", "permissions", "replayed", "response", "subscription_state"}) {
    INFO(key);
    CHECK(second.contains(key));
  }
  CHECK(first["watcher"]["identities"] == Json{"sip:bob@example.com"});
  CHECK(second["watcher"]["identities"] == Json{"sip:x@y.example"});
  CHECK(first["state"] == second["state"]);
  CHECK(first["response"] == Json{{"code", 200}, {"reason", "OK"}});
  CHECK(second["response"] == Json{{"code", 403}, {"reason", "Forbidden"}});
  CHECK(second["subscription_state"] == "terminated;reason=rejected");
  CHECK(second["replayed"] == true);
  CHECK(second["second"].is_null());
  CHECK(json["properties"][0]["rules"] == Json{"friends"});
}

TEST_CASE("in text two runs stand side by side, with a mark where they differ") {
  const auto ran = run({"prove", "-", "-p", "for { sip:bob@example.com } response same as { sip:x@y.example }"}, test::kPolicy);
  std::map<std::string, std::string> lines;
  std::istringstream out(ran.out);
  for (std::string line; std::getline(out, line);) {
    std::istringstream blanks(line);
    std::string words;
    for (std::string word; blanks >> word;) words += (words.empty() ? "" : " ") + word;
    lines.emplace(words.substr(0, words.find(' ')), words);
  }
  CHECK(lines["watcher"] == "watcher sip:bob@example.com | sip:x@y.example");
  CHECK(lines["sphere"] == "sphere undefined undefined");
  CHECK(lines["answer"] == "answer 200 OK, active | 403 Forbidden, terminated;reason=rejected");
  CHECK(ran.out.find("--watcher sip:bob@example.com --at") != std::string::npos);
  CHECK(ran.out.find("--watcher sip:x@y.example --at") != std::string::npos);
}

TEST_CASE("leaks' JSON has the keys of the contract, and its exit status follows the gravest leak") {
  std::string policy = test::kPolicy;
  const auto quiet = run({"leaks", "-", "--format", "json"}, policy);
  CHECK(quiet.status == 0);
  const auto none = Json::parse(quiet.out);
  CHECK(none["format"] == "presproof-leaks/1");
  REQUIRE(none["leaks"].size() == 1);
  CHECK(none["leaks"][0]["kind"] == "existence");
  CHECK(none["leaks"][0]["second"].is_null());
  CHECK(none["leaks"][0]["watcher"]["identities"] == Json{"sip:someone@elsewhere.example"});
  CHECK(run({"leaks", "-", "--fail-on", "note"}, policy).status == 1);

  policy.replace(policy.find("</identity>"), 11, "</identity><sphere value=\"home\"/>");
  const auto ran = run({"leaks", "-", "--format", "json", "--stranger", "sip:eve@nowhere.example"}, policy);
  CHECK(ran.status == 1);
  CHECK(run({"leaks", "-", "--fail-on", "error"}, policy).status == 0);
  const auto json = Json::parse(ran.out);
  REQUIRE(json["leaks"].size() == 3);
  Keys kinds;
  for (const auto& leak : json["leaks"]) {
    kinds.push_back(leak["kind"]);
    CHECK(keys_of(leak) == Keys{"kind", "severity", "watcher", "secret", "first", "second", "channel", "rules", "message", "fix", "others"});
  }
  CHECK(kinds == Keys{"blocked-visible", "state-inference", "existence"});
  const auto& inference = json["leaks"][1];
  CHECK(inference["severity"] == "warning");
  CHECK(inference["secret"] == "sphere");
  CHECK(inference["channel"] == "response-code");
  CHECK(inference["rules"] == Json{"friends"});
  CHECK(inference["first"]["replayed"] == true);
  CHECK(inference["second"]["replayed"] == true);
  CHECK(keys_of(inference["first"]) == keys_of(inference["second"]));
  CHECK(json["leaks"][2]["watcher"]["identities"] == Json{"sip:eve@nowhere.example"});
  CHECK(json["summary"] == Json{{"errors", 0}, {"warnings", 2}, {"notes", 1}});
}

TEST_CASE("leaks as SARIF point at the rules that make the difference") {
  std::string policy = test::kPolicy;
  policy.replace(policy.find("</identity>"), 11, "</identity><sphere value=\"home\"/>");
  const auto ran = run({"leaks", "-", "--format", "sarif"}, policy);
  CHECK(ran.status == 1);
  const auto results = test::check_sarif(ran.out);
  REQUIRE(results.size() == 3);
  CHECK(results[0]["ruleId"] == "blocked-visible");
  CHECK(results[0]["level"] == "warning");
  CHECK(results[0]["locations"][0]["physicalLocation"]["region"]["startLine"] == 4);
  CHECK(results[0]["properties"]["again"].size() == 2);
  CHECK(results[1]["ruleId"] == "state-inference");
  CHECK(results[1]["properties"]["secret"] == "sphere");
  CHECK(results[2]["ruleId"] == "existence");
  CHECK(results[2]["level"] == "note");
  CHECK(results[2]["properties"]["again"].size() == 1);
}

TEST_CASE("lint's JSON has the keys of the contract") {
  const Folder folder;
  const auto policy = folder.write("p.xml", "<ruleset xmlns=\"urn:ietf:params:xml:ns:common-policy\">\n  <rule id=\"1\"/>\n</ruleset>\n");
  const auto ran = run({"lint", policy, "--format", "json"});
  REQUIRE(ran.status == 1);
  const auto json = Json::parse(ran.out);
  CHECK(keys_of(json) == Keys{"format", "findings", "summary"});
  CHECK(json["format"] == "presproof-lint/1");
  CHECK(keys_of(json["summary"]) == Keys{"files", "rules", "errors", "warnings", "notes"});
  REQUIRE_FALSE(json["findings"].empty());
  const auto& finding = json["findings"][0];
  CHECK(keys_of(finding) == Keys{"code", "name", "severity", "file", "line", "column", "rule", "message", "why", "spec", "fix", "related"});
  CHECK(finding["code"] == "PP104");
  CHECK(finding["name"] == "invalid-rule-id");
  CHECK(finding["severity"] == "error");
  CHECK(finding["file"] == policy);
  CHECK(finding["line"] == 2);
}

TEST_CASE("the same run prints the same bytes") {
  const std::vector<std::string> lint = {"lint", "-", "--format", "json"};
  CHECK(run(lint, test::kPolicy).out == run(lint, test::kPolicy).out);
  const std::vector<std::string> prove = {"prove", "-", "-p", "for everyone never location"};
  CHECK(run(prove, test::kPolicy).out == run(prove, test::kPolicy).out);
  CHECK(run({"leaks", "-"}, test::kPolicy).out == run({"leaks", "-"}, test::kPolicy).out);
}

}  // namespace presproof
