#include <nlohmann/json.hpp>

#include "report/fixes.h"
#include "report/lint_summary.h"
#include "report/report.h"

namespace presproof::report {
namespace {

using Json = nlohmann::ordered_json;

void put_place(Json& object, const Lint& lint, const SourceSpan& span) {
  object["file"] = span.file < lint.sources->size() ? std::string(lint.sources->name(span.file)) : std::string();
  object["line"] = span.line;
  object["column"] = span.column;
}

Json to_json(const Lint& lint, const diag::Diagnostic& finding) {
  const auto& row = diag::info(finding.code);
  Json object;
  object["code"] = row.id;
  object["name"] = row.name;
  object["severity"] = diag::to_string(severity_of(lint, finding));
  put_place(object, lint, finding.span);
  object["rule"] = finding.rule ? Json(*finding.rule) : Json(nullptr);
  object["message"] = finding.message;
  object["why"] = row.why;
  object["spec"] = row.spec;
  object["fix"] = finding.fix ? Json(*finding.fix) : Json(nullptr);
  object["related"] = Json::array();
  for (const auto& related : finding.related) {
    Json place;
    put_place(place, lint, related.span);
    place["message"] = related.message;
    object["related"].push_back(std::move(place));
  }
  return object;
}

Json summary_json(const Lint& lint) {
  const auto summary = summarize(lint);
  Json object;
  object["files"] = lint.files;
  object["rules"] = lint.rules;
  object["errors"] = summary.errors;
  object["warnings"] = summary.warnings;
  object["notes"] = summary.notes;
  if (lint.in_baseline != 0) object["in_baseline"] = lint.in_baseline;
  if (lint.ignored != 0) object["ignored"] = lint.ignored;
  return object;
}

void put_fixes(Json& json, const Lint& lint) {
  if (!lint.fixes) return;
  json["fixed"] = fixed_json(lint);
  json["not_fixed"] = not_fixed_json(lint);
}

/// Bytes of a document that are not UTF-8 (of one that was refused) become U+FFFD.
std::string dump(const Json& json, int indent) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace

std::string lint_json(const Lint& lint) {
  Json json;
  json["format"] = "presproof-lint/1";
  json["findings"] = Json::array();
  for (const auto& finding : lint.findings) json["findings"].push_back(to_json(lint, finding));
  json["summary"] = summary_json(lint);
  put_fixes(json, lint);
  return dump(json, 2);
}

/// One finding a line, then the rest of the object.
std::string lint_jsonl(const Lint& lint) {
  std::string lines;
  for (const auto& finding : lint.findings) lines += dump(to_json(lint, finding), -1);
  Json last;
  last["format"] = "presproof-lint/1";
  last["summary"] = summary_json(lint);
  put_fixes(last, lint);
  return lines + dump(last, -1);
}

}  // namespace presproof::report
