#include "lint/checks/checks.h"
#include "lint/removal.h"

namespace presproof::lint {

/// RFC 4745 sections 7 and 10.2: neither conditions, identities and selectors nor permissions have an order.
void check_rules_differ_in_order(const Context& context, diag::Sink& sink) {
  report_twins(context, sink, diag::Code::rules_differ_in_order, false, "says the same in another order as");
}

bool fix_rules_differ_in_order(const Fixing& fixing, text::TextChanges& changes) {
  return remove_element(fixing, changes);
}

}  // namespace presproof::lint
