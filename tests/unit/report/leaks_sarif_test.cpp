// Leaks for code hosts.

#include "proof_fixture.h"
#include "sarif_check.h"

namespace presproof {
namespace {

using test::check_golden;
using test::check_sarif;
using test::json;

/// One leak with a rule to point at, one without, and a question that was not decided; made by hand.
struct LeaksFixture {
  LeaksFixture() {
    diag::Sink sink;
    policy.documents.push_back(*policy::read_rule_set(sources, sources.add("100% of alice's.xml", test::kProofRules), {}, sink));
    leaks.policy = &policy;
    leaks.sources = &sources;
    leaks.found.leaks.push_back(leak(leaks::Kind::blocked_visible, diag::Severity::warning));
    leaks.found.leaks.back().rules = {{0, 0}};
    leaks.found.leaks.push_back(leak(leaks::Kind::existence, diag::Severity::note));
    leaks.found.undecided = {"whether it is blocked was not decided [see](1) \x01"};
  }
  LeaksFixture(const LeaksFixture&) = delete;

  leaks::Leak leak(leaks::Kind kind, diag::Severity severity) {
    leaks::Leak made;
    made.kind = kind;
    made.severity = severity;
    made.watcher.identities = {uri::parse("sip:bob@example.com")};
    made.secret = "handling";
    made.first.request.watcher = made.watcher;
    made.first.request.state.time = *parse_rfc3339("2026-06-01T12:00:00Z");
    made.first.decision = semantics::Evaluator(policy, {}).decide(made.first.request);
    made.message = "sip:bob@example.com can tell";
    made.fix = "give it polite-block";
    return made;
  }

  diag::Sources sources;
  policy::Policy policy;
  report::Leaks leaks;
};

}  // namespace

TEST_CASE("SARIF of leaks points at the rules that make the difference, else at the policy") {
  const LeaksFixture fixture;
  const std::string text = report::leaks_sarif(fixture.leaks, "1.2.3");
  check_golden("leaks.sarif", text);
  const json results = check_sarif(text, fixture.sources);
  REQUIRE(results.size() == 3);
  CHECK(results[0]["ruleId"] == "blocked-visible");
  CHECK(results[0]["locations"][0]["physicalLocation"]["region"]["startLine"] == 4);
  CHECK(results[1]["level"] == "note");
  CHECK_FALSE(results[1]["locations"][0]["physicalLocation"].contains("region"));
  CHECK(results[2]["ruleId"] == "leak-undecided");
  CHECK(results[2]["message"]["text"].get<std::string>().find("\\[see\\](1)") != std::string::npos);
  CHECK(json::parse(text)["runs"][0]["automationDetails"]["id"] == "presproof-leaks/");
}

}  // namespace presproof
