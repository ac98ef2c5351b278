#include "diag/error.h"
#include "suite/document_path.h"
#include "unit/suite/testing.h"

namespace presproof {
namespace {

using namespace test;

const std::string kHead = "policy = \"rules.xml\"\nat = 2026-06-01T12:00:00Z\n";
const std::string kCase = "[[case]]\nwatcher = \"sip:bob@example.com\"\n";

/// The messages of a suite that cannot be read.
std::string problems(const std::string& toml) {
  try {
    (void)suite_of(toml);
  } catch (const diag::InputError& error) {
    std::string text;
    for (const auto& problem : error.problems()) text += std::to_string(problem.span.line) + ": " + problem.message + " (" + problem.hint + ")\n";
    return text;
  }
  return {};
}

presence::Document document() {
  diag::Sources sources;
  diag::Sink sink;
  const auto file = sources.add("p.xml", R"(<presence xmlns="urn:ietf:params:xml:ns:pidf" xmlns:dm="urn:ietf:params:xml:ns:pidf:data-model" xmlns:r="urn:ietf:params:xml:ns:pidf:rpid" entity="pres:a@example.com">
    <tuple id="t"><status><basic>open</basic></status></tuple><dm:person id="p"><r:activities><r:away/></r:activities><r:mood><r:happy/></r:mood></dm:person></presence>)");
  return presence::read_document(sources, file, {}, sink).value();
}

}  // namespace

TEST_CASE("a suite is read: paths, clock, watchers, expectations", "[suite]") {
  const auto suite = suite_of(kHead + "presence = [\"a.xml\", \"b.xml\"]\n" + kCase + "name = \"x\"\nsphere = \"home\"\nlocation = [48.1, 11]\nexpect.response = { code = 200, subscription-state = \"active\" }\n"
                                                                                       "expect.matched = [\"b\", \"a\"]\nexpect.permissions.provide-location.geodetic.radius_m = 5000\n"
                              "[[case]]\nwatchers = [\"sip:a@x.example\", \"tel:+1\"]\nat = \"2026-01-01T00:00:00+02:00\"\nexpect.response = 403\n[[property]]\nname = \"p\"\nexpect = \"violated\"\n");
  CHECK(suite.policies == std::vector<std::string>{"folder/rules.xml"});
  CHECK(suite.presences.size() == 2);
  REQUIRE(suite.cases.size() == 3);
  const auto& first = suite.cases[0];
  CHECK(first.request.state.time == *parse_rfc3339("2026-06-01T12:00:00Z"));
  CHECK(first.request.state.sphere == "home");
  CHECK(first.response_code == 200);
  CHECK(first.subscription_state == "active");
  CHECK(first.matched == std::vector<std::string>{"a", "b"});
  CHECK(first.permissions["provide-location"]["geodetic"]["radius_m"] == 5000);
  CHECK(suite.cases[2].request.watcher.identities.front().text == "tel:+1");
  CHECK(suite.cases[2].request.state.time == *parse_rfc3339("2025-12-31T22:00:00Z"));
  REQUIRE(suite.expected_properties.size() == 1);
  CHECK(suite.expected_properties[0].verdict == verify::Verdict::violated);
}

TEST_CASE("rows of a case say what differs from it", "[suite]") {
  const auto suite = suite_of(kHead + kCase + R"(name = "bob"
sphere = "home"
expect.response = { code = 200, subscription-state = "active" }
expect.permissions = { provide-mood = true, provide-location = { geodetic = { radius_m = 5000 } } }
expect.document.present = ["person/mood", "tuple"]
rows = [
  { name = "at home" },
  { sphere = "work", expect.permissions.provide-location.geodetic.radius_m = 500, expect.document.absent = ["person/mood"] },
  { watchers = ["sip:a@x.example", "tel:+1"], at = 2027-01-01T00:00:00Z, location = [1, 2], expect.response = 403 },
  { anonymous = true },
]
)" + kCase + "[[case.rows]]\nexpect.response = 200\n");
  REQUIRE(suite.cases.size() == 6);
  const auto& [home, work, a, tel, nobody, other] = std::tie(suite.cases[0], suite.cases[1], suite.cases[2], suite.cases[3], suite.cases[4], suite.cases[5]);
  CHECK(home.name == "bob, at home");
  CHECK(home.request.state.sphere == "home");
  CHECK(home.permissions["provide-location"]["geodetic"]["radius_m"] == 5000);
  CHECK(home.document.size() == 2);
  CHECK(work.name == "bob, row 2");
  CHECK(work.span.line == home.span.line + 1);
  CHECK(work.request.state.sphere == "work");
  CHECK(work.permissions["provide-location"]["geodetic"]["radius_m"] == 500);
  CHECK(work.permissions["provide-mood"] == true);
  REQUIRE(work.document.size() == 2);
  CHECK((work.document[0].path == "tuple" && work.document[1].path == "person/mood" && !work.document[1].present));
  CHECK(a.name == "bob, row 3 (sip:a@x.example)");
  CHECK(a.request.state.time == *parse_rfc3339("2027-01-01T00:00:00Z"));
  CHECK(a.response_code == 403);
  CHECK(!a.subscription_state);
  CHECK(tel.request.state.location.geodetic);
  CHECK(nobody.request.watcher.identities.empty());
  CHECK(other.response_code == 200);
  CHECK(problems(kHead + kCase + "rows = 3\n").find("`rows` is not an array of tables") != std::string::npos);
  CHECK(problems(kHead + kCase + "rows = []\n").find("`rows` is not an array of tables") != std::string::npos);
  CHECK(problems(kHead + kCase + "rows = [{ spere = \"home\", expect.response = 200 }, 1]\n") == "5: unknown key `spere` in a row (did you mean `sphere`?)\n5: a row is not a table (write `{ sphere = \"home\", expect.response = 200 }`)\n");
  CHECK(problems(kHead + kCase + "rows = [{ sphere = \"home\" }]\n").find("5: `case 1, row 1` expects nothing") != std::string::npos);
}

TEST_CASE("what is wrong in a suite is told with its place and what to write", "[suite]") {
  CHECK(problems("policy = ").find("not TOML") != std::string::npos);
  CHECK(problems("at = 2026-06-01T12:00:00Z\n" + kCase + "expect.response = 200\n").find("names no `policy`") != std::string::npos);
  CHECK(problems("policy = \"r\"\n" + kCase + "expect.response = 200\n").find("has no time") != std::string::npos);
  CHECK(problems(kHead + "[[case]]\nexpect.response = 200\n").find("does not say who asks") != std::string::npos);
  CHECK(problems(kHead + kCase + "anonymous = true\nexpect.response = 200\n").find("says it twice") != std::string::npos);
  CHECK(problems(kHead + kCase).find("expects nothing") != std::string::npos);
  CHECK(problems(kHead + kCase + "expect.respnse = 200\n").find("did you mean `response`?") != std::string::npos);
  CHECK(problems(kHead + kCase + "expect.permissions.provide-mod = true\n").find("did you mean `provide-mood`?") != std::string::npos);
  CHECK(problems(kHead + "[[case]]\nwatcher = \"bob\"\nexpect.response = 200\n").find("has no scheme") != std::string::npos);
  CHECK(problems(kHead + kCase + "location = [100, 0]\nexpect.response = 200\n").find("is no place") != std::string::npos);
  CHECK(problems(kHead + kCase + "expect.document.present = [\"a//b\"]\n").find("no path of elements") != std::string::npos);
  CHECK(problems(kHead).find("expects nothing") != std::string::npos);
}

TEST_CASE("a case that is written is read again as it was", "[suite]") {
  const auto policy = policy_of(rule("a &quot;quoted&quot;", kBob + sphere("home"), kAllow, kPersons + within("500")));
  const auto one_case = suite::case_of("name with \"quotes\" and \\ and \x01", {{{uri::parse("sip:bob@example.com")}}, {*parse_rfc3339("2026-06-01T12:00:00Z"), "home", {geo::Position{48, 11.5}, {}}}}, subject_of(policy));
  const auto again = suite_of("policy = \"r.xml\"\n" + suite::write_case(one_case)).cases.at(0);
  CHECK(again.name == one_case.name);
  CHECK(again.request == one_case.request);
  CHECK(again.response_code == 200);
  CHECK(again.matched == one_case.matched);
  const auto once_more = suite_of("policy = \"r.xml\"\n" + suite::write_case(again)).cases.at(0);
  CHECK(suite::write_case(once_more) == suite::write_case(again));
  CHECK(suite::run_cases({again}, subject_of(policy))[0].failures.empty());
}

TEST_CASE("a failing expectation shows what was expected and what is", "[suite]") {
  const auto policy = policy_of(rule("a", kBob, kAllow, kPersons + within("500")));
  const auto suite = suite_of(kHead + kCase + "expect.response = 403\nexpect.matched = [\"b\"]\nexpect.permissions = { provide-mood = true, provide-location = { civic = \"none\", geodetic = { radius_m = 5000 } }, set-retention-expiry = \"unset\" }\n");
  const auto outcomes = suite::run_cases(suite.cases, subject_of(policy));
  REQUIRE(outcomes.size() == 1);
  const auto& failures = outcomes[0].failures;
  REQUIRE(failures.size() == 4);
  CHECK(failures[0].what == "response");
  CHECK(failures[0].actual == "200");
  CHECK(failures[1].actual == "[a]");
  CHECK(failures[2].what == "permissions.provide-location.geodetic.radius_m");
  CHECK(failures[2].expected == "5000");
  CHECK(failures[2].actual == "500");
  CHECK(failures[3].what == "permissions.provide-mood");
}

TEST_CASE("paths of elements in what the watcher is sent", "[suite]") {
  const auto all = document();
  CHECK(suite::has_path(all, "person/activities/away"));
  CHECK(suite::has_path(all, "tuple/status/*"));
  CHECK(suite::has_path(all, "//basic"));
  CHECK_FALSE(suite::has_path(all, "activities"));
  CHECK_FALSE(suite::has_path(all, "person/away"));
  const auto policy = policy_of(rule("a", kBob, kAllow, kPersons + "<pr:provide-activities>true</pr:provide-activities>"));
  auto subject = subject_of(policy);
  const auto suite = suite_of(kHead + kCase + "expect.document.present = [\"person/activities/away\"]\nexpect.document.absent = [\"//mood\", \"tuple\"]\n");
  CHECK(suite::run_cases(suite.cases, subject)[0].failures.size() == 3);  // there is no document
  subject.document = &all;
  CHECK(suite::run_cases(suite.cases, subject)[0].failures.empty());
}

TEST_CASE("coverage: rules, conditions both ways, answers, and what cannot happen", "[suite]") {
  const auto policy = policy_of(rule("a", kBob + sphere("home"), kAllow, kPersons) + rule("never", kBob + sphere("x") + sphere("y"), kAllow));
  const auto subject = subject_of(policy);
  auto coverage = suite::goals_of(subject, explanation_of(policy));
  using Kind = suite::Goal::Kind;
  CHECK(coverage.possible(Kind::rule) == 1);
  CHECK(coverage.possible(Kind::outcome) == 2);
  CHECK(coverage.percent() == 0);
  const semantics::Evaluator evaluator(policy, subject.how);
  const policy::Watcher bob{{uri::parse("sip:bob@example.com")}};
  CHECK(suite::cover(coverage, {bob, {}}, subject, evaluator) > 0);
  CHECK(coverage.covered(Kind::rule) == 0);
  CHECK(suite::cover(coverage, {bob, {{}, "home", {}}}, subject, evaluator) > 0);
  CHECK(coverage.covered(Kind::rule) == 1);
  CHECK(coverage.covered(Kind::outcome) == 2);
  CHECK(coverage.percent() < 100);
  CHECK(suite::cover(coverage, {bob, {}}, subject, evaluator) == 0);
}

}  // namespace presproof
