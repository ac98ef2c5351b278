#include "report/repair.h"

#include <fmt/format.h>

#include "diag/printable.h"
#include "report/changes.h"

namespace presproof::report {

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
  add_changes(out, proposal.changes);
  if (proposal.changes.empty()) out += "      nobody gains or loses anything under the default readings\n";
  add_diff(out, proposal.diff, style);
}

}  // namespace presproof::report
