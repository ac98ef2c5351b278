#include "scenario/scenario.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "diag/printable.h"
#include "report/decision_json.h"
#include "report/words.h"
#include "scenario/rule_set_files.h"
#include "scenario/run.h"

namespace presproof::scenario {
namespace {

using report::Json;
using verify::Verdict;

constexpr std::string_view kFormat = "presproof-scenario/1";
constexpr std::string_view kSecond = "second/";

/// Letters and digits of ASCII, in lower case, with a hyphen for what stands between; a token of SIP and a name of a
/// folder.
std::string slug_of(std::string_view name) {
  constexpr std::size_t longest = 48;
  std::string slug;
  for (const char c : name) {
    const bool upper = c >= 'A' && c <= 'Z';
    const bool plain = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (slug.size() >= longest && !plain) break;
    if (slug.size() >= longest + 16) break;  // one long word
    if (plain) {
      slug += upper ? static_cast<char>(c - 'A' + 'a') : c;
    } else if (!slug.empty() && slug.back() != '-') {
      slug += '-';
    }
  }
  while (slug.ends_with('-')) slug.pop_back();
  return slug.empty() ? "property" : slug;
}

/// `policy.props:3`, or `-p`.
std::string place_of(const property::Property& property) {
  const std::string file = diag::printable(property.file);
  return property.span.line == 0 ? file : fmt::format("{}:{}", file, property.span.line);
}

std::string word_of(Verdict verdict) { return std::string(verify::kVerdictNames[static_cast<std::size_t>(verdict)]); }

void describe_run(std::string& text, const Setting& setting, const verify::Counterexample& example) {
  const policy::State& state = example.request.state;
  const auto row = [&](std::string_view label, std::string_view value) {
    text += fmt::format("  {:<9} {}\n", label, value);
  };
  row("watcher", report::watcher_words(example.request.watcher));
  row("time", to_rfc3339(state.time));
  row("sphere", state.sphere ? diag::printable(*state.sphere) : "undefined");
  row("location", report::location_words(state.location));
  for (const auto& reading : engine::all_readings()) {
    if (example.readings.alternative(reading.reading)) {
      row("reading", fmt::format("{}={}", reading.key, example.readings.value(reading.reading)));
    }
  }
  for (const policy::RuleRef ref : example.decision.matched) {
    const policy::Rule& rule = policy::rule_at(setting.policy, ref);
    row("matches", fmt::format("{} ({}:{})", diag::printable(rule.id), setting.policy.documents[ref.document].file,
                               rule.span.line));
  }
  if (example.decision.matched.empty()) row("matches", "no rule");
  for (const std::string& line : report::granted_words(setting.policy, example.decision)) row("gets", line);
  if (example.decision.granted_by.empty()) row("gets", "nothing");
}

/// The rest of a two-run or over-time verdict, and what the request cannot say.
std::string remarks(const verify::Result& result, const RunFiles& run) {
  std::string text;
  if (!run.request_tells_watcher) {
    text +=
        "\nNo request can assert all identities of this watcher: `subscribe.sip` asserts what it can, and the command\n"
        "names all of them with `--watcher`.\n";
  }
  if (!result.events.empty()) {
    text += fmt::format("\nThis is not what is sent at the end of a subscription: `events.txt` has what happens. Look at the last NOTIFY that\n\n  {}\n\nprints.\n", run.events_command);
  }
  if (result.remaining_area_m2) {
    text += fmt::format("\nWhat the watcher may be shown over time leaves an area of {:.0f} square metres.\n",
                        *result.remaining_area_m2);
  }
  if (!result.assumptions.empty()) text += "\nThe verdict takes for granted:\n";
  for (const std::string& assumption : result.assumptions) text += fmt::format("- {}\n", diag::printable(assumption));
  return text;
}

/// As `simulate --events` takes it, with the files of this folder.
std::string events_file(const std::vector<std::string>& events, const std::string& rules) {
  std::string text;
  for (const std::string& event : events) {
    const bool published = event == "publish PUBLISHED";
    text += (published ? "publish presence.xml" : event == "rules POLICY" ? "rules " + rules : event) + "\n";
  }
  return text;
}

std::string readme(const Setting& setting, const property::Property& property, const verify::Result& result,
                   const RunFiles& run) {
  const bool witness = result.verdict == Verdict::proved;
  std::string text =
      fmt::format("{}\n\n  property  {}\n", diag::printable(property.name), diag::printable(property.text));
  text += fmt::format("  from      {}\n  verdict   {}\n\n", place_of(property), word_of(result.verdict));
  text += witness ? "This shows that it can happen:\n\n" : "This breaks it:\n\n";
  describe_run(text, setting, *result.counterexample);
  if (result.second) {
    text += "\nbeside the other run, in `second/`:\n\n";
    describe_run(text, setting, *result.second);
  }
  text += "\nTo see it, run in this folder what stands in `command`:\n\n  " + run.command + "\n\n";
  text += "It prints `expected.json`. ";
  text += witness ? "Look at `permissions` for what the property asks for.\n"
                  : "Look at `permissions` for what the property forbids, or misses.\n";
  if (result.second) text += "In `second/` it is the same; look for what differs between the two.\n";
  text +=
      "A presence server can be asked the same way: give it the rule set and `presence.xml`, trust the proxy that\n"
      "`subscribe.sip` names, and send it. Its nonces, responses and signatures are placeholders.\n";
  return text + remarks(result, run);
}

std::string manifest(const report::Proof& proof, std::size_t index, const std::vector<File>& files) {
  const property::Property& property = proof.properties[index];
  const verify::Result& result = proof.results[index];
  Json json;
  json["format"] = kFormat;
  json["number"] = index + 1;
  json["name"] = property.name;
  json["file"] = property.file;
  json["line"] = property.span.line;
  json["text"] = property.text;
  json["verdict"] = word_of(result.verdict);
  json["shows"] = result.verdict == Verdict::proved ? "witness" : "counterexample";
  json["files"] = Json::array({"scenario.json"});
  for (const File& file : files) json["files"].push_back(file.path);
  return report::dump(json, false);
}

Scenario scenario_of(const Setting& setting, std::size_t index) {
  const property::Property& property = setting.proof.properties[index];
  const verify::Result& result = setting.proof.results[index];
  Scenario scenario;
  scenario.folder = fmt::format("{}-{}", index + 1, slug_of(property.name));
  RunFiles run = run_files(setting, *result.counterexample, scenario.folder);
  if (!result.events.empty()) {
    const std::string& rules = setting.rule_sets.front().path;
    run.files.push_back({"events.txt", events_file(result.events, rules)});
    run.events_command = fmt::format("presproof simulate {} --events events.txt --engine {} --format json", report::shell_word(rules), report::shell_word(engine::designation(*setting.proof.profile)));
  }
  scenario.files.push_back({"README.txt", readme(setting, property, result, run)});
  std::move(run.files.begin(), run.files.end(), std::back_inserter(scenario.files));
  if (result.second) {
    for (File& file : run_files(setting, *result.second, scenario.folder + "-second").files) {
      scenario.files.push_back({std::string(kSecond) + file.path, std::move(file.text)});
    }
  }
  scenario.files.insert(scenario.files.begin(), {"scenario.json", manifest(setting.proof, index, scenario.files)});
  return scenario;
}

}  // namespace

std::vector<Scenario> scenarios(const report::Proof& proof, const xml::Limits& limits) {
  const auto has_example = [](const verify::Result& result) { return result.counterexample.has_value(); };
  if (std::none_of(proof.results.begin(), proof.results.end(), has_example)) return {};
  Setting setting{proof, *proof.policy, rule_set_files(*proof.policy, *proof.sources), limits};
  for (std::size_t i = 0; i < setting.rule_sets.size(); ++i)
    setting.policy.documents[i].file = setting.rule_sets[i].path;
  std::vector<Scenario> all;
  for (std::size_t i = 0; i < proof.results.size(); ++i) {
    if (has_example(proof.results[i])) all.push_back(scenario_of(setting, i));
  }
  return all;
}

std::optional<std::vector<std::string>> listed_files(std::string_view scenario_json) {
  const Json json = Json::parse(scenario_json, nullptr, false);
  if (!json.is_object() || json.value("format", Json()) != kFormat || !json.contains("files") ||
      !json["files"].is_array())
    return std::nullopt;
  std::vector<std::string> files;
  for (const Json& entry : json["files"]) {
    if (!entry.is_string()) return std::nullopt;
    auto path = entry.get<std::string>();
    const std::string_view name = std::string_view(path).substr(path.starts_with(kSecond) ? kSecond.size() : 0);
    if (name.empty() || name == "." || name == ".." || name.find('/') != std::string_view::npos ||
        name.find('\0') != std::string_view::npos) {
      return std::nullopt;
    }
    files.push_back(std::move(path));
  }
  return files;
}

}  // namespace presproof::scenario
