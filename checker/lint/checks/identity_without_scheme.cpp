#include "lint/checks/checks.h"
#include "lint/identities.h"
#include "policy/identity_faults.h"

namespace presproof::lint {

/// The scheme in front of what was written, where it is clear which one.
bool fix_identity_without_scheme(const Fixing& fixing, text::TextChanges& changes) {
  const auto mention = mention_around(fixing);
  if (!mention || mention->id() == nullptr || uri::well_formed(mention->id()->text)) return false;
  const auto fault = policy::fault_of_id(*mention->id());
  if (!fault.meant || !belongs_in(*mention, uri::parse(*fault.meant))) return false;
  set_value(fixing, changes, fixing.attribute(fixing.finding.span).value, *fault.meant);
  return true;
}

}  // namespace presproof::lint
