#include <array>

#include "base/instant.h"
#include "report/decision_json.h"
#include "report/explanation_words.h"
#include "report/report.h"
#include "report/result_json.h"
#include "report/words.h"

namespace presproof::report {
namespace {

using explain::Explanation;

Json circle_json(const geo::Circle& circle) {
  return {{"latitude", circle.center.latitude}, {"longitude", circle.center.longitude}, {"radius_m", circle.radius_m}};
}

Json row_json(const Explanation& explanation, const explain::Row& row) {
  Json object;
  object["watcher"] = watcher_json(row.watcher);
  object["name"] = row_name(row);
  object["kind"] = std::array{"named", "domain", "stranger", "unauthenticated"}[static_cast<std::size_t>(row.kind)];
  object["groups"] = Json::array();
  for (const auto group : row.groups) object["groups"].push_back(explanation.groups[group]);
  object["rules"] = matched_rules_json(*explanation.policy, row.rules);
  object["complete"] = row.complete;
  object["sees"] = Json::object();
  for (std::size_t column = 0; column < row.cells.size(); ++column) {
    for (const auto& entry : row.cells[column]) {
      Json value;
      value["value"] = entry.value;
      value["when"] = entry_when(entry);
      value["always"] = entry.when.always();
      value["exact"] = entry.when.exact();
      value["at_least"] = entry.at_least;
      value["rules"] = matched_rules_json(*explanation.policy, entry.rules);
      value["state"] = state_json(entry.state);
      object["sees"][explanation.columns[column]].push_back(std::move(value));
    }
  }
  object["near_misses"] = Json::array();
  for (const auto& miss : row.near_misses) {
    Json near = matched_rules_json(*explanation.policy, {miss.rule}).front();
    near["reason"] = miss.reason == explain::NearMiss::Reason::excepted ? "excepted" : "other-spelling";
    near["named"] = miss.named;
    object["near_misses"].push_back(std::move(near));
  }
  return object;
}

}  // namespace

std::string explanation_json(const Explanation& explanation) {
  Json object;
  object["format"] = "presproof-explanation/1";
  object["engine"] = engine::designation(*explanation.profile);
  object["usage"] = usage_word(explanation.usage);
  for (const auto& reading : engine::all_readings()) object["readings"][std::string(reading.key)] = explanation.readings.value(reading.reading);
  object["rules"] = Json::array();
  for (const auto& view : explanation.rules) {
    Json rule = matched_rules_json(*explanation.policy, {view.rule}).front();
    rule["text"] = rule_sentences(explanation, view);
    const auto remark = rule_remark(explanation, view);
    rule["remark"] = remark.empty() ? Json(nullptr) : Json(remark);
    object["rules"].push_back(std::move(rule));
  }
  object["watchers"] = Json::array();
  for (const auto& row : explanation.rows) object["watchers"].push_back(row_json(explanation, row));
  object["moments"] = Json::array();
  for (const auto& moment : explanation.timeline.moments) {
    Json changes = Json::array();
    for (const auto& change : moment.changes) {
      Json rows = Json::array();
      for (const auto row : change.rows) rows.push_back(row_name(explanation.rows[row]));
      changes.push_back({{"permission", explanation.columns[change.column]}, {"value", change.value}, {"change", change.begins ? "begins" : "ends"}, {"watchers", std::move(rows)}});
    }
    object["moments"].push_back({{"at", to_rfc3339(moment.at)}, {"changes", std::move(changes)}});
  }
  object["map"] = nullptr;
  if (explanation.map) {
    Json disclosed = Json::array();
    for (const auto& each : explanation.map->disclosed) {
      Json rows = Json::array();
      for (const auto row : each.rows) rows.push_back(row_name(explanation.rows[row]));
      disclosed.push_back({{"value", each.value}, {"always", each.always}, {"watchers", std::move(rows)}, {"shown", each.shown ? circle_json(*each.shown) : Json(nullptr)}});
    }
    object["map"] = {{"latitude", explanation.map->place.latitude}, {"longitude", explanation.map->place.longitude}, {"disclosed", std::move(disclosed)}};
  }
  object["properties"] = Json::array();
  for (const auto& judged : explanation.properties) {
    Json property = result_json(*explanation.policy, judged.property, judged.result);
    property.erase("solver");  // how long it took is another time each time
    property.erase("repair");
    object["properties"].push_back(std::move(property));
  }
  object["leaks"] = Json::array();
  if (explanation.leaks)
    for (const auto& leak : explanation.leaks->leaks) object["leaks"].push_back({{"kind", leaks::kKindNames[static_cast<std::size_t>(leak.kind)]}, {"message", leak.message}, {"fix", leak.fix}});
  return dump(object, false);
}

}  // namespace presproof::report
