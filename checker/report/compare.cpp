#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/instant.h"
#include "diag/printable.h"
#include "report/decision_json.h"
#include "report/diff_words.h"
#include "report/report.h"
#include "report/run_text.h"
#include "report/words.h"

namespace presproof::report {
namespace {

using compare::Difference;
using Other = EngineComparisons::Other;

constexpr std::size_t kWatchersShown = 6;
constexpr std::size_t kDifferencesShown = 100;
/// Of what differs these are told with their values, the rest by its name.
constexpr std::array<std::string_view, 2> kWithValues = {"sub-handling", "provide-location"};

std::string watchers_of(const Other& other, const Difference& difference) {
  std::vector<std::string> words;
  for (const std::uint32_t number : difference.group.watchers) {
    if (words.size() == kWatchersShown) break;
    const auto& watcher = other.comparison.watchers[number];
    words.push_back(class_words(watcher.watcher, watcher.kind));
  }
  std::string text = fmt::format("{}", fmt::join(words, ", "));
  if (difference.group.watchers.size() > kWatchersShown) text += fmt::format(" and {} more", difference.group.watchers.size() - kWatchersShown);
  return text;
}

std::string tendency_of(const Difference& difference) {
  if (difference.discloses_more()) return "discloses more";
  return difference.group.tendency() == diff::Tendency::narrowed ? "gives less" : "answers otherwise";
}

/// `sub-handling block -> allow`, and the names of the rest.
std::vector<std::string> item_lines(const Difference& difference) {
  std::vector<std::string> lines;
  std::vector<std::string> more;
  std::vector<std::string> less;
  for (const diff::Item& item : difference.group.items) {
    const bool with_values = std::find(kWithValues.begin(), kWithValues.end(), item.permission) != kWithValues.end();
    if (with_values) lines.push_back(fmt::format("{}: {} -> {}", item.permission, diag::printable(item.before), diag::printable(item.after)));
    else (item.tendency == diff::Tendency::narrowed ? less : more).push_back(item.permission);
  }
  const auto add = [&](std::vector<std::string>& names, std::string_view what) {
    names.erase(std::unique(names.begin(), names.end()), names.end());
    if (!names.empty()) lines.push_back(fmt::format("{}: {}", what, fmt::join(names, ", ")));
  };
  add(more, "also shown");
  add(less, "not shown");
  return lines;
}

verify::Counterexample run_of(const EngineComparisons& comparisons, const Difference& difference, bool of_other) {
  return {difference.group.witness, comparisons.readings, of_other ? difference.group.after : difference.group.before};
}
std::string command_of(const EngineComparisons& comparisons, const Other& other, const Difference& difference, bool of_other) {
  const RunText how{of_other ? other.policy : comparisons.rfc, policy::Usage::presence, false, of_other ? other.profile : &engine::rfc()};
  return replay_command(how, run_of(comparisons, difference, of_other));
}

/// What is no rule set by the RFCs cannot be simulated by them.
std::vector<std::string> commands_of(const EngineComparisons& comparisons, const Other& other, const Difference& difference) {
  std::vector<std::string> commands;
  if (comparisons.is_rule_set) commands.push_back(command_of(comparisons, other, difference, false));
  commands.push_back(command_of(comparisons, other, difference, true));
  return commands;
}

std::string rules_or_none(const policy::Policy& policy, const std::vector<policy::RuleRef>& rules) { return rules.empty() ? "no rule" : rule_list(policy, rules); }

void add_row(std::string& out, std::string_view label, const std::string& value) { out += fmt::format("    {:<10} {}\n", label, value); }

void add_difference(std::string& out, const EngineComparisons& comparisons, const Other& other, const Difference& difference, const TextStyle& style) {
  const auto& group = difference.group;
  const std::string tendency = tendency_of(difference);
  const std::string_view color = difference.discloses_more() ? "\x1b[1;31m" : "\x1b[1;36m";
  out += fmt::format("{} {}: {}, {}\n", other.profile->name, style.color ? fmt::format("{}{}\x1b[0m", color, tendency) : tendency, watchers_of(other, difference), when_words(group));
  for (const auto& line : item_lines(difference)) out += fmt::format("    - {}\n", line);
  add_row(out, "rfc", rules_or_none(comparisons.rfc, group.before.matched));
  add_row(out, other.profile->name, rules_or_none(other.policy, group.after.matched));
  for (const auto* departure : difference.because) add_row(out, "because", fmt::format("{}: {} ({}: {})", departure->key, departure->does, departure->rfc, departure->says));
  add_row(out, "witness", witness_words(group.witness) + ", replayed under both");
  std::string_view label = "again";
  for (const std::string& command : commands_of(comparisons, other, difference)) {
    add_row(out, label, command);
    label = "";
  }
  out += '\n';
}

std::string_view verdict_word(const verify::Result& result) { return verify::kVerdictNames[static_cast<std::size_t>(result.verdict)]; }

std::string properties_text(const EngineComparisons& comparisons) {
  std::string out = fmt::format("{:<12}", "rfc");
  for (const Other& other : comparisons.others) out += fmt::format("{:<12}", other.profile->name);
  out += "property\n";
  for (std::size_t i = 0; i < comparisons.properties.size(); ++i) {
    out += fmt::format("{:<12}", verdict_word(comparisons.by_rfc[i]));
    for (const Other& other : comparisons.others) out += fmt::format("{:<12}", verdict_word(other.results[i]));
    out += diag::printable(comparisons.properties[i].name) + "\n";
  }
  return out + "\n";
}

bool is_complete(const Other& other) { return other.comparison.complete && other.comparison.by_examples.empty(); }

std::size_t disclosing(const Other& other) {
  const auto& all = other.comparison.differences;
  return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [](const Difference& each) { return each.discloses_more(); }));
}

Json difference_json(const EngineComparisons& comparisons, const Other& other, const Difference& difference) {
  const auto& group = difference.group;
  Json object;
  object["discloses_more"] = difference.discloses_more();
  object["watchers"] = Json::array();
  for (const std::uint32_t number : group.watchers) object["watchers"].push_back(class_words(other.comparison.watchers[number].watcher, other.comparison.watchers[number].kind));
  object["when"] = when_words(group);
  object["items"] = Json::array();
  for (const diff::Item& item : group.items) {
    object["items"].push_back({{"permission", item.permission}, {"rfc", item.before}, {"engine", item.after}, {"tendency", diff::kTendencyNames[static_cast<std::size_t>(item.tendency)]}});
  }
  object["because"] = Json::array();
  for (const auto* departure : difference.because) object["because"].push_back(departure->key);
  object["witness"] = {{"watcher", watcher_json(group.witness.watcher)}, {"state", state_json(group.witness.state)}};
  object["again"] = commands_of(comparisons, other, difference);
  return object;
}

}  // namespace

bool discloses_more(const EngineComparisons& comparisons) {
  return std::any_of(comparisons.others.begin(), comparisons.others.end(), [](const Other& other) { return disclosing(other) > 0; });
}

bool undecided(const EngineComparisons& comparisons) {
  return std::any_of(comparisons.others.begin(), comparisons.others.end(), [](const Other& other) { return !is_complete(other); });
}

std::string compare_text(const EngineComparisons& comparisons, const TextStyle& style) {
  std::string out;
  if (!comparisons.properties.empty()) out += properties_text(comparisons);
  for (const Other& other : comparisons.others) {
    const auto& differences = other.comparison.differences;
    for (std::size_t i = 0; i < differences.size() && i < kDifferencesShown; ++i) add_difference(out, comparisons, other, differences[i], style);
    if (differences.size() > kDifferencesShown) out += fmt::format("and {} differences more; --format json has them all\n\n", differences.size() - kDifferencesShown);
  }
  if (!comparisons.is_rule_set) out += "by the RFCs the document is no rule set: it would be refused, and nobody let in\n";
  for (const Other& other : comparisons.others) {
    const std::string name = engine::designation(*other.profile);
    if (other.comparison.differences.empty()) out += fmt::format("{}: {}", name, is_complete(other) ? "gives what the RFCs say" : "no difference from the RFCs was found, and there may be some");
    else out += fmt::format("{}: {} differences from the RFCs, {} of them {} more", name, other.comparison.differences.size(), disclosing(other), disclosing(other) == 1 ? "discloses" : "disclose");
    if (other.profile->evidence) out += fmt::format(" ({}{})", *other.profile->evidence == engine::Evidence::run ? "observed on version " : "read in the source, not run", *other.profile->evidence == engine::Evidence::run ? other.profile->version : "");
    out += '\n';
    if (!other.comparison.complete) out += "    not every watcher was considered: domains or URIs are named in too many ways\n";
    if (const auto examples = other.comparison.by_examples.size(); examples > 0)
      out += fmt::format("    of {} kind{} of watchers not every state was considered: their rules tell too many apart\n", examples, examples == 1 ? "" : "s");
    for (const auto assumption : engine::assumptions(*other.profile)) out += fmt::format("    assumes   {}\n", assumption);
  }
  out += "under the readings " + readings_words(comparisons.readings) + "\n";
  return out;
}

std::string compare_json(const EngineComparisons& comparisons) {
  Json json = {{"format", "presproof-compare/1"}, {"file", comparisons.file}, {"discloses_more", discloses_more(comparisons)}};
  json["properties"] = Json::array();
  for (std::size_t i = 0; i < comparisons.properties.size(); ++i) {
    Json verdicts = {{"rfc", verdict_word(comparisons.by_rfc[i])}};
    for (const Other& other : comparisons.others) verdicts[engine::designation(*other.profile)] = verdict_word(other.results[i]);
    json["properties"].push_back({{"property", comparisons.properties[i].name}, {"verdicts", std::move(verdicts)}});
  }
  json["engines"] = Json::array();
  for (const Other& other : comparisons.others) {
    Json object = {{"engine", engine::designation(*other.profile)}, {"version", other.profile->version}, {"complete", is_complete(other)}};
    object["assumptions"] = Json::array();
    for (const auto assumption : engine::assumptions(*other.profile)) object["assumptions"].push_back(assumption);
    object["differences"] = Json::array();
    for (const Difference& difference : other.comparison.differences) object["differences"].push_back(difference_json(comparisons, other, difference));
    json["engines"].push_back(std::move(object));
  }
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace presproof::report
