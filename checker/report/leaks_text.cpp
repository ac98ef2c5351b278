#include <fmt/format.h>

#include <array>

#include "diag/printable.h"
#include "report/report.h"
#include "report/run_text.h"

namespace presproof::report {
namespace {

struct SeverityStyle {
  std::string_view word;
  std::string_view color;
};
constexpr std::array<SeverityStyle, 3> kSeverities = {{{"note", "\x1b[1;36m"}, {"warning", "\x1b[1;33m"}, {"error", "\x1b[1;31m"}}};

void add_leak(std::string& out, const Leaks& leaks, const leaks::Leak& leak, const TextStyle& style) {
  const auto& severity = kSeverities[static_cast<std::size_t>(leak.severity)];
  const std::string word = style.color ? fmt::format("{}{}\x1b[0m", severity.color, severity.word) : std::string(severity.word);
  out += fmt::format("{}: {}: {}\n", word, leaks::kKindNames[static_cast<std::size_t>(leak.kind)], leak.message);
  out += fmt::format("    tells {} by {}, replayed by the simulator:\n", leak.secret, leaks::kChannelNames[static_cast<std::size_t>(leak.channel)]);
  const RunText how{*leaks.policy, leaks.usage, true, leaks.profile};
  if (leak.second) {
    out += runs_beside(how, leak.first, *leak.second);
  } else {
    for (const auto& [label, value] : run_rows(how, leak.first)) out += fmt::format("      {:<9} {}\n", label, value);
    out += fmt::format("      {:<9} {}\n", "again:", replay_command(how, leak.first));
  }
  if (!leak.rules.empty()) out += fmt::format("    because of {}\n", rule_list(*leaks.policy, leak.rules));
  out += fmt::format("    fix: {}\n\n", leak.fix);
}

}  // namespace

std::string leaks_text(const Leaks& leaks, const TextStyle& style) {
  std::string out;
  std::array<std::size_t, kSeverities.size()> count{};
  for (const auto& leak : leaks.found.leaks) {
    add_leak(out, leaks, leak, style);
    ++count[static_cast<std::size_t>(leak.severity)];
  }
  for (const std::string_view assumption : engine::assumptions(*leaks.profile)) out += fmt::format("as `{}` decides: {}\n", engine::designation(*leaks.profile), assumption);
  for (const auto& text : leaks.found.undecided) out += fmt::format("undecided: {}\n", text);
  const auto counted = [](std::size_t number, std::string_view noun) { return fmt::format("{} {}{}", number, noun, number == 1 ? "" : "s"); };
  std::vector<std::string> parts;
  for (std::size_t i = count.size(); i-- > 0;) {
    if (count[i] != 0) parts.push_back(counted(count[i], kSeverities[i].word));
  }
  if (!leaks.found.undecided.empty()) parts.push_back(fmt::format("{} undecided", leaks.found.undecided.size()));
  const std::string all = leaks.found.leaks.empty() ? "no leaks" : counted(leaks.found.leaks.size(), "leak");
  return out + all + (parts.empty() ? "" : fmt::format(": {}", fmt::join(parts, ", "))) + "\n";
}

}  // namespace presproof::report
