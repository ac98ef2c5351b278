#include <fmt/format.h>

#include "lint/checks/checks.h"
#include "lint/removal.h"

namespace presproof::lint {

/// RFC 6772 section 6.3: absent, "the value of the <note-well> element in the PIDF-LO is kept unchanged".
void check_note_well_empty(const Context& context, diag::Sink& sink) {
  each_rule(context.policy, [&](policy::RuleRef, const policy::Rule& rule) {
    for (const auto& permission : rule.permissions) {
      const auto* note = std::get_if<policy::SetNoteWell>(&permission.what);
      if (note == nullptr || !note->text.empty()) continue;
      sink.report(finding(
          diag::Code::note_well_empty, rule, permission.span,
          fmt::format("the note-well text of {} is empty: it replaces what a location says by nothing", name_of(rule)),
          "write a text, or remove the element to keep what the location says"));
    }
  });
}

/// What the location says is kept afterwards.
bool fix_note_well_empty(const Fixing& fixing, text::TextChanges& changes) { return remove_element(fixing, changes); }

}  // namespace presproof::lint
