#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "diag/printable.h"
#include "report/report.h"
#include "report/sarif.h"
#include "report/words.h"
#include "semantics/combine.h"

namespace presproof::report {
namespace {

using verify::Verdict;

/// One rule for each verdict but `proved`, in the order of verify::Verdict.
const std::vector<sarif::Rule>& verdict_rules() {
  static const std::vector<sarif::Rule> rules = {
      {"property-violated", "A property of the rule sets is violated.",
       "Some watcher, in some state, gets what the property forbids or misses what it asks for. The evaluator, which "
       "shares no "
       "code with the encoder of the proof, has reproduced the counterexample.",
       "Follow the code flow: the rules in it match together. Narrow one of them, or lower what it gives. `presproof "
       "prove "
       "--scenario DIR` writes the counterexample as files that can be replayed.",
       "presproof-prove(1)", sarif::Level::error},
      {"property-depends", "A property holds only under some readings of the RFCs.",
       "Where the RFCs leave a choice, servers differ: on some of them the property is violated.",
       "Change the rules so that the choice no longer matters, or fix the reading of your server with `--reading "
       "KEY=VALUE`.",
       "presproof(1)", sarif::Level::error},
      {"property-undecided", "A property was neither proved nor refuted.",
       "The solver reached its limit, or a violation could only exist within the rounding margin of a region. This is "
       "no proof.",
       "Raise `--timeout`, or split the property into simpler ones.", "presproof-prove(1)", sarif::Level::error},
      {"property-vacuous", "A property holds only for want of cases.",
       "Its group is empty, or its `when` and `during` can never hold: it says nothing about the rules.",
       "Mend the group or the guard, or accept it with `--allow-vacuous`.", "presproof-prove(1)",
       sarif::Level::warning},
  };
  return rules;
}

bool given_as_argument(const Proof& proof, const property::Property& property) {
  return !property.span.known() || property.span.file >= proof.sources->size() || property.file == "-p";
}

std::string state_words(const policy::State& state) {
  return fmt::format("{}, sphere {}, location {}", to_rfc3339(state.time),
                     state.sphere ? diag::printable(*state.sphere) : "undefined", location_words(state.location));
}

std::string who_words(const policy::Watcher& watcher) {
  return watcher.authenticated() ? "the watcher " + watcher_words(watcher) : "an unauthenticated watcher";
}

std::string message_of(const Proof& proof, const property::Property& property, const verify::Result& result) {
  const auto word = verify::kVerdictNames[static_cast<std::size_t>(result.verdict)];
  std::string text = fmt::format("{}: {}", word, diag::printable(property.name));
  if (property.name != property.text) text += fmt::format(" ({})", diag::printable(property.text));
  if (!result.reason.empty()) text += fmt::format(": {}", diag::printable(result.reason));
  if (!result.counterexample) return text;
  const auto& example = *result.counterexample;
  const auto granted = granted_words(*proof.policy, example.decision);
  return text + fmt::format(": {} at {} gets {}", who_words(example.request.watcher),
                            state_words(example.request.state),
                            granted.empty() ? "nothing" : fmt::format("{}", fmt::join(granted, "; ")));
}

/// What a rule gave, by the names of the permissions, in the order of the contract.
std::string given_by(const semantics::Decision& decision, policy::RuleRef rule) {
  std::vector<std::string_view> names;
  for (const std::string_view name : semantics::permission_names()) {
    const auto found = decision.granted_by.find(name);
    if (found == decision.granted_by.end()) continue;
    if (std::find(found->second.begin(), found->second.end(), rule) != found->second.end()) names.push_back(name);
  }
  return names.empty() ? "gives nothing of its own" : fmt::format("gives {}", fmt::join(names, ", "));
}

/// From the property through the rules that match, in policy order; nothing when there is no place to point to.
std::optional<Json> derivation(const Proof& proof, const property::Property& property,
                               const verify::Counterexample& example) {
  std::vector<Json> steps;
  const std::string who = who_words(example.request.watcher);
  if (!given_as_argument(proof, property)) {
    steps.push_back(sarif::location(*proof.sources, property.span, fmt::format("the property speaks of {}", who)));
  }
  for (const policy::RuleRef ref : example.decision.matched) {
    const policy::Rule& rule = policy::rule_at(*proof.policy, ref);
    steps.push_back(sarif::location(
        *proof.sources, rule.span,
        fmt::format("rule `{}` matches and {}", diag::printable(rule.id), given_by(example.decision, ref))));
  }
  if (steps.empty()) return std::nullopt;
  return sarif::code_flow(std::move(steps), fmt::format("{} at {}", who, state_words(example.request.state)));
}

Json readings_of(const verify::Result& result) {
  Json lines = Json::array();
  for (const auto& line : result.by_reading) {
    Json entry;
    for (const auto& [reading, alternative] : line.readings) {
      const auto& row = engine::info(reading);
      entry["readings"][std::string(row.key)] = row.values[alternative ? 1 : 0];
    }
    entry["verdict"] = verify::kVerdictNames[static_cast<std::size_t>(line.verdict)];
    lines.push_back(std::move(entry));
  }
  return lines;
}

Json result_json(const Proof& proof, const property::Property& property, const verify::Result& result,
                 bool allow_vacuous) {
  const std::size_t rule = static_cast<std::size_t>(result.verdict) - 1;
  const bool accepted = result.verdict == Verdict::vacuous && allow_vacuous;
  const sarif::Level level = accepted ? sarif::Level::note : verdict_rules()[rule].level;
  Json json = sarif::result(verdict_rules(), rule, level, message_of(proof, property, result), property.text);
  json["locations"] = Json::array();
  if (!given_as_argument(proof, property)) {
    json["locations"].push_back(sarif::location(*proof.sources, property.span));
  } else if (!proof.policy->documents.empty()) {
    json["locations"].push_back(sarif::file_location(proof.policy->documents.front().file));
  }
  Json flows = Json::array();
  for (const auto* example : {&result.counterexample, &result.second}) {
    if (!*example) continue;
    if (auto flow = derivation(proof, property, **example)) flows.push_back(std::move(*flow));
  }
  if (!flows.empty()) json["codeFlows"] = std::move(flows);
  if (!result.rules.empty()) {
    json["relatedLocations"] = Json::array();
    for (const policy::RuleRef ref : result.rules) {
      const policy::Rule& concerned = policy::rule_at(*proof.policy, ref);
      json["relatedLocations"].push_back(sarif::location(
          *proof.sources, concerned.span, fmt::format("because of rule `{}`", diag::printable(concerned.id))));
    }
  }
  json["properties"]["name"] = property.name;
  json["properties"]["text"] = property.text;
  if (!result.by_reading.empty()) json["properties"]["byReading"] = readings_of(result);
  return json;
}

}  // namespace

std::string proof_sarif(const Proof& proof, std::string_view version, bool allow_vacuous) {
  Json results = Json::array();
  for (std::size_t i = 0; i < proof.results.size(); ++i) {
    if (proof.results[i].verdict == Verdict::proved) continue;
    results.push_back(result_json(proof, proof.properties[i], proof.results[i], allow_vacuous));
  }
  return sarif::log(version, "prove", verdict_rules(), std::move(results));
}

}  // namespace presproof::report
