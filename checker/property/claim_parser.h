#pragma once

#include "property/cursor.h"
#include "property/property.h"
#include "property/scope.h"

namespace presproof::property {

/// A claim over one run, combined by `and`, `or`, `not` and parentheses.
[[nodiscard]] Formula<ClaimAtom> parse_claim(Cursor& cursor, const Scope& scope);

/// For `location finer than` a length: every geodetic radius below it, and the lowest civic level whose resolution is
/// below it.
[[nodiscard]] LocationShown location_finer_than(double metres, const CivicResolution& resolution);

}  // namespace presproof::property
