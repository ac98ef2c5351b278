#pragma once

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

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
    CHECK(rule.at("defaultConfiguration").contains("level"));
  }
  CHECK(run.at("columnKind") == "unicodeCodePoints");
  REQUIRE(run.at("results").is_array());  // an empty one: it has run and found nothing
  for (const json& result : run["results"]) check_sarif_result(result, driver["rules"]);
  return run["results"];
}

}  // namespace presproof::test
