#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "diag/printable.h"
#include "report/diff_words.h"
#include "report/repair.h"
#include "report/report.h"
#include "report/snippet.h"
#include "report/run_text.h"
#include "report/words.h"
#include "verify/over_time_words.h"

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

void add_example(std::string& out, const Proof& proof, const verify::Result& result, bool two_run, bool witness) {
  const RunText how{*proof.policy, proof.usage, two_run, proof.profile};
  out += witness ? "    witness, replayed by the simulator:\n" : "    counterexample, replayed by the simulator:\n";
  if (result.second) {
    out += runs_beside(how, *result.counterexample, *result.second);
    return;
  }
  if (!result.events.empty()) {
    out += "      what happens (`simulate --events` takes it; PUBLISHED is a presence document, POLICY this rule set):\n";
    for (const auto& event : result.events) out += fmt::format("        {}\n", diag::printable(event));
    out += "      the NOTIFY that follows shows the whole document; what the rules give then:\n";
  }
  for (const auto& [label, value] : run_rows(how, *result.counterexample)) out += fmt::format("      {:<9} {}\n", label, value);
  if (result.events.empty()) out += "      again:    " + replay_command(how, *result.counterexample) + "\n";
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
    out += fmt::format("    {:<9} under {}\n", verify::kVerdictNames[static_cast<std::size_t>(line.verdict)], readings_words(line.readings));
  if (result.counterexample) add_example(out, proof, result, property.two_run.has_value(), good);
  if (result.remaining_area_m2 && result.reason.empty()) out += fmt::format("    leaves    {}\n", verify::area_words(*result.remaining_area_m2));
  for (const auto& assumption : result.assumptions) out += fmt::format("    assumes   {}\n", assumption);
  if (!result.rules.empty())
    out += fmt::format("    {} {}\n", result.verdict == Verdict::violated || result.verdict == Verdict::depends ? "because of" : "rests on",
                       rule_list(*proof.policy, result.rules));
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
    if (!proof.repairs.empty()) add_repair(out, proof.repairs[i], style);
    ++count[static_cast<std::size_t>(proof.results[i].verdict)];
  }
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < count.size(); ++i)
    if (count[i] != 0) parts.push_back(fmt::format("{} {}", count[i], verify::kVerdictNames[i]));
  out += fmt::format("{} {}: {}\n", proof.results.size(), proof.results.size() == 1 ? "property" : "properties", fmt::join(parts, ", "));
  return out;
}

}  // namespace presproof::report
