#pragma once

#include <cstdint>
#include <optional>

#include "geo/position.h"
#include "presence/document.h"
#include "semantics/decision.h"
#include "semantics/evaluator.h"

namespace presproof::semantics {

struct FilterOptions {
  std::uint64_t seed = 0;                          ///< RFC 6772 section 6.5.2's choice between two centres
  std::optional<geo::Position> previous_center;
  std::optional<double> grid_origin_deg;
};

/// The document that the watcher gets: RFC 5025 section 3.3 and RFC 6772 section 6. Nothing for block and confirm
/// (and, in geolocation usage, when no rule matches). The filter is a projection: filtering its own result again
/// changes nothing (RFC 5025 section 4), except where obfuscated circles would be obfuscated once more, and where a component
/// was selected by a class that the watcher may not see. Or as the profile filters.
[[nodiscard]] std::optional<presence::Document> filter(const Decision& decision, const presence::Document& document,
                                                       const policy::State& state, const Options& options,
                                                       const FilterOptions& filter_options);

}  // namespace presproof::semantics
