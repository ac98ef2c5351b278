#include <algorithm>

#include <fmt/format.h>

#include "base/instant.h"
#include "base/utf8.h"
#include "diag/printable.h"
#include "report/explanation_words.h"
#include "report/report.h"
#include "report/words.h"

namespace presproof::report {
namespace {

constexpr std::size_t kWidth = 100;
/// Of very many watchers the first; JSON and HTML have them all.
constexpr std::size_t kRowsShown = 200;
constexpr std::size_t kRulesShown = 200;

constexpr std::size_t kTitleIndent = 6;
constexpr std::size_t kTitleWidth = 18;

/// Folds words into lines of at most kWidth, all of them indented, those behind the first by `hanging` more.
std::string folded(std::string_view text, std::size_t indent, std::size_t hanging = 0) {
  std::string out;
  std::string line;
  const auto flush = [&] {
    out += std::string(indent, ' ') + line + '\n';
    if (out.size() == indent + line.size() + 1) indent += hanging;
    line.clear();
  };
  while (!text.empty()) {
    const std::size_t end = text.find(' ');
    const std::string_view word = text.substr(0, end);
    if (!line.empty() && indent + count_code_points(line) + 1 + count_code_points(word) > kWidth) flush();
    if (!line.empty()) line += ' ';
    line += word;
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  if (!line.empty()) flush();
  return out;
}

std::string heading(std::string_view text, const TextStyle& style) { return style.color ? fmt::format("\x1b[1m{}\x1b[0m\n", text) : fmt::format("{}\n", text); }

std::string place_of(const policy::Policy& policy, policy::RuleRef ref) {
  return fmt::format("{}:{}", diag::printable(policy.documents[ref.document].file), rule_at(policy, ref).span.line);
}

void add_rules(std::string& out, const explain::Explanation& explanation, const TextStyle& style) {
  out += heading("The rules", style);
  std::size_t shown = 0;
  for (const auto& view : explanation.rules) {
    if (shown++ == kRulesShown) {
      out += fmt::format("  and {} rules more; --format html and --format json have them all\n", explanation.rules.size() - kRulesShown);
      break;
    }
    out += fmt::format("  {} ({})\n", diag::printable(name_of_rule(*explanation.policy, view.rule)), place_of(*explanation.policy, view.rule));
    std::string paragraph;
    for (const auto& sentence : rule_sentences(explanation, view)) paragraph += (paragraph.empty() ? "" : " ") + diag::printable(sentence);
    out += folded(paragraph, 6);
    if (const auto remark = rule_remark(explanation, view); !remark.empty()) out += folded(diag::printable(remark), 6);
  }
  if (explanation.rules.empty()) out += "  There is none: nobody gets anything.\n";
  out += '\n';
}

void add_cell(std::string& out, const explain::Explanation& explanation, std::size_t column, const std::vector<explain::Entry>& entries) {
  const std::string& permission = explanation.columns[column];
  std::string title = column_title(permission);
  for (const auto& entry : entries) {
    const std::string text = fmt::format("{}, {} ({})", value_word(permission, entry.value), entry_when(entry), entry.rules.empty() ? "by no rule" : names_of_rules(*explanation.policy, entry.rules));
    std::string lines = folded(diag::printable(text), kTitleIndent + kTitleWidth);
    const std::string label = fmt::format("{}{:<{}}", std::string(kTitleIndent, ' '), title, kTitleWidth);
    out += label + lines.substr(label.size());
    title.clear();
  }
}

void add_watchers(std::string& out, const explain::Explanation& explanation, const TextStyle& style) {
  out += heading("Who sees what", style);
  std::size_t shown = 0;
  const auto alike = rows_alike(explanation);
  for (const auto& rows : alike) {
    if (shown++ == kRowsShown) {
      out += fmt::format("  and {} kinds of watchers more; --format html and --format json have them all\n", alike.size() - kRowsShown);
      break;
    }
    const auto& first = explanation.rows[rows.front()];
    const std::string groups = group_names(explanation, rows);
    out += folded(diag::printable(row_names(explanation, rows) + (groups.empty() ? "" : " (" + groups + ")")), 2, 2);
    bool anything = false;
    for (std::size_t column = 0; column < first.cells.size(); ++column) {
      add_cell(out, explanation, column, first.cells[column]);
      anything = anything || !first.cells[column].empty();
    }
    if (!anything) out += fmt::format("      nothing, always: {}\n", nothing_word("sub-handling", explanation.usage));
    for (const std::uint32_t row : rows) {
      for (const auto& miss : explanation.rows[row].near_misses) {
        const std::string who = rows.size() == 1 ? std::string() : row_name(explanation.rows[row]) + ": ";
        out += folded(diag::printable(who + "nearly: " + near_miss_words(*explanation.policy, miss)), 6);
      }
    }
  }
  out += '\n';
}

void add_timeline(std::string& out, const explain::Explanation& explanation, const TextStyle& style) {
  const auto& timeline = explanation.timeline;
  if (timeline.windows.empty()) return;
  out += heading("When views change", style);
  for (const auto& moment : timeline.moments) {
    out += fmt::format("  {}\n", to_rfc3339(moment.at));
    for (const auto& change : moment.changes) out += folded(diag::printable(change_words(explanation, change)), 6, 4);
  }
  if (timeline.moments.empty()) out += "  at no moment that could be told\n";
  out += '\n';
}

void add_map(std::string& out, const explain::Explanation& explanation, const TextStyle& style) {
  if (!explanation.map) return;
  const auto& map = *explanation.map;
  out += heading(fmt::format("How much of the place {} {} is seen", map.place.latitude, map.place.longitude), style);
  for (const auto& disclosed : map.disclosed) {
    std::string line = fmt::format("{}: {}", row_names(explanation, disclosed.rows), value_word("provide-location", disclosed.value));
    if (!disclosed.always) line += ", not always";
    if (disclosed.shown) line += fmt::format("; shown is the circle around {:.5f} {:.5f}", disclosed.shown->center.latitude, disclosed.shown->center.longitude);
    out += folded(diag::printable(line), 2, 4);
  }
  if (map.disclosed.empty()) out += "  nobody sees anything of it\n";
  out += '\n';
}

void add_verdicts(std::string& out, const explain::Explanation& explanation, const TextStyle& style) {
  if (!explanation.properties.empty()) {
    out += heading("What was promised", style);
    for (const auto& judged : explanation.properties) {
      const std::string_view verdict = verify::kVerdictNames[static_cast<std::size_t>(judged.result.verdict)];
      out += folded(fmt::format("{}: {}", verdict, diag::printable(judged.property.name)), 2);
      for (const auto& line : judged_words(judged)) out += folded(diag::printable(line), 6);
      if (!judged.result.rules.empty()) out += folded(fmt::format("{} {}", judged.result.verdict == verify::Verdict::proved ? "rests on" : "because of", diag::printable(names_of_rules(*explanation.policy, judged.result.rules))), 6);
    }
    out += '\n';
  }
  if (explanation.leaks) {
    out += heading("What watchers can tell beside", style);
    for (const auto& leak : explanation.leaks->leaks) out += folded(diag::printable(leak.message), 2, 4);
    if (explanation.leaks->leaks.empty()) out += "  nothing was found\n";
    for (const auto& undecided : explanation.leaks->undecided) out += folded("undecided: " + diag::printable(undecided), 2);
    out += '\n';
  }
}

}  // namespace

std::string explanation_text(const explain::Explanation& explanation, const TextStyle& style) {
  std::string out;
  for (const auto& line : premises(explanation)) out += folded(line, 0);
  out += '\n';
  add_rules(out, explanation, style);
  add_watchers(out, explanation, style);
  add_timeline(out, explanation, style);
  add_map(out, explanation, style);
  add_verdicts(out, explanation, style);
  out.erase(out.find_last_not_of('\n') + 1);
  return out + '\n';
}

}  // namespace presproof::report
