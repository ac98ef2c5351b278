#include "report/sarif.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "geo/stable_hash.h"

namespace presproof::report::sarif {
namespace {

constexpr std::array<std::string_view, 3> kLevels = {"note", "warning", "error"};

std::string_view word_of(Level level) { return kLevels[static_cast<std::size_t>(level)]; }

/// A message (section 3.11), in which `[words](target)` would be a link (3.11.6).
Json text_json(std::string text) {
  if (text.find("](") == std::string::npos) return Json{{"text", std::move(text)}};
  std::string escaped;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == '\\') escaped += '\\';
    escaped += c;
  }
  return Json{{"text", std::move(escaped)}};
}

Json rule_json(const Rule& rule) {
  Json json;
  json["id"] = rule.id;
  if (!rule.name.empty()) json["name"] = rule.name;
  json["shortDescription"] = text_json(rule.summary);
  json["fullDescription"] = text_json(rule.why);
  json["help"] = text_json(rule.help);
  if (!rule.help_markdown.empty()) json["help"]["markdown"] = rule.help_markdown;
  if (auto uri = specification_uri(rule.source); !uri.empty()) json["helpUri"] = std::move(uri);
  json["defaultConfiguration"]["level"] = word_of(rule.level);
  json["properties"]["tags"] = rule.tags;
  if (!rule.source.empty()) json["properties"]["source"] = rule.source;
  return json;
}

Json region_json(const diag::Sources& sources, const SourceSpan& span) {
  Json region;
  region["startLine"] = span.line;
  region["startColumn"] = std::max(span.column, 1U);
  if (const auto end = end_column(sources, span)) region["endColumn"] = *end;
  return region;
}

Json deleted_region(const diag::Sources& sources, std::uint32_t file, const text::TextChanges::Change& change) {
  const SourceSpan begin = sources.span_at(file, change.begin, 0);
  const SourceSpan end = sources.span_at(file, change.end, 0);
  Json region;
  region["startLine"] = begin.line;
  region["startColumn"] = begin.column;
  region["endLine"] = end.line;
  region["endColumn"] = end.column;
  return region;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The digits, and with `dots` the dots between them, that follow a word.
std::string_view number_after(std::string_view text, std::string_view word, bool dots) {
  const auto at = text.find(word);
  if (at == std::string_view::npos) return {};
  std::size_t end = at + word.size();
  while (end < text.size() && (is_digit(text[end]) || (dots && text[end] == '.' && end + 1 < text.size() && is_digit(text[end + 1])))) ++end;
  return text.substr(at + word.size(), end - at - word.size());
}

}  // namespace

std::optional<std::uint32_t> end_column(const diag::Sources& sources, const SourceSpan& span) {
  if (!span.known() || span.length == 0) return std::nullopt;
  SourceSpan end = span;
  end.column = std::max(span.column, 1U) + span.length;
  const SourceSpan found = sources.span_at(span.file, sources.offset_of(end), 0);
  if (found.line != span.line || found.column != end.column) return std::nullopt;
  return end.column;
}

std::string uri_of(std::string_view path) {
  constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/!$&'()*+,;=@";
  std::string uri = path.starts_with('/') ? "file://" : "";
  for (const char c : path) {
    if (plain.find(c) != std::string_view::npos) {
      uri += c;
    } else {
      uri += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return uri;
}

std::string specification_uri(std::string_view source) {
  const std::string_view first = source.substr(0, source.find(','));
  const auto number = number_after(first, "RFC ", false);
  if (number.empty()) return {};
  const auto section = number_after(first, " section ", true);
  return fmt::format("https://www.rfc-editor.org/rfc/rfc{}{}{}", number, section.empty() ? "" : "#section-", section);
}

Json file_location(std::string_view path) {
  Json location;
  location["physicalLocation"]["artifactLocation"]["uri"] = uri_of(path);
  return location;
}

Json location(const diag::Sources& sources, const SourceSpan& span, const std::string& message) {
  Json location = Json::object();
  if (span.file < sources.size()) {
    location = file_location(sources.name(span.file));
    if (span.known()) location["physicalLocation"]["region"] = region_json(sources, span);
  }
  if (!message.empty()) location["message"] = text_json(message);
  return location;
}

Json result(const std::vector<Rule>& rules, std::size_t rule, Level level, const std::string& message,
            std::string_view fingerprint) {
  Json json;
  json["ruleId"] = rules.at(rule).id;
  json["ruleIndex"] = rule;
  json["level"] = word_of(level);
  json["message"] = text_json(message);
  json["partialFingerprints"]["presproof/v1"] = fmt::format("{:016x}", geo::siphash(fingerprint, 0, 0));
  return json;
}

Json code_flow(std::vector<Json> locations, const std::string& message) {
  Json flow = Json::array();
  for (Json& step : locations) flow.push_back(Json{{"location", std::move(step)}});
  Json json;
  json["message"] = text_json(message);
  json["threadFlows"] = Json::array({Json{{"locations", std::move(flow)}}});
  return json;
}

Json fix(const diag::Sources& sources, std::uint32_t file, const std::vector<text::TextChanges::Change>& changes,
         const std::string& description) {
  Json change = file_location(sources.name(file))["physicalLocation"];
  change["replacements"] = Json::array();
  for (const auto& each : changes) {
    Json replacement;
    replacement["deletedRegion"] = deleted_region(sources, file, each);
    if (!each.replacement.empty()) replacement["insertedContent"] = Json{{"text", each.replacement}};
    change["replacements"].push_back(std::move(replacement));
  }
  Json json;
  json["description"] = text_json(description);
  json["artifactChanges"] = Json::array({std::move(change)});
  return json;
}

Json artifact(const diag::Sources& sources, std::uint32_t file) {
  Json json;
  json["location"]["uri"] = uri_of(sources.name(file));
  json["roles"] = Json::array({"analysisTarget"});
  json["encoding"] = sources.encoding(file);
  return json;
}

std::string log(std::string_view version, std::string_view command, const std::vector<Rule>& rules, Json results, Json artifacts) {
  Json run;
  Json& driver = run["tool"]["driver"];
  driver["name"] = "presproof";
  driver["version"] = version;
  driver["semanticVersion"] = version;
  driver["rules"] = Json::array();
  for (const Rule& rule : rules) driver["rules"].push_back(rule_json(rule));
  run["automationDetails"]["id"] = fmt::format("presproof-{}/", command);
  if (artifacts.is_array()) run["artifacts"] = std::move(artifacts);
  run["columnKind"] = "unicodeCodePoints";
  run["results"] = std::move(results);
  Json json;
  json["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json";
  json["version"] = "2.1.0";
  json["runs"] = Json::array({std::move(run)});
  return dump(json, false);
}

}  // namespace presproof::report::sarif
