#include <algorithm>
#include <array>
#include <set>

#include "base/instant.h"
#include "report/decision_json.h"
#include "report/diff_words.h"
#include "report/report.h"
#include "report/words.h"

namespace presproof::report {
namespace {

constexpr std::array<std::string_view, 3> kVerdictWords = {"equivalent", "different", "undecided"};

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json simulation_of(const Diff& diff, const DiffPart& part, const DiffSide& side, const policy::Request& request, const semantics::Decision& decision) {
  Simulation simulation;
  simulation.policy = &side.policy;
  simulation.engine = engine::designation(*diff.profile);
  simulation.usage = part.usage;
  simulation.request = request;
  simulation.decision = decision;
  return simulation_object(simulation);
}

Json witness_json(const Diff& diff, const DiffPart& part, const policy::Request& request, const semantics::Decision& before, const semantics::Decision& after) {
  Json object;
  object["watcher"] = watcher_json(request.watcher);
  object["state"] = state_json(request.state);
  object["old"] = simulation_of(diff, part, part.old_side, request, before);
  object["new"] = simulation_of(diff, part, part.new_side, request, after);
  return object;
}

/// The ids of rules, sorted, as `granted_by` of a simulation has them.
Json ids_json(const policy::Policy& policy, const std::vector<policy::RuleRef>& rules) {
  std::set<std::string> ids;
  for (const policy::RuleRef ref : rules) ids.insert(policy::rule_at(policy, ref).id);
  return ids;
}

Json change_object(const Diff& diff, const DiffPart& part, const diff::Change& change) {
  Json object;
  object["document"] = text_or_null(part.name);
  object["direction"] = diff::kDirectionNames[static_cast<std::size_t>(change.direction)];
  object["permission"] = change.permission;
  object["detail"] = change.detail;
  object["watchers"] = watchers_words(change);
  object["witness"] = witness_json(diff, part, change.witness, change.before, change.after);
  object["rules"]["old"] = ids_json(part.old_side.policy, change.old_rules);
  object["rules"]["new"] = ids_json(part.new_side.policy, change.new_rules);
  return object;
}

Json time_or_null(const std::optional<Instant>& time) { return time ? Json(to_rfc3339(*time)) : Json(nullptr); }

Json circumstance_json(const diff::Circumstance& when) {
  Json object;
  object["words"] = circumstance_words(when);
  object["times"] = nullptr;
  if (when.times) {
    object["times"] = Json::array();
    for (const diff::Period& period : *when.times) object["times"].push_back(Json{{"from", time_or_null(period.from)}, {"until", time_or_null(period.until)}});
  }
  object["spheres"] = nullptr;
  if (when.spheres) object["spheres"] = Json{{when.spheres->others ? "except" : "any_of", when.spheres->named}, {"undefined", when.spheres->undefined}};
  object["places"] = nullptr;
  if (when.places) object["places"] = places_words(*when.places);
  return object;
}

Json when_json(const diff::Circumstances& when) {
  Json object;
  object["words"] = when_words(when);
  object["exact"] = when.exact();
  object["always"] = when.always();
  object["any_of"] = Json::array();
  for (const diff::Circumstance& each : when.any_of) object["any_of"].push_back(circumstance_json(each));
  return object;
}

Json group_json(const Diff& diff, const DiffPart& part, const diff::ChangeGroup& group) {
  Json object;
  object["document"] = text_or_null(part.name);
  object["tendency"] = diff::kTendencyNames[static_cast<std::size_t>(group.tendency())];
  object["words"] = sentence(diff, part, group);
  object["watchers"] = Json::array();
  for (const std::uint32_t number : group.watchers) {
    const diff::Affected& affected = part.comparison.affected[number];
    object["watchers"].push_back(class_words(affected.watcher, affected.kind));
  }
  object["items"] = Json::array();
  for (const diff::Item& item : group.items) {
    object["items"].push_back(Json{{"permission", item.permission},
                                   {"old", item.before},
                                   {"new", item.after},
                                   {"tendency", diff::kTendencyNames[static_cast<std::size_t>(item.tendency)]}});
  }
  object["when"] = when_json(group.when);
  object["witness"]["watcher"] = watcher_json(group.witness.watcher);
  object["witness"]["state"] = state_json(group.witness.state);
  object["rules"]["old"] = matched_rules_json(part.old_side.policy, group.old_rules);
  object["rules"]["new"] = matched_rules_json(part.new_side.policy, group.new_rules);
  return object;
}

Json document_json(const DiffPart& part) {
  const auto files = [](const DiffSide& side) {
    Json array = Json::array();
    for (const policy::RuleSet& document : side.policy.documents) {
      if (!side.is_missing) array.push_back(document.file);
    }
    return array;
  };
  Json object;
  object["name"] = text_or_null(part.name);
  object["old"] = files(part.old_side);
  object["new"] = files(part.new_side);
  object["usage"] = usage_word(part.usage);
  object["verdict"] = kVerdictWords[static_cast<std::size_t>(part.comparison.verdict)];
  object["reason"] = text_or_null(part.comparison.reason);
  if (part.upload) {
    const auto& cost = *part.upload;
    object["upload"] = {{"watchers", cost.watchers}, {"terminated", cost.terminated}, {"activated", cost.activated}, {"suspended", cost.suspended},
                      {"seeing_other", cost.seeing_other}, {"admitted", cost.admitted}, {"notifies", cost.notifies()}};
  }
  return object;
}

}  // namespace

std::string diff_json(const Diff& diff) {
  Json json;
  json["format"] = "presproof-diff/1";
  json["engine"] = engine::designation(*diff.profile);
  json["readings"] = Json::object();
  for (const auto& row : engine::all_readings()) json["readings"][std::string(row.key)] = diff.readings.value(row.reading);
  json["equivalent"] = std::all_of(diff.parts.begin(), diff.parts.end(), [](const DiffPart& part) { return part.comparison.verdict == diff::Verdict::equivalent; });
  json["changes"] = Json::array();
  json["groups"] = Json::array();
  json["documents"] = Json::array();
  for (const DiffPart& part : diff.parts) {
    for (const diff::Change& change : part.comparison.changes) json["changes"].push_back(change_object(diff, part, change));
    for (const diff::ChangeGroup& group : part.groups) json["groups"].push_back(group_json(diff, part, group));
    json["documents"].push_back(document_json(part));
  }
  for (std::size_t i = 0; i < kVerdictWords.size(); ++i) {
    json["summary"][std::string(kVerdictWords[i])] = std::count_if(
        diff.parts.begin(), diff.parts.end(), [&](const DiffPart& part) { return static_cast<std::size_t>(part.comparison.verdict) == i; });
  }
  return dump(json, false);
}

}  // namespace presproof::report
