#include "report/sarif.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "geo/stable_hash.h"

namespace presproof::report::sarif {
namespace {

constexpr std::array<std::string_view, 3> kLevels = {"note", "warning", "error"};

std::string_view word_of(Level level) { return kLevels[static_cast<std::size_t>(level)]; }

Json text_json(const std::string& text) { return Json{{"text", text}}; }

Json rule_json(const Rule& rule) {
  Json json;
  json["id"] = rule.id;
  json["shortDescription"] = text_json(rule.summary);
  json["fullDescription"] = text_json(rule.why);
  json["help"] = text_json(rule.help);
  json["defaultConfiguration"]["level"] = word_of(rule.level);
  json["properties"]["tags"] = Json::array({"privacy", "presence"});
  if (!rule.source.empty()) json["properties"]["source"] = rule.source;
  return json;
}

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// The end only of a span that ends on its first line.
Json region_json(const diag::Sources& sources, const SourceSpan& span) {
  Json region;
  region["startLine"] = span.line;
  region["startColumn"] = std::max(span.column, 1U);
  const std::size_t end = std::size_t{std::max(span.column, 1U)} + span.length;
  if (span.length > 0 && end <= code_points(sources.line(span.file, span.line)) + 1) region["endColumn"] = end;
  return region;
}

}  // namespace

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

std::string log(std::string_view version, const std::vector<Rule>& rules, Json results) {
  Json run;
  Json& driver = run["tool"]["driver"];
  driver["name"] = "presproof";
  driver["version"] = version;
  driver["semanticVersion"] = version;
  driver["rules"] = Json::array();
  for (const Rule& rule : rules) driver["rules"].push_back(rule_json(rule));
  run["columnKind"] = "unicodeCodePoints";
  run["results"] = std::move(results);
  Json json;
  json["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json";
  json["version"] = "2.1.0";
  json["runs"] = Json::array({std::move(run)});
  return dump(json, false);
}

}  // namespace presproof::report::sarif
