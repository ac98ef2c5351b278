#pragma once

#include <optional>

#include "geo/position.h"
#include "policy/reading.h"
#include "xml/document.h"

/// The `<Circle>` of RFC 5491 section 5.2.3 as RFC 6772 section 4.1 uses it: WGS 84, named on the outermost element.
namespace presproof::policy {

/// The circle, with a radius above 0; nothing, after a finding, when it cannot be decided.
[[nodiscard]] std::optional<geo::Circle> read_circle(Reading& reading, const xml::Element& element);

}  // namespace presproof::policy
