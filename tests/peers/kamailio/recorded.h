#pragma once

#include <catch2/catch.hpp>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <sstream>
#include <string>

#include "base/lexical.h"
#include "engine/view.h"
#include "presence/document.h"

/// What was recorded of Kamailio (cases/cases.json and cases/expected.jsonl), and how a case is read.
namespace presproof::kamailio {

using Json = nlohmann::json;

inline constexpr Instant kNow{1790000000, 0};
inline const std::string kCases = PRESPROOF_KAMAILIO_CASES;

/// `{{now+60 Z}}`, as peer.py fills it in: seconds from now, and the zone that is written (`local`: none).
inline std::string fill_in_times(std::string policy) {
  static const std::string kOpens = "{{now";
  static const std::string kCloses = "}}";
  for (std::size_t at = policy.find(kOpens); at != std::string::npos; at = policy.find(kOpens, at)) {
    const std::size_t end = policy.find(kCloses, at);
    REQUIRE(end != std::string::npos);
    std::istringstream words(policy.substr(at + kOpens.size(), end - at - kOpens.size()));
    std::int64_t seconds = 0;
    std::string zone = "+00:00";
    REQUIRE(words >> seconds);
    if (!(words >> zone)) zone = "+00:00";
    std::int64_t offset_s = 0;
    if (zone != "Z" && zone != "local") offset_s = (zone[0] == '-' ? -60 : 60) * (std::stoi(zone.substr(1, 2)) * 60 + std::stoi(zone.substr(4, 2)));
    const std::string utc = to_rfc3339({kNow.seconds + seconds + offset_s, 0});
    policy.replace(at, end + kCloses.size() - at, utc.substr(0, utc.size() - 1) + (zone == "local" ? "" : zone));
  }
  return policy;
}

inline engine::Profile profile_of(const Json& parameters) {
  engine::Profile profile = *engine::find_profile("kamailio");
  const auto set = [&](std::string_view key, const std::string& value) { REQUIRE(!engine::set_parameter(profile, key, value)); };
  if (parameters.value("force_active", false)) set("force-active", "yes");
  if (parameters.value("enable_sphere_check", false)) set("sphere-check", "yes");
  if (parameters.contains("publ_cache")) set("publ-cache", std::to_string(parameters["publ_cache"].get<int>()));
  if (parameters.contains("subscribe_response")) set("subscribe-response", std::to_string(parameters["subscribe_response"].get<int>()));
  if (parameters.contains("identity")) set("identity", parameters["identity"].get<std::string>());
  const std::string zone = parameters.value("time_zone", "UTC");  // as POSIX writes TZ: west is positive
  if (zone == "XXX-3") set("time-zone", "+03:00");
  if (zone == "XXX3") set("time-zone", "-03:00");
  return profile;
}

/// The white space that is left around what was taken away says nothing.
inline void drop_blanks(presence::Element& element) {
  std::erase_if(element.children, [](const presence::Node& node) {
    const auto* text = std::get_if<std::string>(&node.value);
    return text != nullptr && trim_xml_space(*text).empty();
  });
  for (presence::Node& node : element.children)
    if (auto* child = std::get_if<presence::Element>(&node.value)) drop_blanks(*child);
}

inline std::optional<presence::Document> document_of(const std::string& text) {
  diag::Sources sources;
  diag::Sink sink;
  auto document = presence::read_document(sources, sources.add("presence.xml", text), {}, sink);
  if (document)
    for (auto& part : document->parts) drop_blanks(part.element);
  return document;
}

/// The text of the first <sphere>, of any namespace.
inline std::optional<std::string> sphere_in(const presence::Element& element) {
  if (element.local == "sphere") return element.text();
  for (const auto& node : element.children) {
    const auto* child = std::get_if<presence::Element>(&node.value);
    if (child == nullptr) continue;
    if (auto found = sphere_in(*child)) return found;
  }
  return std::nullopt;
}

inline std::map<std::string, Json> recorded_results() {
  std::map<std::string, Json> results;
  std::ifstream lines(kCases + "/expected.jsonl");
  for (std::string line; std::getline(lines, line);) {
    Json row = Json::parse(line);
    results.emplace(row["name"], row);
  }
  return results;
}
inline Json recorded_cases() { return Json::parse(std::ifstream(kCases + "/cases.json")); }
/// Publications, all of them before a first SUBSCRIBE, after which nothing else happens; and what one decision can know: not that a source which
/// published again has said a sphere that is kept.
inline bool is_first_notify(const Json& each) {
  const Json& events = each["events"];
  const bool keeps_spheres = each["parameters"].value("enable_sphere_check", false) && each["parameters"].value("publ_cache", 1) == 1;
  std::set<std::string> sources;
  for (std::size_t i = 0; i + 1 < events.size(); ++i) {
    if (!events[i].contains("publish")) return false;
    if (!sources.insert(events[i].value("source", "one")).second && keeps_spheres) return false;
  }
  return !events.empty() && events.back().contains("subscribe");
}

}  // namespace presproof::kamailio
