#pragma once

#include <vector>

#include "property/cursor.h"
#include "property/property.h"
#include "property/scope.h"

namespace presproof::property {

/// TERM (`minus` TERM)*, left to right; a TERM is a name, `{ URI, ... }`, `list "FILE"`, `domain D [except { URI, ...
/// }]`, `everyone`, `person NAME` or a group in parentheses.
[[nodiscard]] KnownGroup parse_group(Cursor& cursor, const Scope& scope);

/// `{ URI, ... }`, perhaps empty.
[[nodiscard]] std::vector<uri::Uri> parse_uri_set(Cursor& cursor);

}  // namespace presproof::property
