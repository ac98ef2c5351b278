#include "lint/checks/checks.h"

#include "lint/surroundings.h"
#include "policy/meant.h"

namespace presproof::lint {

bool fix_invalid_date_time(const Fixing& fixing, text::TextChanges& changes) {
  const text::ElementText element = fixing.element();
  const auto meant =
      policy::meant_date_time(fixing.text().substr(element.open_end, element.close_begin - element.open_end));
  return meant && replace_content(fixing, changes, *meant);
}

}  // namespace presproof::lint
