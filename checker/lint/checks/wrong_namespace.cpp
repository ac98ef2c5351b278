#include "lint/checks/checks.h"

#include "lint/surroundings.h"

namespace presproof::lint {

/// With a prefix of the right namespace, when one is at hand.
bool fix_wrong_namespace(const Fixing& fixing, text::TextChanges& changes) {
  return rename_to_meant(fixing, changes);
}

}  // namespace presproof::lint
