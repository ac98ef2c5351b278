#pragma once

#include <cstddef>
#include <string>

#include "explain/explanation.h"

/// Pictures of an explanation, as SVG elements for an HTML page; each has a title, and colours are never all that tells things apart.
namespace presproof::report {

/// More rules than these are left out of the picture; the table beside it has them all.
inline constexpr std::size_t kBarsDrawn = 40;

/// Bars of the periods in which rules hold, and dashed lines where views change.
[[nodiscard]] std::string timeline_svg(const explain::Explanation& explanation);

/// One precision around the place: the cells of the grid (the place's own filled), the circle that is shown, regions of conditions; on a plain
/// graticule with a scale. Longitude and latitude are equirectangular around the place.
[[nodiscard]] std::string map_svg(const explain::Explanation& explanation, const explain::Disclosed& disclosed);

}  // namespace presproof::report
