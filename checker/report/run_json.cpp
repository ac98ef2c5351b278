#include "base/instant.h"
#include "report/decision_json.h"

namespace presproof::report {
namespace {

/// Null when unknown; a proof's place is a point.
Json location_json(const policy::TargetLocation& location) {
  if (!location.geodetic && !location.civic) return nullptr;
  Json object;
  object["geodetic"] = nullptr;
  if (location.geodetic)
    if (const auto* point = std::get_if<geo::Position>(&*location.geodetic))
      object["geodetic"] = Json{{"latitude", number_json(point->latitude)}, {"longitude", number_json(point->longitude)}};
  object["civic"] = Json::object();
  if (location.civic)
    for (const auto& [field, value] : *location.civic) object["civic"][field] = value;
  return object;
}

Json all_readings_json(const engine::Readings& readings) {
  Json object;
  for (const auto& row : engine::all_readings()) object[std::string(row.key)] = readings.value(row.reading);
  return object;
}

}  // namespace

Json response_json(const semantics::Decision& decision) {
  if (!decision.response) return nullptr;
  return Json{{"code", decision.response->code}, {"reason", decision.response->reason}};
}

Json subscription_state_json(const semantics::Decision& decision) {
  return decision.subscription_state.empty() ? Json(nullptr) : Json(decision.subscription_state);
}

Json state_json(const policy::State& state) {
  Json object;
  object["time"] = to_rfc3339(state.time);
  object["sphere"] = state.sphere ? Json(*state.sphere) : Json(nullptr);
  object["location"] = location_json(state.location);
  return object;
}

Json run_json(const policy::Policy& policy, const verify::Counterexample& run, bool response) {
  Json object;
  object["watcher"] = watcher_json(run.request.watcher);
  object["state"] = state_json(run.request.state);
  object["readings"] = all_readings_json(run.readings);
  object["matched_rules"] = matched_rules_json(policy, run.decision.matched);
  object["permissions"] = permissions_json(run.decision.permissions);
  object["granted_by"] = granted_by_json(policy, run.decision);
  if (response) {
    object["response"] = response_json(run.decision);
    object["subscription_state"] = subscription_state_json(run.decision);
  }
  // A verify::Counterexample exists only for what the evaluator has reproduced.
  object["replayed"] = true;
  object["second"] = nullptr;
  object["remaining_area_m2"] = nullptr;
  return object;
}

}  // namespace presproof::report
