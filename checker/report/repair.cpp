#include "report/repair.h"

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

/// A diff goes to a terminal line by line: tabs stay, other control characters do not, and neither does the CR of a CR LF.
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

}  // namespace

Json repair_json(const Repaired& repaired) {
  if (!repaired.proposal) return nullptr;
  const repair::Proposal& proposal = *repaired.proposal;
  Json object;
  object["summary"] = proposal.summary;
  object["edits"] = Json::array();
  for (const repair::EditReport& edit : proposal.edits) {
    object["edits"].push_back(Json{{"file", edit.file},
                                   {"line", edit.span.line},
                                   {"column", edit.span.column},
                                   {"rule", edit.rule},
                                   {"kind", repair::to_string(edit.kind)},
                                   {"before", edit.before},
                                   {"after", edit.after}});
  }
  object["losses"] = Json::array();
  object["gains"] = Json::array();
  for (const diff::Change& change : proposal.changes) {
    object[change.direction == diff::Direction::lost ? "losses" : "gains"].push_back(change_json(change));
  }
  object["diff"] = proposal.diff;
  object["applied"] = repaired.applied;
  return object;
}

void add_repair(std::string& out, const Repaired& repaired, const TextStyle& style) {
  if (!repaired.reason.empty()) out += fmt::format("    no repair: {}\n", diag::printable(repaired.reason));
  if (!repaired.proposal) return;
  const repair::Proposal& proposal = *repaired.proposal;
  out += fmt::format("    {}: {}\n", repaired.applied ? "repaired" : "repair, proved again", diag::printable(proposal.summary));
  std::size_t shown = 0;
  for (const diff::Change& change : proposal.changes) {
    if (shown++ == kChangesShown) {
      out += fmt::format("      and {} changes more\n", proposal.changes.size() - kChangesShown);
      break;
    }
    out += fmt::format("      {}: {} {}, for {}\n", diff::kDirectionNames[static_cast<std::size_t>(change.direction)], change.permission,
                       diag::printable(change.detail), watchers_words(change));
  }
  if (proposal.changes.empty()) out += "      nobody gains or loses anything under the default readings\n";
  add_diff(out, proposal.diff, style);
}

}  // namespace presproof::report
