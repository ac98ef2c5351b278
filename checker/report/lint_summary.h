#pragma once

#include <cstddef>

#include "diag/code.h"
#include "report/report.h"

namespace presproof::report {

struct LintSummary {
  std::size_t errors = 0;
  std::size_t warnings = 0;
  std::size_t notes = 0;
};

/// What the owner of a file set.
[[nodiscard]] inline const LintLevels& levels_of(const Lint& lint, std::uint32_t file) {
  static const LintLevels kUnset;
  return file < lint.levels.size() && lint.levels[file] ? *lint.levels[file] : kUnset;
}

/// How grave a finding is in this run. No renderer asks the registry.
[[nodiscard]] inline diag::Severity severity_of(const Lint& lint, const diag::Diagnostic& finding) {
  return levels_of(lint, finding.span.file).severity(finding.code);
}

[[nodiscard]] inline LintSummary summarize(const Lint& lint) {
  LintSummary summary;
  for (const auto& finding : lint.findings) {
    const auto severity = severity_of(lint, finding);
    if (severity == diag::Severity::error) ++summary.errors;
    if (severity == diag::Severity::warning) ++summary.warnings;
    if (severity == diag::Severity::note) ++summary.notes;
  }
  return summary;
}

}  // namespace presproof::report
