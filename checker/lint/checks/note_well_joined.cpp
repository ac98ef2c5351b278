#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

#include "lint/checks/checks.h"

namespace presproof::lint {
namespace {

using policy::RuleRef;
using policy::SetNoteWell;

struct NoteWell {
  RuleRef rule;
  const SetNoteWell* note;
  SourceSpan span;
};

using NotesByRule = std::map<RuleRef, std::vector<NoteWell>>;

NotesByRule notes_by_rule(const policy::Policy& policy) {
  NotesByRule notes;
  each_rule(policy, [&](RuleRef ref, const policy::Rule& rule) {
    for (const auto& permission : rule.permissions)
      if (const auto* note = std::get_if<SetNoteWell>(&permission.what))
        notes[ref].push_back({ref, note, permission.span});
  });
  return notes;
}

/// The first text, before this one in the policy, that joins it; and for whom.
struct Joined {
  const NoteWell* other;
  std::string whom;
};
std::optional<Joined> first_joined(const Overlap& overlaps, const NotesByRule& notes, const NoteWell& note) {
  for (const auto ref : overlaps.candidates(note.rule)) {
    if (ref > note.rule) break;
    const auto found = notes.find(ref);
    if (found == notes.end()) continue;
    for (const auto& other : found->second) {
      if (other.note == note.note) break;  // those of the same rule, up to itself
      if (*other.note == *note.note) continue;
      if (auto whom = overlaps.common_watcher(note.rule, ref)) return Joined{&other, std::move(*whom)};
    }
  }
  return std::nullopt;
}

}  // namespace

/// RFC 6772 section 6.3 makes note-well a string, for which RFC 4745 section 10.2 has no combining rule. A text is
/// reported once, with the first other that joins it.
void check_note_well_joined(const Context& context, diag::Sink& sink) {
  const auto notes = notes_by_rule(context.policy);
  for (const auto& [ref, texts] : notes) {
    for (const auto& note : texts) {
      const auto joined = first_joined(context.overlaps(), notes, note);
      if (!joined) continue;
      const auto& rule = policy::rule_at(context.policy, ref);
      const auto& first = policy::rule_at(context.policy, joined->other->rule);
      auto report =
          finding(diag::Code::note_well_joined, rule, note.span,
                  &rule == &first ? fmt::format("{} sets two note-well texts, which are joined", name_of(rule))
                                  : fmt::format("{} and {} both match for {}, and their note-well texts are joined",
                                                name_of(first), name_of(rule), joined->whom),
                  "give both the same text and language, or keep the rules from matching together");
      report.related.push_back({joined->other->span, "the other text"});
      sink.report(std::move(report));
    }
  }
}

}  // namespace presproof::lint
