#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "diag/printable.h"
#include "report/diff_words.h"
#include "report/report.h"
#include "xml/writer.h"

namespace presproof::report {
namespace {

/// `undecided` is an error and never a success; what somebody loses alone may be no failure.
enum class Outcome : std::uint8_t { success, failure, error };

Outcome outcome_of(const Diff& diff, const DiffPart& part) {
  const auto& changes = part.comparison.changes;
  if (std::any_of(changes.begin(), changes.end(), [&](const diff::Change& change) { return fails(diff, change); })) return Outcome::failure;
  return part.comparison.reason.empty() ? Outcome::success : Outcome::error;
}

std::string counted(const std::vector<Outcome>& outcomes, Outcome outcome) {
  return std::to_string(std::count(outcomes.begin(), outcomes.end(), outcome));
}

void write_counts(xml::Writer& writer, const std::vector<Outcome>& outcomes) {
  writer.attribute("", "tests", std::to_string(outcomes.size()));
  writer.attribute("", "failures", counted(outcomes, Outcome::failure));
  writer.attribute("", "errors", counted(outcomes, Outcome::error));
}

std::string name_of(const DiffPart& part) {
  if (!part.name.empty()) return diag::printable(part.name);
  const auto& documents = part.new_side.policy.documents;
  return documents.empty() ? "" : diag::printable(documents.front().file);
}

void write_case(xml::Writer& writer, const Diff& diff, const DiffPart& part, Outcome outcome) {
  writer.start("", "testcase");
  writer.attribute("", "classname", "presproof diff");
  writer.attribute("", "name", fmt::format("{} gives everybody the same", name_of(part)));
  writer.attribute("", "file", name_of(part));
  if (outcome != Outcome::success) {
    writer.start("", outcome == Outcome::error ? "error" : "failure");
    writer.attribute("", "type", outcome == Outcome::error ? "undecided" : "different");
    writer.attribute("", "message", outcome == Outcome::error ? diag::printable(part.comparison.reason) : verdict_words(part));
    Diff alone{diff.sources, diff.profile, diff.readings, diff.group_names, diff.fails_on_losses, {part}};
    writer.text(diff_text(alone, {}));
    writer.end();
  }
  writer.end();
}

}  // namespace

std::string diff_junit(const Diff& diff) {
  std::vector<Outcome> outcomes;
  for (const DiffPart& part : diff.parts) outcomes.push_back(outcome_of(diff, part));
  xml::Writer writer;
  writer.start("", "testsuites");
  write_counts(writer, outcomes);
  writer.start("", "testsuite");
  writer.attribute("", "name", "presproof diff");
  write_counts(writer, outcomes);
  writer.attribute("", "skipped", "0");
  for (std::size_t i = 0; i < outcomes.size(); ++i) write_case(writer, diff, diff.parts[i], outcomes[i]);
  writer.end();
  writer.end();
  return writer.finish();
}

}  // namespace presproof::report
