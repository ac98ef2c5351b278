#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/overloaded.h"
#include "diag/printable.h"
#include "report/report.h"
#include "report/snippet.h"
#include "policy/reader.h"
#include "report/words.h"

namespace presproof::report {
namespace {

using verify::Verdict;

/// How a verdict looks; the words are the contract's.
struct VerdictStyle {
  std::string_view color;
  std::string_view meaning;
};
constexpr std::array<VerdictStyle, 5> kVerdictStyles = {{
    {"\x1b[1;32m", "no watcher, time, sphere or location can break it"},
    {"\x1b[1;31m", "the counterexample below breaks it"},
    {"\x1b[1;33m", "it holds only under some readings of the RFCs"},
    {"\x1b[1;33m", "the solver gave no answer: this is no proof"},
    {"\x1b[1;33m", "it holds only for want of cases"},
}};

std::string painted(std::string_view text, std::string_view color, const TextStyle& style) {
  return style.color ? fmt::format("{}{}\x1b[0m", color, text) : std::string(text);
}

std::string rule_name(const Proof& proof, policy::RuleRef ref) {
  const auto& rule = policy::rule_at(*proof.policy, ref);
  return fmt::format("`{}` ({}:{})", diag::printable(rule.id), diag::printable(proof.policy->documents[ref.document].file),
                     rule.span.line);
}

std::string rule_list(const Proof& proof, const std::vector<policy::RuleRef>& rules) {
  constexpr std::size_t kShown = 8;
  std::vector<std::string> names;
  for (const auto& rule : rules) {
    if (names.size() == kShown) {
      names.push_back(fmt::format("and {} more", rules.size() - kShown));
      break;
    }
    names.push_back(rule_name(proof, rule));
  }
  return fmt::format("{}", fmt::join(names, ", "));
}

std::string readings_line(const std::vector<std::pair<engine::Reading, bool>>& readings) {
  std::vector<std::string> words;
  for (const auto& [reading, alternative] : readings) {
    const auto& row = engine::info(reading);
    words.push_back(fmt::format("{}={}", row.key, row.values[alternative ? 1 : 0]));
  }
  return fmt::format("{}", fmt::join(words, " "));
}

/// The command that shows the counterexample again.
std::string replay_command(const Proof& proof, const verify::Counterexample& example) {
  std::string command = "presproof simulate";
  for (const auto& document : proof.policy->documents) command += " " + shell_word(document.file);
  if (!example.request.watcher.authenticated()) command += " --anonymous";
  for (const auto& identity : example.request.watcher.identities) command += " --watcher " + shell_word(identity.text);
  const auto& state = example.request.state;
  command += " --at " + to_rfc3339(state.time);
  if (state.sphere) command += " --sphere " + shell_word(*state.sphere);
  if (state.location.geodetic)
    if (const auto* point = std::get_if<geo::Position>(&*state.location.geodetic))
      command += fmt::format(" --location={},{}", point->latitude, point->longitude);
  if (state.location.civic)
    for (const auto& [field, value] : *state.location.civic) command += " --civic " + shell_word(field + "=" + value);
  for (std::size_t i = 0; i < engine::kReadings; ++i) {
    const auto reading = static_cast<engine::Reading>(i);
    if (example.readings.alternative(reading))
      command += fmt::format(" --reading {}={}", engine::info(reading).key, example.readings.value(reading));
  }
  if (proof.usage != policy::usage_of(*proof.policy)) command += fmt::format(" --usage {}", usage_word(proof.usage));
  return command + " --show decision";
}

void add_counterexample(std::string& out, const Proof& proof, const verify::Counterexample& example, bool witness) {
  const auto& state = example.request.state;
  out += witness ? "    witness, replayed by the simulator:\n" : "    counterexample, replayed by the simulator:\n";
  const auto row = [&](std::string_view label, const std::string& value) { out += fmt::format("      {:<9} {}\n", label, value); };
  row("watcher", watcher_words(example.request.watcher));
  row("time", to_rfc3339(state.time));
  row("sphere", state.sphere ? diag::printable(*state.sphere) : "undefined");
  row("location", location_words(state.location));
  row("matches", example.decision.matched.empty() ? "no rule" : rule_list(proof, example.decision.matched));
  for (const auto& line : granted_words(*proof.policy, example.decision)) row("gets", line);
  if (example.decision.granted_by.empty()) row("gets", "nothing");
  out += "      again:    " + replay_command(proof, example) + "\n";
}

void add_result(std::string& out, const Proof& proof, const property::Property& property, const verify::Result& result,
                const TextStyle& style) {
  const auto index = static_cast<std::size_t>(result.verdict);
  auto where = place(*proof.sources, property.span);
  if (where.empty()) where = diag::printable(property.file);
  const auto word = painted(verify::kVerdictNames[index], kVerdictStyles[index].color, style);
  out += fmt::format("{}: {}: {}\n", where, word, diag::printable(property.name));
  if (property.name != property.text) out += fmt::format("    {}\n", diag::printable(property.text));
  const bool good = result.verdict == Verdict::proved;
  if (!good) out += fmt::format("    {}\n", result.reason.empty() ? std::string(kVerdictStyles[index].meaning) : diag::printable(result.reason));
  for (const auto& line : result.by_reading)
    out += fmt::format("    {:<9} under {}\n", verify::kVerdictNames[static_cast<std::size_t>(line.verdict)], readings_line(line.readings));
  if (result.counterexample) add_counterexample(out, proof, *result.counterexample, good);
  if (!result.rules.empty())
    out += fmt::format("    {} {}\n", result.verdict == Verdict::violated || result.verdict == Verdict::depends ? "because of" : "rests on",
                       rule_list(proof, result.rules));
}

}  // namespace

std::string property_text(const Proof& proof, std::size_t index, const TextStyle& style) {
  std::string out;
  add_result(out, proof, proof.properties[index], proof.results[index], style);
  return out;
}

std::string proof_text(const Proof& proof, const TextStyle& style) {
  std::string out;
  std::array<std::size_t, verify::kVerdictNames.size()> count{};
  for (std::size_t i = 0; i < proof.results.size(); ++i) {
    add_result(out, proof, proof.properties[i], proof.results[i], style);
    ++count[static_cast<std::size_t>(proof.results[i].verdict)];
  }
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < count.size(); ++i)
    if (count[i] != 0) parts.push_back(fmt::format("{} {}", count[i], verify::kVerdictNames[i]));
  out += fmt::format("{} {}: {}\n", proof.results.size(), proof.results.size() == 1 ? "property" : "properties", fmt::join(parts, ", "));
  return out;
}

}  // namespace presproof::report
