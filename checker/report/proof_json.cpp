#include <algorithm>
#include <cmath>

#include "report/decision_json.h"
#include "report/repair.h"
#include "report/report.h"

namespace presproof::report {
namespace {

Json readings_json(const std::vector<std::pair<engine::Reading, bool>>& readings) {
  Json object = Json::object();
  for (const auto& [reading, alternative] : readings) {
    const auto& row = engine::info(reading);
    object[std::string(row.key)] = row.values[alternative ? 1 : 0];
  }
  return object;
}

/// Three digits: more would depend on the last bits of geodesics.
Json area_json(double m2) {
  if (!(m2 > 0)) return 0;
  const double unit = std::pow(10.0, std::floor(std::log10(m2)) - 2);
  return number_json(std::round(m2 / unit) * unit);
}

Json property_json(const Proof& proof, std::size_t number) {
  const property::Property& property = proof.properties[number];
  const verify::Result& result = proof.results[number];
  Json object;
  object["name"] = property.name;
  object["file"] = property.file;
  object["line"] = property.span.line;
  object["text"] = property.text;
  object["verdict"] = verify::kVerdictNames[static_cast<std::size_t>(result.verdict)];
  if (!result.by_reading.empty()) {
    object["by_reading"] = Json::array();
    for (const auto& line : result.by_reading) {
      Json entry;
      entry["readings"] = readings_json(line.readings);
      entry["verdict"] = verify::kVerdictNames[static_cast<std::size_t>(line.verdict)];
      object["by_reading"].push_back(std::move(entry));
    }
  }
  // A `sometimes` that is proved has a witness, which is no counterexample.
  const bool proved = result.verdict == verify::Verdict::proved;
  Json example = nullptr;
  if (result.counterexample) example = run_json(*proof.policy, *result.counterexample, property.two_run.has_value());
  if (result.counterexample && result.second) example["second"] = run_json(*proof.policy, *result.second, property.two_run.has_value());
  if (result.counterexample && result.remaining_area_m2) example["remaining_area_m2"] = area_json(*result.remaining_area_m2);
  if (!result.events.empty()) example["events"] = result.events;
  object["counterexample"] = proved ? Json(nullptr) : example;
  object["witness"] = proved ? example : Json(nullptr);
  object["assumptions"] = result.assumptions;
  object["rules"] = Json::array();
  for (const auto& rule : result.rules) object["rules"].push_back(policy::rule_at(*proof.policy, rule).id);
  object["reason"] = result.reason.empty() ? Json(nullptr) : Json(result.reason);
  object["repair"] = proof.repairs.empty() ? Json(nullptr) : repair_json(proof.repairs[number]);
  if (!proof.repairs.empty()) object["repair_reason"] = proof.repairs[number].reason.empty() ? Json(nullptr) : Json(proof.repairs[number].reason);
  object["solver"]["name"] = result.solver.name;
  object["solver"]["version"] = result.solver.version;
  object["solver"]["seconds"] = std::round(result.solver.seconds * 1000) / 1000;
  return object;
}

}  // namespace

std::string proof_json(const Proof& proof) {
  Json json;
  json["format"] = "presproof-proof/1";
  json["engine"] = engine::designation(*proof.profile);
  json["usage"] = proof.usage == policy::Usage::presence ? "presence" : "geolocation";
  json["properties"] = Json::array();
  for (std::size_t i = 0; i < proof.results.size(); ++i)
    json["properties"].push_back(property_json(proof, i));
  for (std::size_t i = 0; i < verify::kVerdictNames.size(); ++i) {
    const auto has = [&](const verify::Result& result) { return static_cast<std::size_t>(result.verdict) == i; };
    json["summary"][std::string(verify::kVerdictNames[i])] = std::count_if(proof.results.begin(), proof.results.end(), has);
  }
  return dump(json, false);
}

std::string proof_jsonl(const Proof& proof) {
  std::string lines;
  for (std::size_t i = 0; i < proof.results.size(); ++i) {
    Json line;
    line["format"] = "presproof-proof/1";
    line["engine"] = engine::designation(*proof.profile);
    line["usage"] = proof.usage == policy::Usage::presence ? "presence" : "geolocation";
    line.update(property_json(proof, i));
    lines += dump(line, true);
  }
  return lines;
}

}  // namespace presproof::report
