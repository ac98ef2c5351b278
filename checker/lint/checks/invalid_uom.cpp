#include "lint/checks/checks.h"

#include "lint/surroundings.h"
#include "policy/meant.h"

namespace presproof::lint {

/// RFC 5491 section 5.2.3: metres. Another unit would have to be converted.
bool fix_invalid_uom(const Fixing& fixing, text::TextChanges& changes) {
  constexpr std::string_view kMetre = "urn:ogc:def:uom:EPSG::9001";
  const std::string_view whole = fixing.text();
  if (whole[fixing.context.sources.offset_of(fixing.finding.span)] == '<') {
    add_attribute(changes, whole, fixing.element(), "uom=\"" + std::string(kMetre) + "\"");
    return true;
  }
  const auto value = fixing.attribute(fixing.finding.span).value;
  if (!policy::means_metre(whole.substr(value.begin, value.end - value.begin))) return false;
  changes.replace(value.begin, value.end, std::string(kMetre));
  return true;
}

}  // namespace presproof::lint
