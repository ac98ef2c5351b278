#include <algorithm>
#include <array>

#include "report/decision_json.h"
#include "report/report.h"

namespace presproof::report {
namespace {

constexpr std::array<std::string_view, 3> kSeverityWords = {"note", "warning", "error"};

Json leak_json(const policy::Policy& policy, const leaks::Leak& leak) {
  Json object;
  object["kind"] = leaks::kKindNames[static_cast<std::size_t>(leak.kind)];
  object["severity"] = kSeverityWords[static_cast<std::size_t>(leak.severity)];
  object["watcher"] = watcher_json(leak.watcher);
  object["secret"] = leak.secret;
  object["first"] = run_json(policy, leak.first, true);
  object["second"] = leak.second ? run_json(policy, *leak.second, true) : Json(nullptr);
  object["channel"] = leaks::kChannelNames[static_cast<std::size_t>(leak.channel)];
  object["rules"] = Json::array();
  for (const policy::RuleRef rule : leak.rules) object["rules"].push_back(policy::rule_at(policy, rule).id);
  object["message"] = leak.message;
  object["fix"] = leak.fix;
  object["others"] = leak.others;
  return object;
}

}  // namespace

std::string leaks_json(const Leaks& leaks) {
  Json json;
  json["format"] = "presproof-leaks/1";
  json["engine"] = engine::designation(*leaks.profile);
  json["usage"] = leaks.usage == policy::Usage::presence ? "presence" : "geolocation";
  json["leaks"] = Json::array();
  for (const auto& leak : leaks.found.leaks) json["leaks"].push_back(leak_json(*leaks.policy, leak));
  json["undecided"] = leaks.found.undecided;
  if (!engine::assumptions(*leaks.profile).empty()) json["assumptions"] = engine::assumptions(*leaks.profile);
  for (std::size_t i = kSeverityWords.size(); i-- > 0;) {
    const auto is = [&](const leaks::Leak& leak) { return static_cast<std::size_t>(leak.severity) == i; };
    json["summary"][std::string(kSeverityWords[i]) + "s"] = std::count_if(leaks.found.leaks.begin(), leaks.found.leaks.end(), is);
  }
  return dump(json, false);
}

}  // namespace presproof::report
