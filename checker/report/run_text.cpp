#include "report/run_text.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "base/utf8.h"
#include "diag/printable.h"
#include "policy/reader.h"
#include "report/words.h"

namespace presproof::report {
namespace {

constexpr std::size_t kWidth = 120;
constexpr std::string_view kIndent = "      ";
constexpr std::size_t kLabelWidth = 9;
constexpr std::string_view kNothing = "nothing";

std::string rule_name(const policy::Policy& policy, policy::RuleRef ref) {
  const auto& rule = policy::rule_at(policy, ref);
  return fmt::format("`{}` ({}:{})", diag::printable(rule.id), diag::printable(policy.documents[ref.document].file), rule.span.line);
}

std::string response_words(const semantics::Decision& decision) {
  if (!decision.response) return decision.matched.empty() ? "not granted" : "granted";
  return fmt::format("{} {}, {}", decision.response->code, decision.response->reason, decision.subscription_state);
}

/// Rows of both runs on one line.
struct Beside {
  std::string_view label;
  std::string first;
  std::string second;
};

/// What a row is about: its label, and of what is given the permission.
std::pair<std::string_view, std::string_view> subject(const RunRow& row) {
  const std::string_view value = row.second;
  return {row.first, row.first == "gets" ? value.substr(0, value.find(' ')) : std::string_view()};
}

/// Both lists are in one order, but a permission may be in one of them alone.
std::vector<Beside> paired(const std::vector<RunRow>& first, const std::vector<RunRow>& second) {
  std::vector<Beside> lines;
  std::size_t j = 0;
  for (const RunRow& row : first) {
    const auto same = std::find_if(second.begin() + static_cast<std::ptrdiff_t>(j), second.end(), [&](const RunRow& other) {
      const bool nothing = row.second == kNothing || other.second == kNothing;
      return subject(other) == subject(row) || (nothing && other.first == row.first);
    });
    if (same == second.end()) {
      lines.push_back({row.first, row.second, {}});
      continue;
    }
    for (; j < static_cast<std::size_t>(same - second.begin()); ++j) lines.push_back({second[j].first, {}, second[j].second});
    lines.push_back({row.first, row.second, second[j++].second});
  }
  for (; j < second.size(); ++j) lines.push_back({second[j].first, {}, second[j].second});
  return lines;
}

}  // namespace

std::string rule_list(const policy::Policy& policy, const std::vector<policy::RuleRef>& rules) {
  constexpr std::size_t kShown = 8;
  std::vector<std::string> names;
  for (const auto& rule : rules) {
    if (names.size() == kShown) {
      names.push_back(fmt::format("and {} more", rules.size() - kShown));
      break;
    }
    names.push_back(rule_name(policy, rule));
  }
  return fmt::format("{}", fmt::join(names, ", "));
}

std::vector<RunRow> run_rows(const RunText& how, const verify::Counterexample& run) {
  const auto& state = run.request.state;
  std::vector<RunRow> rows;
  rows.emplace_back("watcher", watcher_words(run.request.watcher));
  rows.emplace_back("time", to_rfc3339(state.time));
  rows.emplace_back("sphere", state.sphere ? diag::printable(*state.sphere) : "undefined");
  rows.emplace_back("location", location_words(state.location));
  rows.emplace_back("matches", run.decision.matched.empty() ? "no rule" : rule_list(how.policy, run.decision.matched));
  if (how.response) rows.emplace_back("answer", response_words(run.decision));
  for (const auto& line : granted_words(how.policy, run.decision)) rows.emplace_back("gets", line);
  if (run.decision.granted_by.empty()) rows.emplace_back("gets", std::string(kNothing));
  return rows;
}

std::string replay_command(const RunText& how, const verify::Counterexample& run) {
  std::string command = "presproof simulate";
  for (const auto& document : how.policy.documents) command += " " + shell_word(document.file);
  if (!run.request.watcher.authenticated()) command += " --anonymous";
  for (const auto& identity : run.request.watcher.identities) command += " --watcher " + shell_word(identity.text);
  const auto& state = run.request.state;
  command += " --at " + to_rfc3339(state.time);
  if (state.sphere) command += " --sphere " + shell_word(*state.sphere);
  if (state.location.geodetic)
    if (const auto* point = std::get_if<geo::Position>(&*state.location.geodetic))
      command += fmt::format(" --location={},{}", point->latitude, point->longitude);
  if (state.location.civic)
    for (const auto& [field, value] : *state.location.civic) command += " --civic " + shell_word(field + "=" + value);
  for (std::size_t i = 0; i < engine::kReadings; ++i) {
    const auto reading = static_cast<engine::Reading>(i);
    if (run.readings.alternative(reading)) command += fmt::format(" --reading {}={}", engine::info(reading).key, run.readings.value(reading));
  }
  if (const auto engine = engine::designation(*how.profile); engine != engine::rfc().name) command += " --engine " + shell_word(engine);
  const bool usage_follows = how.profile->view != engine::RuleSetView::as_written;
  if (!usage_follows && how.usage != policy::usage_of(how.policy)) command += fmt::format(" --usage {}", usage_word(how.usage));
  return command + " --show decision";
}

std::string runs_beside(const RunText& how, const verify::Counterexample& first, const verify::Counterexample& second) {
  const auto rows = run_rows(how, first);
  const auto other_rows = run_rows(how, second);
  const auto lines = paired(rows, other_rows);
  std::size_t widest = 0;
  std::size_t other_widest = 0;
  for (const Beside& line : lines) {
    widest = std::max(widest, count_code_points(line.first));
    other_widest = std::max(other_widest, count_code_points(line.second));
  }
  std::string out;
  if (kIndent.size() + kLabelWidth + 1 + widest + 3 + other_widest <= kWidth) {
    for (const Beside& line : lines) {
      const std::string padding(widest - count_code_points(line.first), ' ');
      std::string text = fmt::format("{}{:<{}} {}{} {} {}", kIndent, line.label, kLabelWidth, line.first, padding, line.first == line.second ? ' ' : '|', line.second);
      text.erase(text.find_last_not_of(' ') + 1);
      out += text + "\n";
    }
  } else {
    for (const auto& [label, value] : rows) out += fmt::format("{}{:<{}} {}\n", kIndent, label, kLabelWidth, value);
    out += fmt::format("{}and in the other run, where a `|` marks what differs:\n", kIndent);
    for (const auto& [label, value] : other_rows) {
      const bool same = std::find(rows.begin(), rows.end(), RunRow(label, value)) != rows.end();
      out += fmt::format("    {} {:<{}} {}\n", same ? ' ' : '|', label, kLabelWidth, value);
    }
  }
  out += fmt::format("{}{:<{}} {}\n", kIndent, "again:", kLabelWidth, replay_command(how, first));
  out += fmt::format("{}{:<{}} {}\n", kIndent, "", kLabelWidth, replay_command(how, second));
  return out;
}

}  // namespace presproof::report
