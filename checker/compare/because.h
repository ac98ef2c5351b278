#pragma once

#include <vector>

#include "engine/departures.h"
#include "semantics/evaluator.h"

namespace presproof::compare {

/// Which departures made the engine decide otherwise, by what one request met on each side: rules are those of one place in the document.
[[nodiscard]] std::vector<const engine::Departure*> departures_behind(const policy::Request& request, const semantics::Evaluator& rfc, const semantics::Evaluator& other);

}  // namespace presproof::compare
