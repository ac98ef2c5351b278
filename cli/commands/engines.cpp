#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "commands/command.h"
#include "engine/departures.h"
#include "exit_code.h"
#include "inputs.h"
#include "outputs.h"

namespace presproof::cli {
namespace {

using Json = nlohmann::ordered_json;

struct EnginesOptions {
  std::string name;
  OutputOptions output;
};

std::string evidence_words(const engine::Profile& profile) {
  if (!profile.evidence) return "the RFCs";
  return *profile.evidence == engine::Evidence::run ? fmt::format("run: version {}", profile.version) : "source: read, not run";
}

std::string all_text() {
  std::string out;
  for (const auto& profile : engine::all_profiles()) {
    out += fmt::format("{:<12} {} ({})\n", profile.name, profile.title, evidence_words(profile));
    if (const auto departures = engine::departures_of(profile); !departures.empty()) out += fmt::format("{:<12} {} departures from the RFCs; `presproof engines {}` lists them\n", "", departures.size(), profile.name);
  }
  return out;
}

std::string one_text(const engine::Profile& profile) {
  std::string out = fmt::format("{}: {} ({})\n", profile.name, profile.title, evidence_words(profile));
  const auto parameters = engine::parameters_of(profile);
  if (!parameters.empty()) out += fmt::format("\nparameters, as in --engine {},{}={}:\n", profile.name, parameters.front().key, engine::value_of(profile, parameters.front().key));
  for (const auto& parameter : parameters) out += fmt::format("  {:<20} {:<13} {} (here {})\n", parameter.key, parameter.values, parameter.question, engine::value_of(profile, parameter.key));
  const auto departures = engine::departures_of(profile);
  if (departures.empty()) return out + "\nno departures\n";
  out += "\ndepartures (! where somebody can see more than by the RFC):\n";
  for (const auto& departure : departures) {
    out += fmt::format("{} {:<18} {}: {}\n  {:<18} here: {} [{}]\n", departure.discloses ? "!" : " ", departure.key, departure.rfc, departure.says, "", departure.does, engine::kEvidenceNames[static_cast<std::size_t>(departure.evidence)]);
  }
  return out;
}

Json json_of(const engine::Profile& profile) {
  Json json = {{"name", profile.name}, {"title", profile.title}, {"version", profile.version.empty() ? Json(nullptr) : Json(profile.version)}};
  json["evidence"] = profile.evidence ? Json(engine::kEvidenceNames[static_cast<std::size_t>(*profile.evidence)]) : Json(nullptr);
  json["parameters"] = Json::array();
  for (const auto& parameter : engine::parameters_of(profile)) {
    json["parameters"].push_back({{"key", parameter.key}, {"values", parameter.values}, {"value", engine::value_of(profile, parameter.key)}, {"question", parameter.question}});
  }
  json["departures"] = Json::array();
  for (const auto& departure : engine::departures_of(profile)) {
    json["departures"].push_back({{"key", departure.key}, {"rfc", departure.rfc}, {"says", departure.says}, {"does", departure.does},
                                  {"evidence", engine::kEvidenceNames[static_cast<std::size_t>(departure.evidence)]}, {"discloses", departure.discloses}});
  }
  return json;
}

std::string rendered(const EnginesOptions& options, const Output& output) {
  const engine::Profile* chosen = options.name.empty() ? nullptr : &chosen_profile(options.name);
  if (output.format != "json") return chosen != nullptr ? one_text(*chosen) : all_text();
  Json json = {{"format", "presproof-engines/1"}, {"engines", Json::array()}};
  for (const auto& profile : engine::all_profiles())
    if (chosen == nullptr || chosen->name == profile.name) json["engines"].push_back(json_of(chosen != nullptr ? *chosen : profile));
  return json.dump(2) + "\n";
}

}  // namespace

void add_engines(CLI::App& app, Run& run) {
  auto options = std::make_shared<EnginesOptions>();
  auto* command = app.add_subcommand("engines", "List the servers that can be asked for, or what one does otherwise than the RFCs say");
  command->add_option("NAME", options->name, "One of them, with parameters as in --engine")->type_name("ENGINE");
  add_output_options(*command, options->output, {"text", "json"});
  command->callback([&run, options] {
    run.action = [&run, options] {
      const auto outputs = chosen_outputs(options->output);
      write_rendered(run, outputs, [&](const Output& output) { return rendered(*options, output); });
      return kDone;
    };
  });
}

}  // namespace presproof::cli
