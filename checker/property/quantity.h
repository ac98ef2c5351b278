#pragma once

#include <cstdint>
#include <optional>

#include "base/instant.h"
#include "property/cursor.h"

/// Numbers with units, and times. A value out of its range is a problem from which the parser goes on with the value
/// given.
namespace presproof::property {

/// `5 km` or `200 m` in metres, above 0.
[[nodiscard]] double parse_length(Cursor& cursor);
/// `90 s`, `15 min`, `24 h`, `30 d` in seconds.
[[nodiscard]] std::int64_t parse_duration(Cursor& cursor);
/// A number of degrees from -limit to limit; `what` is `a latitude` or `a longitude`.
[[nodiscard]] double parse_degrees(Cursor& cursor, std::string_view what, double limit);
/// RFC 3339, with an offset.
[[nodiscard]] Instant parse_time(Cursor& cursor);

}  // namespace presproof::property
