#include "lint/checks/checks.h"

#include "lint/surroundings.h"
#include "policy/meant.h"

namespace presproof::lint {

/// A number with a unit, or a whole number written with a fraction.
bool fix_invalid_radius(const Fixing& fixing, text::TextChanges& changes) {
  const std::string_view whole = fixing.text();
  if (whole[fixing.context.sources.offset_of(fixing.finding.span)] == '<') {
    const text::ElementText element = fixing.element();
    const auto metres =
        policy::meant_metres(whole.substr(element.open_end, element.close_begin - element.open_end), false);
    return metres && replace_content(fixing, changes, *metres);
  }
  const auto value = fixing.attribute(fixing.finding.span).value;
  const auto metres = policy::meant_metres(whole.substr(value.begin, value.end - value.begin), true);
  if (metres) changes.replace(value.begin, value.end, *metres);
  return metres.has_value();
}

}  // namespace presproof::lint
