// A comparison in all of its formats: what widens and narrows, exactly told and by an example, in documents on both sides and on one.

#include "diff/grouping.h"
#include "proof_fixture.h"
#include "sarif_check.h"
#include "unit/verify/proving.h"

namespace presproof {
namespace {

using namespace test;

const std::string kFriends = one("sip:bob@example.com");

class DiffFixture {
 public:
  DiffFixture() {
    diff.sources = &sources_;
    diff.fails_on_losses = false;
    // A pipe, a backtick, an angle and a control character have a meaning somewhere.
    add("alice.xml", "old/alice.xml", rule("f`ri|end&lt;s&#9;", kFriends, kAllow, kPersons + within("5000")) + rule("mood", domain("example.org"), handling("confirm")),
        "new/alice.xml",
        rule("f`ri|end&lt;s&#9;", kFriends, kAllow, kPersons + within("500")) + rule("mood", domain("example.org") + sphere("home"), handling("allow"), "<pr:provide-mood>true</pr:provide-mood>"));
    // Of several times, spheres and places; and of too many.
    add("bob.xml", "old/bob.xml", rule("all", many(), handling("polite-block")), "new/bob.xml",
        rule("all", many(), handling("polite-block")) + rule("home", many() + sphere("home"), kAllow) +
            rule("summer", many() + valid("2026-06-01T00:00:00Z", "2026-09-01T00:00:00Z"), kAllow));
    std::string trips = rule("all", many(), handling("polite-block"));
    for (int i = 0; i < 5; ++i) trips += rule("trip" + std::to_string(i), many() + sphere("s" + std::to_string(i)) + inside("48." + std::to_string(i) + " 11", "800"), kAllow);
    add("carol.xml", "old/carol.xml", rule("all", many(), handling("polite-block")), "new/carol.xml", trips);
    add("same.xml", "old/same.xml", rule("a", many(), kAllow), "new/same.xml", rule("b", many(), kAllow));
    add("gone.xml", "old/gone.xml", rule("a", kFriends, handling("confirm")), "", "");
  }
  DiffFixture(const DiffFixture&) = delete;
  DiffFixture& operator=(const DiffFixture&) = delete;

  report::Diff diff;

 private:
  report::DiffSide side(const std::string& file, const std::string& rules) {
    if (file.empty()) return {policy::Policy{{policy::RuleSet{}}}, true, false};
    diag::Sink sink;
    const std::string text = R"(<ruleset xmlns="urn:ietf:params:xml:ns:common-policy" xmlns:pr="urn:ietf:params:xml:ns:pres-rules"
    xmlns:gp="urn:ietf:params:xml:ns:geolocation-policy" xmlns:lp="urn:ietf:params:xml:ns:basic-location-profiles"
    xmlns:gs="http://www.opengis.net/pidflo/1.0" xmlns:gml="http://www.opengis.net/gml">)" + rules + "</ruleset>";
    return {policy::Policy{{policy::read_rule_set(sources_, sources_.add(file, text), {}, sink).value()}}, false, true};
  }
  void add(const std::string& name, const std::string& old_file, const std::string& old_rules, const std::string& new_file, const std::string& new_rules) {
    report::DiffPart part;
    part.name = name;
    part.old_side = side(old_file, old_rules);
    part.new_side = side(new_file, new_rules);
    diff::Options options;
    options.timeout_s = 0;
    Workers workers(1);
    part.comparison = diff::compare(part.old_side.policy, part.new_side.policy, options);
    part.groups = diff::group_changes(part.old_side.policy, part.new_side.policy, part.comparison, options, workers);
    diff.parts.push_back(std::move(part));
  }

  diag::Sources sources_;
};

}  // namespace

TEST_CASE("a comparison as text, JSON, Markdown and JUnit") {
  const DiffFixture fixture;
  check_golden("diff.txt", report::diff_text(fixture.diff, {}));
  check_golden("diff.json", report::diff_json(fixture.diff));
  check_golden("diff.md", report::diff_markdown(fixture.diff));
  check_golden("diff.junit.xml", report::diff_junit(fixture.diff));
}

TEST_CASE("a comparison as SARIF: what is gained is a result at the rules that give it") {
  const DiffFixture fixture;
  const std::string text = report::diff_sarif(fixture.diff, "1.2.3");
  check_golden("diff.sarif", text);
  const json results = check_sarif(text);
  REQUIRE(!results.empty());
  CHECK(results[0]["level"] == "warning");
  CHECK(results[0]["relatedLocations"][0]["message"]["text"] == "rule `mood` gave it before");
  CHECK(std::any_of(results.begin(), results.end(), [](const json& result) { return result["level"] == "note"; }));
  CHECK(results[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "new/alice.xml");
}

TEST_CASE("circumstances that cannot be told exactly are told by one of the states") {
  const DiffFixture fixture;
  const std::string text = report::diff_text(fixture.diff, {});
  CHECK(text.find("in some states, one of them at 2026-06-01T") != std::string::npos);
  CHECK(report::diff_text(fixture.diff, {true}).find("\x1b[") != std::string::npos);
}

}  // namespace presproof
