#include <fmt/format.h>

#include "diag/printable.h"
#include "report/lint_summary.h"
#include "report/report.h"
#include "report/sarif.h"
#include "report/snippet.h"

namespace presproof::report {
namespace {

/// As GitHub's toolkit escapes them (actions/toolkit, packages/core/src/command.ts): `%` and line breaks everywhere, `:` and `,` in
/// properties too.
std::string escaped(std::string_view text, bool property) {
  std::string result;
  for (const char c : text) {
    const bool plain = c != '%' && c != '\r' && c != '\n' && !(property && (c == ':' || c == ','));
    if (plain) {
      result += c;
    } else {
      result += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return result;
}

std::string_view command_of(diag::Severity severity) {
  if (severity == diag::Severity::error) return "error";
  return severity == diag::Severity::warning ? "warning" : "notice";
}

std::string properties_of(const Lint& lint, const diag::Diagnostic& finding) {
  const auto& row = diag::info(finding.code);
  const auto& span = finding.span;
  std::string text;
  if (span.file < lint.sources->size()) {
    text += fmt::format("file={},", escaped(diag::printable(lint.sources->name(span.file)), true));
    if (span.known()) text += fmt::format("line={},col={},", span.line, span.column);
    if (const auto end = sarif::end_column(*lint.sources, span)) text += fmt::format("endColumn={},", *end);
  }
  return text + fmt::format("title={}", escaped(fmt::format("{} {}", row.id, row.name), true));
}

std::string message_of(const Lint& lint, const diag::Diagnostic& finding) {
  std::string text = diag::printable(finding.message);
  for (const auto& related : finding.related) {
    text += fmt::format("\n{}: {}", place(*lint.sources, related.span), diag::printable(related.message));
  }
  if (finding.fix) text += fmt::format("\nfix: {}", diag::printable(*finding.fix));
  return text;
}

}  // namespace

std::string lint_github(const Lint& lint) {
  std::string text;
  for (const auto& finding : lint.findings) {
    text += fmt::format("::{} {}::{}\n", command_of(severity_of(lint, finding)), properties_of(lint, finding),
                        escaped(message_of(lint, finding), false));
  }
  return text;
}

}  // namespace presproof::report
