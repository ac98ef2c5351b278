#include "report/result_json.h"

#include <cmath>

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

}  // namespace

Json result_json(const policy::Policy& policy, const property::Property& property, const verify::Result& result) {
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
  if (result.counterexample) example = run_json(policy, *result.counterexample, property.two_run.has_value());
  if (result.counterexample && result.second) example["second"] = run_json(policy, *result.second, property.two_run.has_value());
  if (result.counterexample && result.remaining_area_m2) example["remaining_area_m2"] = area_json(*result.remaining_area_m2);
  if (!result.events.empty()) example["events"] = result.events;
  object["counterexample"] = proved ? Json(nullptr) : example;
  object["witness"] = proved ? example : Json(nullptr);
  object["assumptions"] = result.assumptions;
  object["rules"] = Json::array();
  for (const auto& rule : result.rules) object["rules"].push_back(policy::rule_at(policy, rule).id);
  object["reason"] = result.reason.empty() ? Json(nullptr) : Json(result.reason);
  object["repair"] = nullptr;
  object["solver"]["name"] = result.solver.name;
  object["solver"]["version"] = result.solver.version;
  object["solver"]["seconds"] = std::round(result.solver.seconds * 1000) / 1000;
  return object;
}

}  // namespace presproof::report
