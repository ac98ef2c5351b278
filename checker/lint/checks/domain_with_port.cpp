#include "lint/checks/checks.h"
#include "lint/identities.h"

namespace presproof::lint {

bool fix_domain_with_port(const Fixing& fixing, text::TextChanges& changes) {
  return set_meant_domain(fixing, changes);
}

}  // namespace presproof::lint
