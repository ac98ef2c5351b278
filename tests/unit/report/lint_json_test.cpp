#include <nlohmann/json.hpp>

#include "unit/report/lint_fixture.h"

namespace presproof::report {

using diag::Code;
using Json = nlohmann::ordered_json;

namespace {

std::vector<std::string> keys(const Json& object) {
  std::vector<std::string> names;
  for (const auto& [name, value] : object.items()) names.push_back(name);
  return names;
}

using Keys = std::vector<std::string>;

}  // namespace

TEST_CASE("lint JSON has the contract's keys, in its order", "[report]") {
  LintFixture fixture("<a/>");
  fixture.lint.rules = 7;
  auto& finding = fixture.add(Code::wrong_namespace, {0, 1, 1, 2}, "message");
  finding.rule = "friends";
  finding.fix = "do this";
  finding.related.push_back({{0, 1, 2, 1}, "see"});
  const auto json = Json::parse(lint_json(fixture.lint));
  CHECK(keys(json) == Keys{"format", "findings", "summary"});
  CHECK(json["format"] == "presproof-lint/1");
  REQUIRE(json["findings"].size() == 1);
  const auto& object = json["findings"][0];
  CHECK(keys(object) ==
        Keys{"code", "name", "severity", "file", "line", "column", "rule", "message", "why", "spec", "fix", "related"});
  CHECK(object["code"] == "PP101");
  CHECK(object["name"] == "wrong-namespace");
  CHECK(object["severity"] == "error");
  CHECK(object["file"] == "alice.xml");
  CHECK(object["line"] == 1);
  CHECK(object["column"] == 1);
  CHECK(object["rule"] == "friends");
  CHECK(object["message"] == "message");
  CHECK(object["spec"] == "RFC 4745 section 6.2");
  CHECK(object["fix"] == "do this");
  CHECK(keys(object["related"][0]) == Keys{"file", "line", "column", "message"});
  CHECK(keys(json["summary"]) == Keys{"files", "rules", "errors", "warnings", "notes"});
  CHECK(json["summary"]["files"] == 1);
  CHECK(json["summary"]["rules"] == 7);
  CHECK(json["summary"]["errors"] == 1);
}

TEST_CASE("lint JSON has null for no rule and no fix, and an empty list", "[report]") {
  LintFixture fixture("<a/>");
  fixture.add(Code::older_dialect, {0, 1, 1, 2}, "message");
  const auto object = Json::parse(lint_json(fixture.lint))["findings"][0];
  CHECK(object["rule"].is_null());
  CHECK(object["fix"].is_null());
  CHECK(object["related"] == Json::array());
}

TEST_CASE("lint JSON without findings has an empty list", "[report]") {
  LintFixture fixture("");
  const auto json = Json::parse(lint_json(fixture.lint));
  CHECK(json["findings"] == Json::array());
  CHECK(json["summary"]["warnings"] == 0);
}

TEST_CASE("lint JSON stays valid with bytes that are no UTF-8", "[report]") {
  LintFixture fixture("<a/>", "\xff.xml");
  fixture.add(Code::not_well_formed, {0, 1, 1, 1}, "byte \xfe");
  CHECK(Json::parse(lint_json(fixture.lint))["findings"][0]["message"] == "byte \uFFFD");
}

TEST_CASE("lint JSON lines are one finding each, then the summary", "[report]") {
  LintFixture fixture("<a/>\n<b/>");
  fixture.add(Code::rule_expired, {0, 1, 1, 1}, "first");
  fixture.add(Code::rule_expired, {0, 2, 1, 1}, "second\nline");
  const auto text = lint_jsonl(fixture.lint);
  CHECK(std::count(text.begin(), text.end(), '\n') == 3);
  const auto first_end = text.find('\n');
  CHECK(Json::parse(text.substr(0, first_end))["message"] == "first");
  const auto last = Json::parse(text.substr(text.rfind('\n', text.size() - 2) + 1));
  CHECK(last["format"] == "presproof-lint/1");
  CHECK(last["summary"]["warnings"] == 2);
}

}  // namespace presproof::report
