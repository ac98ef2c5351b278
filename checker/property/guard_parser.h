#pragma once

#include "property/cursor.h"
#include "property/property.h"
#include "property/scope.h"

namespace presproof::property {

/// What follows `when`: `sphere is [not] "x"|undefined`, `inside REGION`, `authenticated`, combined.
[[nodiscard]] Formula<GuardAtom> parse_condition(Cursor& cursor, const Scope& scope);
/// What follows `during`: FROM `..` UNTIL, and FROM is before UNTIL.
[[nodiscard]] Interval parse_interval(Cursor& cursor);
/// `circle LAT LON radius LENGTH` or `civic { FIELD "TEXT", ... }`; nothing when the next word is another.
[[nodiscard]] std::optional<Region> parse_region(Cursor& cursor);
/// What follows `civic resolution`: `{ LEVEL LENGTH, ... }`. Levels left out have their default.
[[nodiscard]] CivicResolution parse_civic_resolution(Cursor& cursor);

}  // namespace presproof::property
