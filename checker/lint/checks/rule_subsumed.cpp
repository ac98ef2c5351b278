#include "lint/checks/checks.h"
#include "lint/removal.h"

namespace presproof::lint {

/// By the solver: one other rule matches whenever this one does, and grants as much.
void check_rule_subsumed(const Context& context, diag::Sink& sink) {
  for (const auto& redundant : redundant_rules(context, sink))
    if (redundant.covered_by->size() == 1) report_redundant(context, sink, diag::Code::rule_subsumed, redundant);
}

bool fix_rule_subsumed(const Fixing& fixing, text::TextChanges& changes) { return remove_element(fixing, changes); }

}  // namespace presproof::lint
