#include "base/instant.h"
#include "report/decision_json.h"
#include "report/report.h"

namespace presproof::report {

Json simulation_object(const Simulation& simulation) {
  const semantics::Decision& decision = simulation.decision;
  const policy::State& state = simulation.request.state;
  Json json;
  json["format"] = "presproof-simulation/1";
  json["engine"] = simulation.engine;
  json["usage"] = simulation.usage == policy::Usage::presence ? "presence" : "geolocation";
  json["watcher"] = watcher_json(simulation.request.watcher);
  json["state"]["time"] = to_rfc3339(state.time);
  json["state"]["sphere"] = state.sphere ? Json(*state.sphere) : Json(nullptr);
  json["matched_rules"] = matched_rules_json(*simulation.policy, decision.matched);
  json["permissions"] = permissions_json(decision.permissions);
  json["granted_by"] = granted_by_json(*simulation.policy, decision);
  json["response"] = response_json(decision);
  json["subscription_state"] = subscription_state_json(decision);
  json["document"] = nullptr;
  if (simulation.show_document && simulation.document) json["document"] = *simulation.document;
  return json;
}

std::string simulation_json(const Simulation& simulation, bool one_line) { return dump(simulation_object(simulation), one_line); }

}  // namespace presproof::report
