#pragma once

#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "policy/request.h"
#include "property/property.h"
#include "semantics/evaluator.h"
#include "smt/solver.h"
#include "smt/term.h"
#include "verify/appearance.h"
#include "verify/knowledge.h"

/// Everything that one watcher can be shown, as a table: for each kind of place (which circles it is inside of, which civic conditions its
/// address meets) and each state (span of time between breakpoints, sphere) how the reference evaluator's decision looks.
///
/// Nothing in a policy can tell two places of one kind apart, so one place stands for all. Small by design: a watcher whom
/// many rules with many conditions concern is refused (`problem`), not approximated.
namespace presproof::verify {

struct WatcherState {
  Instant time;
  std::optional<std::string> sphere;
};

struct PlaceKind {
  Pattern circles = 0;
  Pattern civic = 0;
  policy::TargetLocation where;  ///< a point of this kind, and an address if any field matters
  std::vector<std::size_t> looks;  ///< by state: number of an appearance
  std::vector<bool> guard;         ///< by state
};

struct WatcherTable {
  explicit WatcherTable(std::vector<geo::Circle> circles) : regions(std::move(circles)) {}
  Regions regions;
  std::vector<geo::CivicAddress> civic;  ///< the civic conditions, by bit
  std::vector<WatcherState> states;
  std::vector<PlaceKind> kinds;
  std::vector<Appearance> appearances;
  /// Why something may be missing; empty when nothing is.
  std::string problem;
};

/// A place for each pattern of inside and outside that some place on earth has; found once for each list of circles.
class PatternPlaces {
 public:
  struct Places {
    std::vector<geo::Circle> circles;
    std::vector<std::pair<Pattern, geo::Position>> places;  ///< ascending
    std::string problem;                                    ///< why one may be missing
  };
  [[nodiscard]] const Places& of(const std::vector<geo::Circle>& circles, const smt::Limits& limits);

 private:
  smt::TermStore terms_;
  smt::SolverFactory solvers_{terms_};
  std::deque<Places> known_;
};

/// For one watcher, whom only `rules` can concern.
[[nodiscard]] WatcherTable watcher_table(const policy::Watcher& watcher, const std::vector<policy::RuleRef>& rules, const property::Property& property,
                                         const semantics::Evaluator& evaluator, PatternPlaces& places, const smt::Limits& limits);

/// The numbers of the kinds that the watcher cannot tell from one of its places, ascending: all that looks the same in every state that the
/// guard allows there.
[[nodiscard]] std::vector<std::size_t> alike(const WatcherTable& table, std::size_t kind);

}  // namespace presproof::verify
