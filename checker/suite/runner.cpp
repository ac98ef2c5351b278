#include "suite/runner.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "semantics/filter.h"
#include "suite/document_path.h"
#include "suite/reader.h"

namespace presproof::suite {
namespace {

using report::Json;

constexpr const char* kRounding = "rounding_deg";

/// With what a suite writes for null, and the keys in the order of their names, as TOML has them.
Json written(const Json& json) {
  if (json.is_null()) return kUnset;
  if (json.is_array()) {
    Json list = Json::array();
    for (const auto& each : json) list.push_back(written(each));
    return list;
  }
  if (!json.is_object()) return json;
  std::map<std::string, Json> sorted;
  for (const auto& [key, value] : json.items()) sorted.emplace(key, written(value));
  Json object = Json::object();
  for (auto& [key, value] : sorted) object[key] = std::move(value);
  return object;
}

/// Keys that are expected and have another value: `provide-location.geodetic`.
void compare(const Json& expected, const Json& actual, const std::string& name, std::vector<Failure>& failures) {
  if (!expected.is_object()) {
    if (expected != actual) failures.push_back({name, expected.dump(), actual.dump(), write_value(actual)});
    return;
  }
  // A radius that is expected is no rounding of the older dialect, which has a radius of 0.
  if (expected.contains("radius_m") && !expected.contains(kRounding) && actual.is_object() && actual.contains(kRounding)) failures.push_back({name + "." + kRounding, "nothing", actual.at(kRounding).dump()});
  for (const auto& [key, value] : expected.items()) {
    const std::string inner = name + "." + key;
    if (!actual.is_object() || !actual.contains(key)) failures.push_back({inner, value.dump(), "nothing"});
    else compare(value, actual.at(key), inner, failures);
  }
}

std::vector<std::string> ids_of(const policy::Policy& policy, const std::vector<policy::RuleRef>& rules) {
  std::vector<std::string> ids;
  for (const auto& ref : rules) ids.push_back(rule_at(policy, ref).id);
  std::ranges::sort(ids);
  return ids;
}

std::vector<Failure> failures_of(const Case& one, const semantics::Evaluator& evaluator, const Subject& subject) {
  const auto decision = evaluator.decide(one.request);
  std::vector<Failure> failures;
  if (one.response_code) {
    const std::string actual = decision.response ? fmt::format("{}", decision.response->code) : "none";
    if (actual != fmt::format("{}", *one.response_code)) failures.push_back({"response", fmt::format("{}", *one.response_code), actual, decision.response ? actual : std::string()});
  }
  if (one.subscription_state && *one.subscription_state != decision.subscription_state) failures.push_back({"subscription state", *one.subscription_state, std::string(decision.subscription_state), write_value(std::string(decision.subscription_state))});
  if (one.matched) {
    const auto ids = ids_of(*subject.policy, decision.matched);
    if (ids != *one.matched) failures.push_back({"matched", fmt::format("[{}]", fmt::join(*one.matched, ", ")), fmt::format("[{}]", fmt::join(ids, ", ")), write_value(ids)});
  }
  if (!one.permissions.empty()) compare(written(one.permissions), written(report::permissions_json(decision.permissions)), "permissions", failures);
  if (one.document.empty()) return failures;
  const auto shown = subject.document == nullptr ? std::nullopt : semantics::filter(decision, *subject.document, one.request.state, subject.how, {});
  for (const auto& each : one.document) {
    if (subject.document == nullptr) failures.push_back({"document: " + each.path, each.present ? "present" : "absent", "there is no document: the suite names no `presence`"});
    else if (const bool present = shown && has_path(*shown, each.path); present != each.present)
      failures.push_back({"document: " + each.path, each.present ? "present" : "absent", !shown ? "no document is sent" : present ? "present" : "absent", {}, each.path});
  }
  return failures;
}

}  // namespace

std::vector<CaseOutcome> run_cases(const std::vector<Case>& cases, const Subject& subject) {
  const semantics::Evaluator evaluator(*subject.policy, subject.how);
  std::vector<CaseOutcome> outcomes;
  for (const Case& one : cases) outcomes.push_back({&one, failures_of(one, evaluator, subject)});
  return outcomes;
}

bool some_case_fails(const std::vector<Case>& cases, const Subject& subject) {
  const semantics::Evaluator evaluator(*subject.policy, subject.how);
  return std::any_of(cases.begin(), cases.end(), [&](const Case& one) { return !failures_of(one, evaluator, subject).empty(); });
}

Case case_of(std::string name, const policy::Request& request, const Subject& subject) {
  const semantics::Evaluator evaluator(*subject.policy, subject.how);
  const auto decision = evaluator.decide(request);
  Case one;
  one.name = std::move(name);
  one.request = request;
  if (decision.response) one.response_code = decision.response->code;
  one.matched = ids_of(*subject.policy, decision.matched);
  // What is above its default is worth a line; that nothing else is given follows from the rules that match.
  const Json all = report::permissions_json(decision.permissions);
  const Json none = report::permissions_json(semantics::Permissions{});
  for (const auto& [key, value] : all.items())
    if (value != none.at(key) || key == "sub-handling") one.permissions[key] = value;
  return one;
}

}  // namespace presproof::suite
