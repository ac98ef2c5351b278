#include "engine/profile.h"
#include "report/decision_json.h"
#include "report/explanation_words.h"
#include "report/reasons_words.h"
#include "report/report.h"
#include "report/words.h"

namespace presproof::report {
namespace {

Json request_json(const policy::Request& request) { return {{"watcher", watcher_json(request.watcher)}, {"state", state_json(request.state)}}; }

Json failing_json(const explain::Explained& how, const explain::Failing& failing) {
  Json object = matched_rules_json(how.policy, {failing.rule}).front();
  object["condition"] = failing.condition;
  object["holds"] = condition_words(how, rule_at(how.policy, failing.rule).conditions[failing.condition]);
  return object;
}

Json failing_json(const explain::Explained& how, const std::vector<explain::Failing>& all) {
  Json list = Json::array();
  for (const auto& each : all) list.push_back(failing_json(how, each));
  return list;
}

Json asked_json(const explain::Explained& how, const explain::Reasons& reasons) {
  if (reasons.permission.empty()) return nullptr;
  Json object = {{"permission", reasons.permission}, {"given", reasons.given}, {"granted_somewhere", reasons.granted_somewhere}};
  object["ways"] = Json::array();
  for (const auto& way : reasons.ways) {
    object["ways"].push_back({{"conditions", failing_json(how, way.failing)}, {"request", request_json(way.request)}, {"again", replay_of(how, reasons, way.request)}});
  }
  object["needed"] = matched_rules_json(how.policy, reasons.needed);
  object["losses"] = Json::array();
  for (const auto& loss : reasons.losses) {
    object["losses"].push_back({{"change", explain::kLossNames[static_cast<std::size_t>(loss.change)]}, {"request", request_json(loss.request)}});
  }
  return object;
}

}  // namespace

std::string reasons_json(const explain::Explained& how, std::span<const explain::Reasons> reasons) {
  Json object;
  object["format"] = "presproof-reasons/1";
  object["engine"] = engine::designation(*how.profile);
  object["usage"] = usage_word(how.usage);
  for (const auto& reading : engine::all_readings()) object["readings"][std::string(reading.key)] = how.readings.value(reading.reading);
  object["watchers"] = Json::array();
  for (const auto& each : reasons) {
    Json one = request_json(each.request);
    one["response"] = response_json(each.decision);
    one["subscription_state"] = subscription_state_json(each.decision);
    one["matched_rules"] = matched_rules_json(how.policy, each.decision.matched);
    one["permissions"] = permissions_json(each.decision.permissions);
    one["granted_by"] = granted_by_json(how.policy, each.decision);
    one["nearly"] = Json::array();
    for (const auto& unmatched : each.unmatched) {
      for (const auto& failing : unmatched.failing) one["nearly"].push_back(failing_json(how, failing));
    }
    one["overruled"] = matched_rules_json(how.policy, each.overruled);
    one["near_misses"] = Json::array();
    for (const auto& miss : each.near_misses) one["near_misses"].push_back(near_miss_words(how.policy, miss));
    one["asked"] = asked_json(how, each);
    object["watchers"].push_back(std::move(one));
  }
  return dump(object, false);
}

}  // namespace presproof::report
