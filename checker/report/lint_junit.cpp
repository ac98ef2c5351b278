#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "diag/printable.h"
#include "report/lint_summary.h"
#include "report/report.h"
#include "xml/writer.h"

namespace presproof::report {
namespace {

/// What became of one file.
struct Suite {
  std::string name;
  diag::Severity fail_on = diag::Severity::warning;
  std::vector<const diag::Diagnostic*> failing;
  std::vector<const diag::Diagnostic*> others;
  /// One at least: a file without failing findings passes a test.
  [[nodiscard]] std::size_t tests() const { return std::max<std::size_t>(failing.size(), 1); }
};

/// By the numbers of the files; findings that are in no file come last.
std::map<std::uint32_t, Suite> suites_of(const Lint& lint) {
  const auto& sources = *lint.sources;
  std::map<std::uint32_t, Suite> suites;
  for (const std::uint32_t file : lint.checked) suites[file];
  for (const auto& finding : lint.findings) {
    const auto file = std::min(finding.span.file, static_cast<std::uint32_t>(sources.size()));
    Suite& suite = suites[file];
    (levels_of(lint, file).fails(finding.code) ? suite.failing : suite.others).push_back(&finding);
  }
  for (auto& [file, suite] : suites) {
    suite.name = file < sources.size() ? diag::printable(sources.name(file)) : "presproof";
    suite.fail_on = levels_of(lint, file).fail_on;
  }
  return suites;
}

void write_counts(xml::Writer& writer, std::size_t tests, std::size_t failures) {
  writer.attribute("", "tests", std::to_string(tests));
  writer.attribute("", "failures", std::to_string(failures));
  writer.attribute("", "errors", "0");
}

void start_case(xml::Writer& writer, const Suite& suite, const std::string& name) {
  writer.start("", "testcase");
  writer.attribute("", "classname", suite.name);
  writer.attribute("", "name", name);
  writer.attribute("", "file", suite.name);
}

void write_failure(xml::Writer& writer, const Lint& lint, const Suite& suite, const diag::Diagnostic& finding) {
  const auto& row = diag::info(finding.code);
  start_case(writer, suite, fmt::format("{} {} ({}:{})", row.id, row.name, finding.span.line, finding.span.column));
  writer.attribute("", "line", std::to_string(finding.span.line));
  writer.start("", "failure");
  writer.attribute("", "type", diag::to_string(severity_of(lint, finding)));
  writer.attribute("", "message", diag::printable(finding.message));
  writer.text(finding_text(lint, finding, true, {}));
  writer.end();
  writer.end();
}

void write_suite(xml::Writer& writer, const Lint& lint, const Suite& suite) {
  writer.start("", "testsuite");
  writer.attribute("", "name", suite.name);
  write_counts(writer, suite.tests(), suite.failing.size());
  writer.attribute("", "skipped", "0");
  for (const auto* finding : suite.failing) write_failure(writer, lint, suite, *finding);
  if (suite.failing.empty()) {
    start_case(writer, suite, fmt::format("no {}{}", diag::to_string(suite.fail_on), suite.fail_on == diag::Severity::error ? "" : " or above"));
    writer.end();
  }
  if (!suite.others.empty()) {
    std::string text;
    for (const auto* finding : suite.others) text += finding_text(lint, *finding, true, {});
    writer.start("", "system-out");
    writer.text(text);
    writer.end();
  }
  writer.end();
}

}  // namespace

std::string lint_junit(const Lint& lint) {
  const auto suites = suites_of(lint);
  std::size_t tests = 0;
  std::size_t failures = 0;
  for (const auto& [file, suite] : suites) {
    tests += suite.tests();
    failures += suite.failing.size();
  }
  xml::Writer writer;
  writer.start("", "testsuites");
  writer.attribute("", "name", "presproof lint");
  write_counts(writer, tests, failures);
  for (const auto& [file, suite] : suites) write_suite(writer, lint, suite);
  writer.end();
  return writer.finish();
}

}  // namespace presproof::report
