#pragma once

#include <vector>

#include "base/workers.h"
#include "diff/grouping.h"
#include "engine/departures.h"
#include "property/property.h"

/// One rule set under two servers: what the other one gives otherwise than the RFCs say, to whom, when, and which of its departures did it.
///
/// Watchers are the classes that neither reading of the rules can tell apart; each is asked of both evaluators in every kind of state that the
/// rules of both tell apart. Nothing rests on a solver.
namespace presproof::compare {

struct Difference {
  diff::ChangeGroup group;                          ///< before: by the RFCs; after: as the engine
  std::vector<const engine::Departure*> because;    ///< in the order of the table; empty when none was found responsible
  /// Whether the engine shows something of the document that the RFCs hide; not by another answer alone.
  [[nodiscard]] bool discloses_more() const;
};

struct EngineComparison {
  std::vector<diff::Affected> watchers;  ///< all classes
  std::vector<Difference> differences;   ///< those that disclose more come first
  bool complete = true;                  ///< false: not every watcher is of a class
  /// Classes whose kinds of states were too many to look at all: there may be more differences.
  std::vector<std::uint32_t> by_examples;
};

/// `rfc` and `other` are one document (engine/view.h), each as its profile reads it. What `properties` name is told apart, too.
[[nodiscard]] EngineComparison compare(const policy::Policy& rfc, const policy::Policy& other, const engine::Profile& profile, const engine::Readings& readings,
                                       const property::Properties& properties, Workers& workers, std::uint64_t budget = diff::kGroupingBudget);

}  // namespace presproof::compare
