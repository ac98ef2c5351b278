#include "lint/checks/checks.h"

#include "lint/surroundings.h"

namespace presproof::lint {

bool fix_except_names_nobody(const Fixing& fixing, text::TextChanges& changes) {
  const text::ElementText element = fixing.element();
  if (holds_remarks(fixing.text(), element)) return false;
  changes.remove(element);
  return true;
}

}  // namespace presproof::lint
