#include <array>

#include <fmt/format.h>

#include "diag/printable.h"
#include "report/diff_words.h"
#include "report/report.h"
#include "report/run_text.h"

namespace presproof::report {
namespace {

/// Of very many groups the first; JSON has them all.
constexpr std::size_t kGroupsShown = 100;

struct TendencyStyle {
  std::string_view word;
  std::string_view color;
};
constexpr std::array<TendencyStyle, 3> kTendencies = {{{"widened", "\x1b[1;31m"}, {"widened and narrowed", "\x1b[1;33m"}, {"narrowed", "\x1b[1;36m"}}};

void add_row(std::string& out, std::string_view label, std::string_view value) { out += fmt::format("    {:<10} {}\n", label, value); }

std::string rules_or_none(const policy::Policy& policy, const std::vector<policy::RuleRef>& rules) {
  return rules.empty() ? "none" : rule_list(policy, rules);
}

void add_group(std::string& out, const Diff& diff, const DiffPart& part, const diff::ChangeGroup& group, const TextStyle& style) {
  const auto& tendency = kTendencies[static_cast<std::size_t>(group.tendency())];
  const std::string word = style.color ? fmt::format("{}{}\x1b[0m", tendency.color, tendency.word) : std::string(tendency.word);
  if (group.items.size() == 1) {
    out += fmt::format("{}: {}\n", word, sentence(diff, part, group));
  } else {
    const Who who = who_words(diff, part, group);
    out += fmt::format("{}: {}, {}:\n", word, who.words, when_words(group));
    for (const diff::Item& item : group.items) out += fmt::format("    - {}\n", item_words(item, who.plural));
  }
  add_row(out, "old rules", rules_or_none(part.old_side.policy, group.old_rules));
  add_row(out, "new rules", rules_or_none(part.new_side.policy, group.new_rules));
  add_row(out, "witness", witness_words(group.witness) + ", replayed on both sides");
  std::string_view label = "again";
  for (const std::string& command : replay_commands(diff, part, group)) {
    add_row(out, label, command);
    label = "";
  }
  out += '\n';
}

void add_part(std::string& out, const Diff& diff, const DiffPart& part, const TextStyle& style) {
  if (!part.name.empty()) {
    const std::string_view side = side_words(part);
    out += fmt::format("{}{}{}: {}\n", diag::printable(part.name), side.empty() ? "" : " ", side.empty() ? "" : fmt::format("({})", side), verdict_words(part));
    if (!part.groups.empty()) out += '\n';
  }
  std::size_t shown = 0;
  for (const diff::ChangeGroup& group : part.groups) {
    if (shown++ == kGroupsShown) {
      out += fmt::format("and {} groups of changes more; --format json has them all\n\n", part.groups.size() - kGroupsShown);
      break;
    }
    add_group(out, diff, part, group, style);
  }
  if (!part.comparison.reason.empty()) {
    out += fmt::format("undecided: {}{}\n", part.groups.empty() ? "" : "there may be more changes; ", diag::printable(part.comparison.reason));
  }
}

}  // namespace

std::string diff_text(const Diff& diff, const TextStyle& style) {
  std::string out;
  for (const DiffPart& part : diff.parts) {
    add_part(out, diff, part, style);
    if (part.upload) out += upload_cost_text(*part.upload);
  }
  const bool one = diff.parts.size() == 1;
  if (one && diff.parts.front().comparison.verdict == diff::Verdict::equivalent) {
    out += "equivalent: it is proved that every watcher is given the same at any time, in any sphere and at any place\n";
  } else {
    out += one ? verdict_words(diff.parts.front()) : diff_summary(diff);
    out += '\n';
  }
  out += fmt::format("under the readings {}\n", readings_words(diff.readings));
  for (const auto& line : engine_words(*diff.profile)) out += line + '\n';
  return out;
}

}  // namespace presproof::report
