#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "diag/printable.h"
#include "report/report.h"
#include "xml/writer.h"

namespace presproof::report {
namespace {

using verify::Verdict;

/// What a test runner is told: `undecided` is an error and never a success, and nothing is ever skipped.
enum class Outcome : std::uint8_t { success, failure, error };

Outcome outcome_of(Verdict verdict, bool allow_vacuous) {
  switch (verdict) {
    case Verdict::proved:
      return Outcome::success;
    case Verdict::violated:
    case Verdict::depends:
      return Outcome::failure;
    case Verdict::undecided:
      return Outcome::error;
    case Verdict::vacuous:
      return allow_vacuous ? Outcome::success : Outcome::failure;
  }
  return Outcome::error;
}

std::string counted(const std::vector<Outcome>& outcomes, Outcome outcome) {
  return std::to_string(std::count(outcomes.begin(), outcomes.end(), outcome));
}

void write_counts(xml::Writer& writer, const std::vector<Outcome>& outcomes) {
  writer.attribute("", "tests", std::to_string(outcomes.size()));
  writer.attribute("", "failures", counted(outcomes, Outcome::failure));
  writer.attribute("", "errors", counted(outcomes, Outcome::error));
}

void write_case(xml::Writer& writer, const Proof& proof, std::size_t index, Outcome outcome) {
  const property::Property& property = proof.properties[index];
  const verify::Result& result = proof.results[index];
  const std::string_view verdict = verify::kVerdictNames[static_cast<std::size_t>(result.verdict)];
  writer.start("", "testcase");
  writer.attribute("", "classname", diag::printable(property.file));
  writer.attribute("", "name", diag::printable(property.name));
  writer.attribute("", "file", diag::printable(property.file));
  writer.attribute("", "line", std::to_string(property.span.line));
  if (outcome != Outcome::success) {
    const std::string& reason = result.reason.empty() ? property.text : result.reason;
    writer.start("", outcome == Outcome::error ? "error" : "failure");
    writer.attribute("", "type", verdict);
    writer.attribute("", "message", fmt::format("{}: {}", verdict, diag::printable(reason)));
    writer.text(property_text(proof, index, {}));
    writer.end();
  }
  writer.end();
}

}  // namespace

std::string proof_junit(const Proof& proof, bool allow_vacuous) {
  std::vector<Outcome> outcomes;
  for (const verify::Result& result : proof.results) outcomes.push_back(outcome_of(result.verdict, allow_vacuous));
  xml::Writer writer;
  writer.start("", "testsuites");
  write_counts(writer, outcomes);
  writer.start("", "testsuite");
  writer.attribute("", "name", "presproof prove");
  write_counts(writer, outcomes);
  writer.attribute("", "skipped", "0");
  for (std::size_t i = 0; i < outcomes.size(); ++i) write_case(writer, proof, i, outcomes[i]);
  writer.end();
  writer.end();
  return writer.finish();
}

}  // namespace presproof::report
