#include "report/changes.h"

#include <fmt/format.h>

#include "base/instant.h"
#include "diag/printable.h"
#include "report/words.h"

namespace presproof::report {
namespace {

constexpr std::size_t kChangesShown = 8;

/// `sip:bob@example.com and 12 more`.
std::string watchers_words(const diff::Change& change) {
  std::string words = watcher_words(change.watchers.front());
  if (change.watcher_count > 1) words += fmt::format(" and {} more", change.watcher_count - 1);
  return words;
}

}  // namespace

Json change_json(const diff::Change& change) {
  Json object;
  object["direction"] = diff::kDirectionNames[static_cast<std::size_t>(change.direction)];
  object["permission"] = change.permission;
  object["detail"] = change.detail;
  object["watchers"] = watchers_words(change);
  object["witness"]["watcher"] = watcher_json(change.witness.watcher);
  object["witness"]["state"]["time"] = to_rfc3339(change.witness.state.time);
  object["witness"]["state"]["sphere"] = change.witness.state.sphere ? Json(*change.witness.state.sphere) : Json(nullptr);
  return object;
}

void add_changes(std::string& out, const std::vector<diff::Change>& changes) {
  std::size_t shown = 0;
  for (const diff::Change& change : changes) {
    if (shown++ == kChangesShown) {
      out += fmt::format("      and {} changes more\n", changes.size() - kChangesShown);
      break;
    }
    out += fmt::format("      {}: {} {}, for {}\n", diff::kDirectionNames[static_cast<std::size_t>(change.direction)], change.permission,
                       diag::printable(change.detail), watchers_words(change));
  }
}

void add_diff(std::string& out, std::string_view diff, const TextStyle& style) {
  while (!diff.empty()) {
    const std::size_t end = diff.find('\n');
    std::string_view line = diff.substr(0, end);
    diff.remove_prefix(end == std::string_view::npos ? diff.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    const std::string_view color = !style.color || line.empty() ? "" : line.front() == '+' ? "\x1b[32m" : line.front() == '-' ? "\x1b[31m" : "";
    out += color;
    for (;;) {
      const std::size_t tab = line.find('\t');
      out += diag::printable(line.substr(0, tab));
      if (tab == std::string_view::npos) break;
      out += '\t';
      line.remove_prefix(tab + 1);
    }
    out += color.empty() ? "\n" : "\x1b[0m\n";
  }
}

}  // namespace presproof::report
