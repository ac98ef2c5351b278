// One report in every format for machines, whole; and what must not break any of them.

#include <sstream>

#include "unit/report/lint_fixture.h"
#include "unit/report/proof_fixture.h"
#include "unit/report/sarif_check.h"
#include "xml/document.h"

namespace presproof::report {
namespace {

using diag::Code;
using test::check_golden;
using test::check_sarif;
using test::json;

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

const std::string kText =
    "<ruleset>\n"
    "  <rule id=\"friends\"/>\n"
    "  <rule id=\"b\u00E9b\u00E9\"/><rule id=\"late\"/>\n"
    "</ruleset>\n";

/// Two files with a finding of every severity, some with related places, a prose fix and changes that mend them; and a clean file.
struct Formats : LintFixture {
  Formats() : LintFixture(kText, "rules/100% of alice, bob.xml") {
    sources.add("clean.xml", "<ruleset/>\n");
    sources.add("second:r\u00E8gles.xml", "<x/>\r\n");
    lint.files = 3;
    lint.rules = 4;
    lint.checked = {0, 1, 2};
    auto& block = add(Code::block_overridden, sources.span_at(0, kText.find("<rule id=\"b"), 5), "rule `b\u00E9b\u00E9` blocks nobody: 100%");
    block.rule = "b\u00E9b\u00E9";
    block.fix = "leave the watcher out of rule `friends`, with an `except`";
    block.related.push_back({sources.span_at(0, kText.find("<rule id=\"f"), 5), "rule `friends` allows it"});
    auto& expired = add(Code::rule_expired, sources.span_at(0, kText.find("<rule id=\"l"), 20), "rule `late` is over");
    expired.fix = "take the rule away";
    expired.rule = "late";
    add(Code::wrong_namespace, {2, 1, 1, 4}, "`x` is in no namespace").related.push_back({{0, 1, 1, 8}, "it is known here"});
    add(Code::older_dialect, {2, 0, 0, 0}, "the whole file is old");
    lint.changes.resize(4);
    const auto late = kText.find("<rule id=\"l");
    lint.changes[1] = {{late, late + 17, ""}, {kText.size() - 1, kText.size(), "<!-- \u00E9 -->\n"}};
  }
};

}  // namespace

TEST_CASE("SARIF of a lint has every finding, its rule with its page, and what mends it", "[report]") {
  const Formats fixture;
  const std::string text = lint_sarif(fixture.lint, "1.2.3");
  auto log = Json::parse(text);
  for (auto& rule : log["runs"][0]["tool"]["driver"]["rules"]) {  // pages and fixes of checks have tests of their own
    rule.erase("help");
    rule["properties"].erase("tags");
  }
  check_golden("lint.sarif", log.dump(2) + '\n');
  const json results = check_sarif(text, fixture.sources);
  REQUIRE(results.size() == 4);
  CHECK(results[0]["ruleId"] == "PP209");
  CHECK(results[0]["level"] == "warning");
  CHECK(results[2]["level"] == "error");
  CHECK(results[3]["level"] == "note");
  CHECK_FALSE(results[3]["locations"][0]["physicalLocation"].contains("region"));
  const json run = json::parse(text)["runs"][0];
  CHECK(run["automationDetails"]["id"] == "presproof-lint/");
  CHECK(run["artifacts"].size() == 3);
  const json& rule = run["tool"]["driver"]["rules"][results[0]["ruleIndex"].get<std::size_t>()];
  CHECK(rule["name"] == "block-overridden");
  CHECK(rule["help"]["markdown"].get<std::string>().starts_with("# PP209 block-overridden\n"));
  CHECK(rule["help"]["text"].get<std::string>().starts_with("Leave the watcher out"));
  CHECK(rule["helpUri"] == "https://www.rfc-editor.org/rfc/rfc5025#section-3.2.1");
  CHECK(rule["properties"]["tags"][0] == "meaning");
}

TEST_CASE("a SARIF fix deletes a region and inserts text, by lines and code points", "[report]") {
  const Formats fixture;
  const json fixes = check_sarif(lint_sarif(fixture.lint, "1"), fixture.sources)[1]["fixes"];
  REQUIRE(fixes.size() == 1);
  CHECK(fixes[0]["description"]["text"] == "take the rule away");
  const json& change = fixes[0]["artifactChanges"][0];
  CHECK(change["artifactLocation"]["uri"] == "rules/100%25%20of%20alice,%20bob.xml");
  CHECK(change["replacements"][0] ==
        json{{"deletedRegion", {{"startLine", 3}, {"startColumn", 20}, {"endLine", 3}, {"endColumn", 37}}}});
  CHECK(change["replacements"][1]["insertedContent"]["text"] == "<!-- \u00E9 -->\n");
  CHECK(change["replacements"][1]["deletedRegion"] == json{{"startLine", 4}, {"startColumn", 11}, {"endLine", 5}, {"endColumn", 1}});
}

TEST_CASE("a finding about what rules mean together has a code flow, one about a document's form has none", "[report]") {
  const Formats fixture;
  const json results = check_sarif(lint_sarif(fixture.lint, "1"), fixture.sources);
  const json& steps = results[0]["codeFlows"][0]["threadFlows"][0]["locations"];
  REQUIRE(steps.size() == 2);
  CHECK(steps[0]["location"]["message"]["text"] == "rule `friends` allows it");
  CHECK(steps[1]["location"]["physicalLocation"]["region"]["startLine"] == 3);
  CHECK_FALSE(results[2].contains("codeFlows"));
  CHECK(results[2]["relatedLocations"].size() == 1);
}

TEST_CASE("a SARIF fingerprint stays when lines are added elsewhere, and tells equal findings apart", "[report]") {
  const auto prints = [](const std::string& before) {
    LintFixture fixture(before + "<a/>\n<a/>\n<b/>\n");
    const auto line = static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n'));
    for (std::uint32_t i = 1; i <= 3; ++i) fixture.add(Code::rule_expired, {0, line + i, 1, 4}, "message in line " + std::to_string(line + i));
    std::vector<std::string> found;
    for (const json& result : check_sarif(lint_sarif(fixture.lint, "1"), fixture.sources))
      found.push_back(result["partialFingerprints"]["presproof/v1"]);
    return found;
  };
  const auto first = prints("");
  CHECK(first == prints("<!-- more -->\n<!-- lines -->\n"));
  CHECK(std::set<std::string>(first.begin(), first.end()).size() == 3);
}

TEST_CASE("JUnit has a suite for each file, and a test that passes for a clean one", "[report]") {
  Formats fixture;
  const std::string text = lint_junit(fixture.lint);
  check_golden("lint.junit.xml", text);
  CHECK(has(text, "<testsuites name=\"presproof lint\" tests=\"4\" failures=\"3\" errors=\"0\">"));
  CHECK(has(text, "name=\"no warning or above\""));
  const auto junit_failing_on = [&](diag::Severity severity) {
    LintLevels levels;
    levels.fail_on = severity;
    fixture.lint.levels.assign(fixture.sources.size(), std::make_shared<const LintLevels>(levels));
    return lint_junit(fixture.lint);
  };
  CHECK(has(junit_failing_on(diag::Severity::error), "tests=\"3\" failures=\"1\""));
  CHECK(has(junit_failing_on(diag::Severity::note), "tests=\"5\" failures=\"4\""));
}

TEST_CASE("workflow commands have one line for each finding, escaped as the runner undoes it", "[report]") {
  const Formats fixture;
  const std::string text = lint_github(fixture.lint);
  check_golden("lint.github", text);
  CHECK(std::count(text.begin(), text.end(), '\n') == 4);
  CHECK(has(text, "::warning file=rules/100%25 of alice%2C bob.xml,line=3,col=20,title=PP205"));  // the span ends on the next line
  CHECK(has(text, "::warning file=rules/100%25 of alice%2C bob.xml,line=3,col=3,endColumn=8,title=PP209 block-overridden::"));
  CHECK(has(text, "::rule `b\u00E9b\u00E9` blocks nobody: 100%25%0A"));
  CHECK(has(text, "::notice file=second%3Ar\u00E8gles.xml,title=PP401 older-dialect::the whole file is old\n"));
}

TEST_CASE("the other formats of one report", "[report]") {
  const Formats fixture;
  check_golden("lint.txt", lint_text(fixture.lint, {}));
  check_golden("lint.json", lint_json(fixture.lint));
  check_golden("lint.jsonl", lint_jsonl(fixture.lint));
}

TEST_CASE("every text ends with the summary, which stands alone too", "[report]") {
  const Formats fixture;
  CHECK(lint_summary(fixture.lint) == "1 error, 2 warnings, 1 note in 3 files, 4 rules\n");
  CHECK(lint_text(fixture.lint, {}).ends_with("\n" + lint_summary(fixture.lint)));
  LintFixture clean("<a/>");
  CHECK(lint_summary(clean.lint) == "no findings in 1 file, 0 rules\n");
  CHECK(lint_text(clean.lint, {}) == lint_summary(clean.lint));
}

TEST_CASE("what a document or a file name says cannot break out of any format", "[report]") {
  const std::string hostile = "\n::error::x\r\n]]></failure><x y='\"'>&amp; [click](http://example.com) {0} \x1b[31m\x07%0A%41 \u202E\xff\u00E9";
  LintFixture fixture(hostile + "\n<a/>", "a b%41\n::error,x:y]]>\x1b\"'<&\xff.xml");
  fixture.lint.checked = {0};
  auto& finding = fixture.add(Code::rule_expired, {0, 2, 1, 4}, hostile);
  finding.rule = hostile;
  finding.fix = hostile;
  finding.related.push_back({{0, 2, 1, 4}, hostile});
  finding.related.push_back({{9, 0, 0, 0}, hostile});
  fixture.add(Code::older_dialect, {9, 0, 0, 0}, hostile + std::string(100'000, 'x'));
  fixture.lint.changes = {{{0, 1, hostile}}, {}};

  const json results = check_sarif(lint_sarif(fixture.lint, "1"), fixture.sources);
  REQUIRE(results.size() == 2);
  CHECK(has(results[0]["message"]["text"], "\\[click\\](http"));
  const std::string commands = lint_github(fixture.lint);
  CHECK(std::count(commands.begin(), commands.end(), '\n') == 2);
  CHECK(commands.starts_with("::warning file=a b%2541"));
  const std::string junit = lint_junit(fixture.lint);
  CHECK_FALSE(has(junit, "]]>"));
  CHECK_FALSE(has(junit, "<x"));
  diag::Sources sources;
  diag::Sink sink;
  CHECK(xml::Document::read(sources, sources.add("junit.xml", junit), {}, sink));
  for (const std::string& text : {commands, junit, lint_text(fixture.lint, {})})
    for (const char c : text) CHECK_FALSE((static_cast<unsigned char>(c) < 0x20 && c != '\n'));
  CHECK(json::parse(lint_json(fixture.lint))["findings"].size() == 2);
}

TEST_CASE("ten thousand findings in one long line are reported in a moment", "[report]") {
  std::string text = "\u00E9";
  while (text.size() < 4'000'000) text += "<rule id='abc'/><!-- some more text of a rule, as much as rules have, and yet more of it, all in a single line -->";
  LintFixture fixture(text);
  for (std::uint32_t i = 0; i < 10'000; ++i) fixture.add(Code::rule_expired, {0, 1, 2 + i * 390, 20}, "message");
  CHECK(has(lint_sarif(fixture.lint, "1"), "PP205"));
}

}  // namespace presproof::report
