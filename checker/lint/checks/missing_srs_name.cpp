#include "lint/checks/checks.h"

#include "lint/surroundings.h"

namespace presproof::lint {

/// RFC 6772 section 4.1 knows no other reference system.
bool fix_missing_srs_name(const Fixing& fixing, text::TextChanges& changes) {
  add_attribute(changes, fixing.text(), fixing.element(), "srsName=\"urn:ogc:def:crs:EPSG::4326\"");
  return true;
}

}  // namespace presproof::lint
