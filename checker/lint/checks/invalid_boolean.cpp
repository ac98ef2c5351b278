#include "lint/checks/checks.h"

#include "lint/surroundings.h"
#include "policy/meant.h"

namespace presproof::lint {

/// The value had no meaning before: `False` granted nothing, but a set-retransmission-allowed of `false` forbids.
bool fix_invalid_boolean(const Fixing& fixing, text::TextChanges& changes) {
  const text::ElementText element = fixing.element();
  const auto meant =
      policy::meant_boolean(fixing.text().substr(element.open_end, element.close_begin - element.open_end));
  return meant && replace_content(fixing, changes, *meant ? "true" : "false");
}

}  // namespace presproof::lint
