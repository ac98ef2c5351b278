#include "scenario/run.h"

#include <fmt/format.h>

#include <optional>
#include <set>
#include <utility>

#include "engine/composition.h"
#include "policy/reader.h"
#include "report/words.h"
#include "scenario/presence_files.h"
#include "scenario/subscribe.h"
#include "semantics/filter.h"
#include "verify/witness_document.h"

namespace presproof::scenario {
namespace {

/// Of all rules; those that matched come first, should there be more to show than fits.
presence::Document witness_of(const Setting& setting, const verify::Counterexample& example) {
  std::vector<const policy::Rule*> rules;
  std::set<policy::RuleRef> matched(example.decision.matched.begin(), example.decision.matched.end());
  for (const policy::RuleRef ref : matched) rules.push_back(&policy::rule_at(setting.policy, ref));
  for (std::uint32_t document = 0; document < setting.policy.documents.size(); ++document) {
    const auto& all = setting.policy.documents[document].rules;
    for (std::uint32_t rule = 0; rule < all.size(); ++rule) {
      if (!matched.contains({document, rule})) rules.push_back(&all[rule]);
    }
  }
  return verify::witness_document_of(rules, example.request.state, setting.proof.usage);
}

/// Flags for what the documents do not say.
std::string state_flags(const policy::State& state, const std::vector<presence::Document>& published,
                        const presence::Document& composed) {
  std::string flags = " --at " + to_rfc3339(state.time);
  if (presence::sphere_of(published) != state.sphere)
    flags += " --sphere " + report::shell_word(state.sphere.value_or(""));
  const policy::TargetLocation location = presence::location_of(composed);
  if (location.geodetic != state.location.geodetic) {
    const auto* point = state.location.geodetic ? std::get_if<geo::Position>(&*state.location.geodetic) : nullptr;
    flags +=
        point == nullptr ? " --location none" : fmt::format(" --location={},{}", point->latitude, point->longitude);
  }
  const auto& civic = state.location.civic;
  if (location.civic != civic) {
    if (!civic || civic->empty()) {
      if (location.civic) flags += " --civic none";
    } else {
      for (const auto& [field, value] : *civic) flags += " --civic " + report::shell_word(field + "=" + value);
    }
  }
  return flags;
}

std::string rule_flags(const Setting& setting, const verify::Counterexample& example) {
  const report::Proof& proof = setting.proof;
  std::string flags;
  for (const auto& row : engine::all_readings()) {
    if (example.readings.alternative(row.reading))
      flags += fmt::format(" --reading {}={}", row.key, example.readings.value(row.reading));
  }
  if (proof.profile->view == engine::RuleSetView::as_written && proof.usage != policy::usage_of(*proof.policy))
    flags += fmt::format(" --usage {}", report::usage_word(proof.usage));
  if (const auto engine = engine::designation(*proof.profile); engine != engine::rfc().name) flags += " --engine " + report::shell_word(engine);
  const xml::Limits defaults;
  if (setting.limits.bytes != defaults.bytes) flags += fmt::format(" --max-bytes {}", setting.limits.bytes);
  if (setting.limits.depth != defaults.depth) flags += fmt::format(" --max-depth {}", setting.limits.depth);
  if (setting.limits.elements != defaults.elements) flags += fmt::format(" --max-elements {}", setting.limits.elements);
  return flags;
}

std::string watcher_flags(const policy::Watcher& watcher, const Subscribe& subscribe) {
  if (subscribe.tells_watcher) return " --request subscribe.sip --trust trust.toml";
  std::string flags;
  for (const uri::Uri& identity : watcher.identities) flags += " --watcher " + report::shell_word(identity.text);
  return flags;
}

/// What the command prints when presproof keeps its word.
std::string expected(const Setting& setting, const verify::Counterexample& example,
                     const presence::Document& composed) {
  const semantics::Options how{.usage = setting.proof.usage,
                               .profile = setting.proof.profile,
                               .readings = example.readings};
  report::Simulation simulation;
  simulation.policy = &setting.policy;
  simulation.engine = engine::designation(*setting.proof.profile);
  simulation.usage = setting.proof.usage;
  simulation.request = example.request;
  simulation.decision = example.decision;
  const auto shown = semantics::filter(example.decision, composed, example.request.state, how, {});
  if (shown) simulation.document = presence::write_document(*shown);
  return report::simulation_json(simulation, false);
}

}  // namespace

RunFiles run_files(const Setting& setting, const verify::Counterexample& example, std::string_view name) {
  const policy::Request& request = example.request;
  Subscribe subscribe = subscribe_of(request.watcher, *setting.proof.profile, verify::kWitnessEntity, name);
  const std::vector<File> presence = presence_files(witness_of(setting, example));
  const auto published = read_presence_files(presence);
  const auto composed = engine::compose_by(*setting.proof.profile, published);

  RunFiles run;
  run.request_tells_watcher = subscribe.tells_watcher;
  run.command = "presproof simulate";
  for (const File& file : setting.rule_sets) run.command += " " + report::shell_word(file.path);
  run.command += watcher_flags(request.watcher, subscribe);
  for (const File& file : presence) run.command += " --presence " + file.path;
  run.command += state_flags(request.state, published, composed) + rule_flags(setting, example) + " --format json";

  run.files.push_back({"subscribe.sip", std::move(subscribe.request)});
  run.files.push_back({"trust.toml", std::move(subscribe.trust)});
  run.files.insert(run.files.end(), presence.begin(), presence.end());
  run.files.insert(run.files.end(), setting.rule_sets.begin(), setting.rule_sets.end());
  run.files.push_back({"command", run.command + "\n"});
  run.files.push_back({"expected.json", expected(setting, example, composed)});
  return run;
}

}  // namespace presproof::scenario
