#include <algorithm>

#include <fmt/format.h>

#include "base/instant.h"
#include "report/explanation_words.h"
#include "report/markdown.h"
#include "report/report.h"
#include "report/words.h"

namespace presproof::report {
namespace {

using explain::Explanation;

/// Hosts cut long comments; JSON and HTML have all.
constexpr std::size_t kShown = 100;

std::string cell(const Explanation& explanation, std::size_t column, const std::vector<explain::Entry>& entries) {
  if (entries.empty()) return std::string(nothing_word(explanation.columns[column], explanation.usage));
  std::string out;
  for (const auto& entry : entries) {
    const std::string value = markdown_text(value_word(explanation.columns[column], entry.value));
    if (!out.empty()) out += "<br>";
    out += entry.when.always() && !entry.at_least ? value : fmt::format("{}, {}", value, markdown_text(entry_when(entry)));
  }
  return out;
}

void add_watchers(std::string& out, const Explanation& explanation) {
  out += "## Who sees what\n\n| Watchers |";
  for (const auto& column : explanation.columns) out += fmt::format(" {} |", markdown_text(column_title(column)));
  out += " Rules |\n|---|";
  for (std::size_t i = 0; i <= explanation.columns.size(); ++i) out += "---|";
  out += '\n';
  const auto alike = rows_alike(explanation);
  for (std::size_t i = 0; i < std::min(alike.size(), kShown); ++i) {
    const auto& rows = alike[i];
    const auto& first = explanation.rows[rows.front()];
    const std::string groups = group_names(explanation, rows);
    out += fmt::format("| {}{} |", markdown_text(row_names(explanation, rows)), groups.empty() ? "" : fmt::format(" ({})", markdown_text(groups)));
    for (std::size_t column = 0; column < first.cells.size(); ++column) out += fmt::format(" {} |", cell(explanation, column, first.cells[column]));
    out += fmt::format(" {} |\n", first.rules.empty() ? "none" : markdown_text(names_of_rules(*explanation.policy, first.rules)));
  }
  if (alike.size() > kShown) out += fmt::format("\nand {} kinds of watchers more\n", alike.size() - kShown);
  std::string misses;
  for (const auto& row : explanation.rows)
    for (const auto& miss : row.near_misses) misses += fmt::format("- {}: {}\n", markdown_text(row_name(row)), markdown_text(near_miss_words(*explanation.policy, miss)));
  if (!misses.empty()) out += "\nNearly matched:\n\n" + misses;
  out += '\n';
}

void add_times(std::string& out, const Explanation& explanation) {
  const auto& moments = explanation.timeline.moments;
  if (moments.empty()) return;
  out += "## When views change\n\n| When | What changes |\n|---|---|\n";
  for (std::size_t i = 0; i < std::min(moments.size(), kShown); ++i) {
    out += fmt::format("| {} | ", to_rfc3339(moments[i].at));
    for (std::size_t j = 0; j < moments[i].changes.size(); ++j) out += (j == 0 ? "" : "<br>") + markdown_text(change_words(explanation, moments[i].changes[j]));
    out += " |\n";
  }
  if (moments.size() > kShown) out += fmt::format("\nand {} moments more\n", moments.size() - kShown);
  out += '\n';
}

void add_map(std::string& out, const Explanation& explanation) {
  if (!explanation.map) return;
  out += fmt::format("## How much of the place {} {} is seen\n\n| Precision | Watchers | Circle shown |\n|---|---|---|\n", explanation.map->place.latitude, explanation.map->place.longitude);
  for (const auto& disclosed : explanation.map->disclosed) {
    out += fmt::format("| {}{} | {} | {} |\n", markdown_text(value_word("provide-location", disclosed.value)), disclosed.always ? "" : " (at times)", markdown_text(row_names(explanation, disclosed.rows)),
                       disclosed.shown ? fmt::format("{:.5f} {:.5f}", disclosed.shown->center.latitude, disclosed.shown->center.longitude) : "none");
  }
  out += '\n';
}

void add_verdicts(std::string& out, const Explanation& explanation) {
  if (!explanation.properties.empty()) {
    out += "## What was promised\n\n| Promise | Verdict | Because |\n|---|---|---|\n";
    for (const auto& judged : explanation.properties) {
      std::vector<std::string> lines = judged_words(judged);
      if (!judged.result.rules.empty()) lines.push_back((judged.result.verdict == verify::Verdict::proved ? "rests on " : "because of ") + names_of_rules(*explanation.policy, judged.result.rules));
      for (auto& line : lines) line = markdown_text(line);
      out += fmt::format("| {} | {} | {} |\n", markdown_text(judged.property.name), verify::kVerdictNames[static_cast<std::size_t>(judged.result.verdict)], fmt::join(lines, "<br>"));
    }
    out += '\n';
  }
  if (!explanation.leaks) return;
  out += "## What can be inferred\n\n";
  for (const auto& leak : explanation.leaks->leaks) out += fmt::format("- {}\n", markdown_text(leak.message));
  if (explanation.leaks->leaks.empty()) out += "- nothing was found\n";
  for (const auto& undecided : explanation.leaks->undecided) out += fmt::format("- undecided: {}\n", markdown_text(undecided));
  out += '\n';
}

void add_rules(std::string& out, const Explanation& explanation) {
  out += "## The rules\n\n";
  for (std::size_t i = 0; i < std::min(explanation.rules.size(), kShown); ++i) {
    const auto& view = explanation.rules[i];
    out += fmt::format("- **{}** ({}:{}):", markdown_text(name_of_rule(*explanation.policy, view.rule)), markdown_text(explanation.policy->documents[view.rule.document].file),
                       rule_at(*explanation.policy, view.rule).span.line);
    for (const auto& sentence : rule_sentences(explanation, view)) out += ' ' + markdown_text(sentence);
    if (const auto remark = rule_remark(explanation, view); !remark.empty()) out += fmt::format(" **{}**", markdown_text(remark));
    out += '\n';
  }
  if (explanation.rules.empty()) out += "There is none: nobody gets anything.\n";
  if (explanation.rules.size() > kShown) out += fmt::format("\nand {} rules more\n", explanation.rules.size() - kShown);
}

}  // namespace

std::string explanation_markdown(const Explanation& explanation) {
  std::string out = "# Who can see what\n\n";
  for (const auto& line : premises(explanation)) out += markdown_text(line) + "\n";
  out += '\n';
  add_watchers(out, explanation);
  add_times(out, explanation);
  add_map(out, explanation);
  add_verdicts(out, explanation);
  add_rules(out, explanation);
  return out;
}

}  // namespace presproof::report
