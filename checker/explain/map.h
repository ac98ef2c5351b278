#pragma once

#include "explain/explain.h"

namespace presproof::explain {

/// Who sees how much of a place: the circles that a server would show, the cells of the grids that they are chosen by (RFC 6772 section 6.5.2),
/// and the regions of location conditions.
[[nodiscard]] Map map_of(const Explanation& explanation, const Options& options, geo::Position place);

}  // namespace presproof::explain
