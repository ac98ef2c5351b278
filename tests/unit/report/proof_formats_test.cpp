// A proof for machines: lines of JSON, SARIF for code hosts, and the XML of test runners.

#include "proof_fixture.h"
#include "sarif_check.h"

namespace presproof {
namespace {

using test::check_golden;
using test::check_sarif;
using test::json;
using test::ProofFixture;

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("SARIF has every property that is not proved") {
  const ProofFixture fixture;
  const std::string text = report::proof_sarif(fixture.proof, "1.2.3", false);
  check_golden("proof.sarif", text);
  const json results = check_sarif(text);
  REQUIRE(results.size() == 5);
  CHECK(results[0]["ruleId"] == "property-violated");
  CHECK(results[1]["ruleId"] == "property-depends");
  CHECK(results[2]["ruleId"] == "property-undecided");
  CHECK(results[3]["ruleId"] == "property-vacuous");
  CHECK(results[4]["ruleId"] == "property-violated");
  for (const std::size_t error : {0U, 1U, 2U, 4U}) CHECK(results[error]["level"] == "error");
  CHECK(results[3]["level"] == "warning");
  CHECK(check_sarif(report::proof_sarif(fixture.proof, "1.2.3", true))[3]["level"] == "note");
}

TEST_CASE("a SARIF result points at the property, and its code flow at the rules that match, in each run") {
  const ProofFixture fixture;
  const json results = check_sarif(report::proof_sarif(fixture.proof, "1", false));
  CHECK(results[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "promises.props");
  CHECK(results[0]["locations"][0]["physicalLocation"]["region"]["startLine"] == 1);
  CHECK(results[2]["locations"][0]["physicalLocation"]["region"]["startLine"] == 3);
  REQUIRE(results[0]["codeFlows"].size() == 2);
  const json& steps = results[0]["codeFlows"][0]["threadFlows"][0]["locations"];
  REQUIRE(steps.size() == 3);
  CHECK(steps[1]["location"]["message"]["text"] == "rule `friends` matches and gives sub-handling, provide-persons");
  CHECK(steps[2]["location"]["message"]["text"] == "rule `party` matches and gives provide-location");
  CHECK(steps[2]["location"]["physicalLocation"]["artifactLocation"]["uri"] == "rules/alice's%20rules.xml");
  CHECK(steps[2]["location"]["physicalLocation"]["region"]["startLine"] == 12);
  CHECK(results[0]["relatedLocations"].size() == 2);
  CHECK(results[1]["properties"]["byReading"][1] ==
        json{{"readings", {{"geo-radius", "coarsest"}}}, {"verdict", "proved"}});
}

TEST_CASE("a property of the command line has no region: the result points at the rule set") {
  const ProofFixture fixture;
  const json result = check_sarif(report::proof_sarif(fixture.proof, "1", false))[4];
  const json& place = result["locations"][0]["physicalLocation"];
  CHECK(place["artifactLocation"]["uri"] == "rules/alice's%20rules.xml");
  CHECK_FALSE(place.contains("region"));
  CHECK(result["codeFlows"][0]["threadFlows"][0]["locations"].size() == 1);
}

TEST_CASE("a fingerprint is that of the property's text, whatever stands around it") {
  ProofFixture fixture;
  const json before = check_sarif(report::proof_sarif(fixture.proof, "1", false));
  fixture.proof.properties[0].span.line = 2;
  fixture.proof.properties[1].text += " at all";
  const json after = check_sarif(report::proof_sarif(fixture.proof, "2", false));
  CHECK(before[0]["partialFingerprints"] == after[0]["partialFingerprints"]);
  CHECK(before[1]["partialFingerprints"] != after[1]["partialFingerprints"]);
  CHECK(before[0]["partialFingerprints"] != before[1]["partialFingerprints"]);
}

TEST_CASE("a proof without findings is a SARIF log without results") {
  ProofFixture fixture;
  for (auto& result : fixture.proof.results) result.verdict = verify::Verdict::proved;
  CHECK(check_sarif(report::proof_sarif(fixture.proof, "1", false)).empty());
}

TEST_CASE("JUnit has a test case for each property: failures, an error for undecided, and nothing skipped") {
  const ProofFixture fixture;
  const std::string text = report::proof_junit(fixture.proof, false);
  check_golden("proof.junit.xml", text);
  CHECK(has(text, "<testsuites tests=\"6\" failures=\"4\" errors=\"1\">"));
  CHECK(has(text, "<error type=\"undecided\""));
  CHECK_FALSE(has(text, "<skipped"));
  const std::string allowed = report::proof_junit(fixture.proof, true);
  CHECK(has(allowed, "<testsuites tests=\"6\" failures=\"3\" errors=\"1\">"));
  CHECK_FALSE(has(allowed, "type=\"vacuous\""));
}

TEST_CASE("names and texts of a document cannot break out of the XML, nor put control characters into it") {
  ProofFixture fixture;
  fixture.proof.properties[0].name = "]]></failure>\x1b[31m<x a='\"'>&amp;\n";
  fixture.proof.results[2].reason = std::string("\x00\x0b\xff", 3);
  const std::string text = report::proof_junit(fixture.proof, false);
  CHECK_FALSE(has(text, "]]>"));
  CHECK_FALSE(has(text, "<x"));
  for (const char c : text) CHECK((static_cast<unsigned char>(c) >= 0x20 || c == '\n'));
  diag::Sources sources;
  diag::Sink sink;
  CHECK(xml::Document::read(sources, sources.add("junit.xml", text), {}, sink));
}

TEST_CASE("jsonl has one property a line, each as in the object of json") {
  const ProofFixture fixture;
  const json whole = json::parse(report::proof_json(fixture.proof));
  std::istringstream lines(report::proof_jsonl(fixture.proof));
  std::string line;
  std::size_t count = 0;
  while (std::getline(lines, line)) {
    json object = json::parse(line);
    CHECK(line.starts_with("{\"format\":\"presproof-proof/1\","));
    CHECK(object["engine"] == whole["engine"]);
    CHECK(object["usage"] == whole["usage"]);
    for (const char* key : {"format", "engine", "usage"}) object.erase(key);
    CHECK(object == whole["properties"][count]);
    ++count;
  }
  CHECK(count == 6);
}

}  // namespace presproof
