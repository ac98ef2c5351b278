#include "unit/report/lint_fixture.h"

namespace presproof::report {

using diag::Code;

TEST_CASE("lint text shows place, message, source line, related places, why, fix and a summary", "[report]") {
  LintFixture fixture("<ruleset>\n  <rule id=\"a\">\n  <rule id=\"a\">\n");
  fixture.lint.rules = 2;
  auto& finding = fixture.add(Code::duplicate_rule_id, {0, 3, 9, 2}, "the rule id `a` is taken already");
  finding.fix = "give each rule an id of its own";
  finding.related.push_back({{0, 2, 9, 2}, "the first rule with this id"});
  CHECK(lint_text(fixture.lint, {}) ==
        R"(alice.xml:3:9: error: the rule id `a` is taken already [PP103 duplicate-rule-id]
    3 |   <rule id="a">
      |         ^~
  alice.xml:2:9: the first rule with this id
    2 |   <rule id="a">
      |         ^~
  why: ids are of type xs:ID and must be unique: a server refuses the document, and a client that
       edits one of the rules may change the other (RFC 4745 section 6.1)
  fix: give each rule an id of its own

1 error, 0 warnings, 0 notes in 1 file, 2 rules
)");
}

TEST_CASE("lint text says why once for each code", "[report]") {
  LintFixture fixture("<a/>\n<b/>\n");
  fixture.add(Code::older_dialect, {0, 1, 1, 2}, "first");
  fixture.add(Code::older_dialect, {0, 2, 1, 2}, "second");
  const auto text = lint_text(fixture.lint, {});
  const auto first = text.find("why: ");
  REQUIRE(first != std::string::npos);
  CHECK(first < text.find("second"));
  CHECK(text.find("why: ", first + 1) == std::string::npos);
  CHECK(text.ends_with("0 errors, 0 warnings, 2 notes in 1 file, 0 rules\n"));
}

TEST_CASE("lint text without findings is one line", "[report]") {
  LintFixture fixture("");
  fixture.lint.files = 2;
  fixture.lint.rules = 1;
  CHECK(lint_text(fixture.lint, {}) == "no findings in 2 files, 1 rule\n");
}

TEST_CASE("lint text names the file when a finding has no place in it", "[report]") {
  LintFixture fixture("x");
  fixture.add(Code::over_limit, {0, 0, 0, 0}, "too large");
  CHECK(lint_text(fixture.lint, {}).starts_with("alice.xml: error: too large [PP114 over-limit]\n  why: "));
}

TEST_CASE("lint text never sends control characters of a document to the terminal", "[report]") {
  LintFixture fixture("<rule id=\"\x1b[31m\"/>", "evil\x1b.xml");
  auto& finding = fixture.add(Code::invalid_rule_id, {0, 1, 7, 2}, "the rule id `\x1b[31m` is bad\nfake line");
  finding.fix = "write \x07";
  finding.related.push_back({{0, 1, 1, 1}, "\x9b"});
  const auto text = lint_text(fixture.lint, {});
  for (const char c : text) CHECK((c == '\n' || static_cast<unsigned char>(c) >= 0x20));
  CHECK(text.find("\nfake") == std::string::npos);
}

TEST_CASE("lint text is coloured only when asked for", "[report]") {
  LintFixture fixture("<a/>");
  fixture.add(Code::rule_expired, {0, 1, 1, 2}, "over");
  CHECK(lint_text(fixture.lint, {}).find('\x1b') == std::string::npos);
  const auto text = lint_text(fixture.lint, {.color = true});
  CHECK(text.find("\x1b[1;35mwarning\x1b[0m") != std::string::npos);
  CHECK(text.find("\x1b[1;32m^~\x1b[0m") != std::string::npos);
}

}  // namespace presproof::report
