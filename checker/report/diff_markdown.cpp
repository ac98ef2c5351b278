#include <array>

#include <fmt/format.h>

#include "diag/printable.h"
#include "report/diff_words.h"
#include "report/markdown.h"
#include "report/report.h"
#include "report/run_text.h"

namespace presproof::report {
namespace {

/// Hosts take comments of some 65,000 characters.
constexpr std::size_t kRowsShown = 40;
constexpr std::size_t kDetailsShown = 20;

constexpr std::array<std::string_view, 3> kTendencyWords = {"**widened**", "**widened and narrowed**", "narrowed"};

std::string rules_cell(const policy::Policy& policy, const std::vector<policy::RuleRef>& rules) {
  return rules.empty() ? "none" : markdown_text(rule_list(policy, rules));
}

void add_row(std::string& out, const Diff& diff, const DiffPart& part, const diff::ChangeGroup& group) {
  const Who who = who_words(diff, part, group);
  std::string items;
  for (const diff::Item& item : group.items) items += (items.empty() ? "" : "<br>") + markdown_text(item_words(item, who.plural));
  out += fmt::format("| {} | {} | {} | {} |\n", kTendencyWords[static_cast<std::size_t>(group.tendency())], markdown_text(who.words), items,
                     markdown_text(when_words(group)));
}

void add_details(std::string& out, const Diff& diff, const DiffPart& part, const diff::ChangeGroup& group, std::size_t number) {
  out += fmt::format("{}. {}\n", number, markdown_text(sentence(diff, part, group)));
  out += fmt::format("   - old rules: {}\n", rules_cell(part.old_side.policy, group.old_rules));
  out += fmt::format("   - new rules: {}\n", rules_cell(part.new_side.policy, group.new_rules));
  out += fmt::format("   - witness, replayed on both sides: {}\n", markdown_text(witness_words(group.witness)));
  for (const std::string& command : replay_commands(diff, part, group)) out += fmt::format("   - {}\n", markdown_code(command));
}

void add_part(std::string& out, const Diff& diff, const DiffPart& part) {
  const std::string_view side = side_words(part);
  if (!part.name.empty()) out += fmt::format("#### {}\n\n", markdown_code(part.name));
  out += fmt::format("{}{}{}\n\n", side, side.empty() ? "" : ": ", verdict_words(part));
  if (part.upload) out += markdown_text(upload_cost_text(*part.upload)) + "\n\n";
  if (!part.comparison.reason.empty()) out += fmt::format("**undecided**: {}\n\n", markdown_text(part.comparison.reason));
  if (part.groups.empty()) return;
  out += "| | who | what | when |\n|---|---|---|---|\n";
  for (std::size_t i = 0; i < part.groups.size() && i < kRowsShown; ++i) add_row(out, diff, part, part.groups[i]);
  if (part.groups.size() > kRowsShown) out += fmt::format("\nand {} groups of changes more\n", part.groups.size() - kRowsShown);
  out += "\n<details><summary>Rules and witnesses</summary>\n\n";
  for (std::size_t i = 0; i < part.groups.size() && i < kDetailsShown; ++i) add_details(out, diff, part, part.groups[i], i + 1);
  if (part.groups.size() > kDetailsShown) out += fmt::format("\nand {} more\n", part.groups.size() - kDetailsShown);
  out += "\n</details>\n\n";
}

}  // namespace

std::string diff_markdown(const Diff& diff) {
  std::string out = "### What changes for watchers\n\n";
  for (const DiffPart& part : diff.parts) add_part(out, diff, part);
  if (diff.parts.size() > 1) out += diff_summary(diff) + ".\n\n";
  out += fmt::format("Decided for every watcher, time, sphere and place under the readings {}. `equivalent` is proved.\n", markdown_text(readings_words(diff.readings)));
  for (const auto& line : engine_words(*diff.profile)) out += fmt::format("- {}\n", markdown_text(line));
  return out;
}

}  // namespace presproof::report
