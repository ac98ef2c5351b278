#include "lint/checks/checks.h"

#include "lint/surroundings.h"

namespace presproof::lint {

bool fix_misspelt_element(const Fixing& fixing, text::TextChanges& changes) {
  return rename_to_meant(fixing, changes);
}

}  // namespace presproof::lint
