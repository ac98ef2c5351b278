#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/workers.h"
#include "engine/profile.h"
#include "engine/readings.h"
#include "explain/explanation.h"
#include "geo/position.h"
#include "property/property.h"

namespace presproof::explain {

struct Options {
  policy::Usage usage = policy::Usage::presence;
  const engine::Profile* profile = &engine::rfc();
  engine::Readings readings;
  /// Watchers of several identities, who have rows of their own.
  std::vector<property::Person> persons = {};
  /// Groups whose members are told apart from others.
  std::vector<std::shared_ptr<const property::Group>> groups = {};
  std::optional<geo::Position> place;  ///< for the map; none: no map
  std::string presentity;              ///< keys the choice between two circles, as filtering does (semantics/filter.h)
  /// How much is looked at before rows are told by examples only: counted, so that the result is the same everywhere.
  std::uint64_t budget = 20'000'000;
  std::uint32_t rlimit = 0;            ///< Z3's deterministic limit for rules that never match or are redundant; 0: none
};

/// All but the properties' verdicts and the leaks. The policy must outlive the explanation. Throws diag::InputError for persons with too many
/// identities.
[[nodiscard]] Explanation explain(const policy::Policy& policy, const Options& options, Workers& workers);

}  // namespace presproof::explain
