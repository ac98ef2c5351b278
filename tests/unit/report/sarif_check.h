#pragma once

#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "diag/sources.h"
#include "report/sarif.h"

/// What the schema and the text of SARIF 2.1.0 ask of a log, as far as presproof writes it.
namespace presproof::test {

using nlohmann::json;

inline void check_sarif_message(const json& message) {
  REQUIRE(message.is_object());
  CHECK_FALSE(message.at("text").get<std::string>().empty());
}

/// Section 3.28: a location says where, or what, or both.
inline void check_sarif_location(const json& location, bool with_message) {
  CHECK((location.contains("physicalLocation") || location.contains("message")));
  if (with_message) check_sarif_message(location.at("message"));
  if (!location.contains("physicalLocation")) return;
  const json& physical = location["physicalLocation"];
  const std::string uri = physical.at("artifactLocation").at("uri");
  CHECK_FALSE(uri.empty());
  CHECK(uri.find_first_of(" <>\"\\^`{|}#?") == std::string::npos);
  if (!physical.contains("region")) return;
  const json& region = physical["region"];
  CHECK(region.at("startLine").get<int>() >= 1);
  CHECK(region.at("startColumn").get<int>() >= 1);
  if (region.contains("endColumn")) CHECK(region["endColumn"].get<int>() > region["startColumn"].get<int>());
}

inline void check_sarif_result(const json& result, const json& rules) {
  CHECK(result.at("ruleId") == rules.at(result.at("ruleIndex").get<std::size_t>()).at("id"));
  CHECK(std::set<std::string>{"none", "note", "warning", "error"}.contains(result.at("level").get<std::string>()));
  check_sarif_message(result.at("message"));
  CHECK(result.at("locations").size() >= 1);
  for (const json& location : result["locations"]) check_sarif_location(location, false);
  for (const json& location : result.value("relatedLocations", json::array())) check_sarif_location(location, true);
  for (const json& flow : result.value("codeFlows", json::array())) {
    CHECK(flow.at("threadFlows").size() >= 1);
    for (const json& thread : flow["threadFlows"]) {
      CHECK(thread.at("locations").size() >= 1);
      for (const json& step : thread["locations"]) check_sarif_location(step.at("location"), true);
    }
  }
  for (const auto& [key, value] : result.at("partialFingerprints").items())
    CHECK(value.get<std::string>().size() == 16);
}

/// A place of a text, by line and by columns in code points, the last of which may be behind the line.
inline void check_inside(const diag::Sources& sources, std::uint32_t file, const json& line, const json& column) {
  const std::string_view text = sources.text(file);
  const auto row = line.get<std::uint32_t>();
  CHECK(row <= static_cast<std::uint32_t>(std::count(text.begin(), text.end(), '\n')) + 1);
  const auto offset = sources.offset_of({file, row, column.get<std::uint32_t>(), 0});
  CHECK(sources.span_at(file, offset, 0).line == row);
  CHECK(sources.span_at(file, offset, 0).column == column.get<std::uint32_t>());
}

inline void check_region_inside(const diag::Sources& sources, const json& uri, const json& region) {
  for (std::uint32_t file = 0; file < sources.size(); ++file) {
    if (report::sarif::uri_of(sources.name(file)) != uri) continue;
    check_inside(sources, file, region.at("startLine"), region.at("startColumn"));
    if (region.contains("endColumn")) check_inside(sources, file, region.value("endLine", region["startLine"]), region["endColumn"]);
    return;
  }
  FAIL("no such file: " << uri);
}

/// Every region of a log is inside of its file, wherever it stands in the log.
inline void check_regions_inside(const diag::Sources& sources, const json& results) {
  for (const json& result : results) {
    for (const char* const places : {"locations", "relatedLocations"}) {
      for (const json& location : result.value(places, json::array())) {
        const json& physical = location.value("physicalLocation", json::object());
        if (physical.contains("region")) check_region_inside(sources, physical["artifactLocation"]["uri"], physical["region"]);
      }
    }
    for (const json& fix : result.value("fixes", json::array())) {
      check_sarif_message(fix.at("description"));
      for (const json& change : fix.at("artifactChanges")) {
        CHECK(change.at("replacements").size() >= 1);
        for (const json& replacement : change["replacements"])
          check_region_inside(sources, change.at("artifactLocation").at("uri"), replacement.at("deletedRegion"));
      }
    }
  }
}

/// Gives the results.
inline json check_sarif(const std::string& text) {
  const json log = json::parse(text);
  CHECK(log.at("version") == "2.1.0");
  CHECK(log.at("$schema").get<std::string>().ends_with("sarif-2.1.0.json"));
  REQUIRE(log.at("runs").size() == 1);
  const json& run = log["runs"][0];
  const json& driver = run.at("tool").at("driver");
  CHECK(driver.at("name") == "presproof");
  CHECK_FALSE(driver.at("version").get<std::string>().empty());
  std::set<std::string> ids;
  for (const json& rule : driver.at("rules")) {
    CHECK(ids.insert(rule.at("id")).second);
    for (const char* part : {"shortDescription", "fullDescription", "help"}) check_sarif_message(rule.at(part));
    if (rule.contains("helpUri")) CHECK(rule["helpUri"].get<std::string>().starts_with("https://"));
    CHECK(rule.at("defaultConfiguration").contains("level"));
  }
  CHECK(run.at("columnKind") == "unicodeCodePoints");
  REQUIRE(run.at("results").is_array());  // an empty one: it has run and found nothing
  for (const json& result : run["results"]) check_sarif_result(result, driver["rules"]);
  return run["results"];
}

inline json check_sarif(const std::string& text, const diag::Sources& sources) {
  json results = check_sarif(text);
  check_regions_inside(sources, results);
  return results;
}

}  // namespace presproof::test
