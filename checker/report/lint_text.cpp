#include <fmt/format.h>

#include <set>

#include "diag/printable.h"
#include "report/lint_summary.h"
#include "report/report.h"
#include "report/snippet.h"

namespace presproof::report {
namespace {

constexpr std::size_t kLineWidth = 100;

std::string paint(std::string_view text, std::string_view sequence, const TextStyle& style) {
  return style.color ? fmt::format("\x1b[{}m{}\x1b[0m", sequence, text) : std::string(text);
}

std::string paint(diag::Severity severity, const TextStyle& style) {
  constexpr std::array<std::string_view, 3> kColors = {"1;36", "1;35", "1;31"};
  return paint(to_string(severity), kColors[static_cast<std::size_t>(severity)], style);
}

/// `  label: text`, broken at blanks, later lines indented to where the text began.
std::string paragraph(std::string_view label, std::string_view text) {
  const std::string first = fmt::format("  {}: ", label);
  const std::string indent(first.size(), ' ');
  std::string result = first;
  std::size_t width = first.size();
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find(' ', at), text.size());
    const auto word = text.substr(at, end - at);
    if (width > first.size() && width + word.size() + 1 > kLineWidth) {
      result += '\n' + indent;
      width = indent.size();
    } else if (width > first.size()) {
      result += ' ';
      ++width;
    }
    result += word;
    width += word.size();
    at = end + 1;
  }
  return result + '\n';
}

/// The place, or the file when there is none in its text.
std::string where(const Lint& lint, const SourceSpan& span) {
  if (span.known()) return place(*lint.sources, span);
  return span.file < lint.sources->size() ? diag::printable(lint.sources->name(span.file)) : "presproof";
}

std::string counted(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

/// ` (2 more in the baseline)`, or nothing.
std::string left_out(const Lint& lint) {
  std::vector<std::string> parts;
  if (lint.in_baseline != 0) parts.push_back(fmt::format("{} more in the baseline", lint.in_baseline));
  if (lint.ignored != 0) parts.push_back(fmt::format("{} ignored by comments", lint.ignored));
  return parts.empty() ? std::string() : fmt::format(" ({})", fmt::join(parts, ", "));
}

}  // namespace

std::string finding_text(const Lint& lint, const diag::Diagnostic& finding, bool with_why, const TextStyle& style) {
  const auto& row = diag::info(finding.code);
  std::string text = fmt::format("{}: {}: {} [{} {}]\n", paint(where(lint, finding.span), "1", style),
                                 paint(severity_of(lint, finding), style), diag::printable(finding.message), row.id, row.name);
  text += snippet(*lint.sources, finding.span, style);
  for (const auto& related : finding.related) {
    text += fmt::format("  {}: {}\n", where(lint, related.span), diag::printable(related.message));
    text += snippet(*lint.sources, related.span, style);
  }
  if (with_why) text += paragraph("why", fmt::format("{} ({})", row.why, row.spec));
  if (finding.fix) text += paragraph("fix", diag::printable(*finding.fix));
  return text;
}

std::string lint_summary(const Lint& lint) {
  const auto summary = summarize(lint);
  const auto looked_at = fmt::format("{}, {}{}", counted(lint.files, "file"), counted(lint.rules, "rule"), left_out(lint));
  if (lint.findings.empty()) return fmt::format("no findings in {}\n", looked_at);
  return fmt::format("{}, {}, {} in {}\n", counted(summary.errors, "error"), counted(summary.warnings, "warning"),
                     counted(summary.notes, "note"), looked_at);
}

/// Like a compiler, a blank line between findings. Why it matters is said once for each code.
std::string lint_text(const Lint& lint, const TextStyle& style) {
  std::string text;
  std::set<diag::Code> explained;
  for (const auto& finding : lint.findings) {
    text += finding_text(lint, finding, explained.insert(finding.code).second, style);
    text += '\n';
  }
  return text + lint_summary(lint);
}

}  // namespace presproof::report
