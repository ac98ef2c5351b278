#include "report/fixes.h"

#include <fmt/format.h>

#include "diag/printable.h"
#include "report/changes.h"
#include "report/snippet.h"

namespace presproof::report {
namespace {

Json finding_json(const Lint& lint, const diag::Diagnostic& finding) {
  const auto& row = diag::info(finding.code);
  return Json{{"code", row.id},
              {"name", row.name},
              {"file", lint.sources->name(finding.span.file)},
              {"line", finding.span.line},
              {"column", finding.span.column},
              {"rule", finding.rule ? Json(*finding.rule) : Json(nullptr)},
              {"message", finding.message}};
}

std::string finding_line(const Lint& lint, std::string_view done, const diag::Diagnostic& finding) {
  const auto& row = diag::info(finding.code);
  return fmt::format("{}: {} {} {}: {}\n", place(*lint.sources, finding.span), done, row.id, row.name, diag::printable(finding.message));
}

}  // namespace

Json fixed_json(const Lint& lint) {
  Json all = Json::array();
  for (const lint::AppliedFix& fix : lint.fixes->applied) {
    Json object = finding_json(lint, fix.finding);
    object["kind"] = fix.kind == lint::FixKind::safe ? "safe" : "changes-meaning";
    object["losses"] = Json::array();
    object["gains"] = Json::array();
    for (const diff::Change& change : fix.changes)
      object[change.direction == diff::Direction::lost ? "losses" : "gains"].push_back(change_json(change));
    all.push_back(std::move(object));
  }
  return all;
}

Json not_fixed_json(const Lint& lint) {
  Json all = Json::array();
  for (const lint::RefusedFix& fix : lint.fixes->refused) {
    Json object = finding_json(lint, fix.finding);
    object["reason"] = fix.reason;
    all.push_back(std::move(object));
  }
  return all;
}

std::string fixes_text(const Lint& lint) {
  std::string text;
  for (const lint::AppliedFix& fix : lint.fixes->applied) {
    text += finding_line(lint, lint.fixes->written ? "fixed" : "would fix", fix.finding);
    if (fix.kind == lint::FixKind::safe) continue;
    add_changes(text, fix.changes);
    if (!fix.undecided.empty())
      text += fmt::format("      there may be {}changes: {}\n", fix.changes.empty() ? "" : "more ", diag::printable(fix.undecided));
    else if (fix.changes.empty())
      text += "      nobody gains or loses anything under the default readings\n";
  }
  for (const lint::RefusedFix& fix : lint.fixes->refused) {
    text += finding_line(lint, "not fixed", fix.finding);
    text += fmt::format("      {}\n", diag::printable(fix.reason));
  }
  return text;
}

}  // namespace presproof::report
