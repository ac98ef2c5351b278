#include <algorithm>

#include "report/decision_json.h"
#include "report/repair.h"
#include "report/report.h"
#include "report/result_json.h"

namespace presproof::report {
namespace {

Json property_json(const Proof& proof, std::size_t number) {
  Json object = result_json(*proof.policy, proof.properties[number], proof.results[number]);
  if (proof.repairs.empty()) return object;
  object["repair"] = repair_json(proof.repairs[number]);
  object["repair_reason"] = proof.repairs[number].reason.empty() ? Json(nullptr) : Json(proof.repairs[number].reason);
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
