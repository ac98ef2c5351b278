#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "property/property.h"
#include "semantics/evaluator.h"
#include "smt/partition.h"
#include "smt/solver.h"
#include "verify/place_search.h"
#include "verify/result.h"
#include "verify/watcher_states.h"

/// Claims `over time`: what one watcher can infer about a target that stays where it is, from everything that it can be shown in all
/// times and spheres that the property's guard allows there.
///
/// The watcher knows the policy and the algorithm. It may hold what all of this leaves together (knowledge.h): the cells of the radii it is
/// shown (RFC 6772 section 6.5.2), the regions that conditions on circles disclose because something that it sees, be it the response
/// or an attribute, appears only there (or only elsewhere), and of civic addresses the finest level that is shown or that conditions on civic
/// fields disclose. Address and place on the map are independent, so the finer of the two counts, not both together. Beyond 70 degrees of
/// latitude a radius shows nothing.
///
/// `location finer than L` and `geodetic finer than L`: less is left than a circle of L. `civic finer than`: a level is shown, or
/// disclosed by conditions. `location` and `exact location` have no length to compare with: some state shows it, as without `over time`.
///
/// What one run shows on its own is for the caller to find first, as for other claims. The rest is decided by enumeration: classes of
/// watchers (smt/partition.h) that differ in the rules that concern them, kinds of places, times and spheres, each decided by the
/// reference evaluator; then geometry. What is found is decided again at the place itself. A second run at another place is in the same
/// state, but not held to the guard: it is what the watcher can rule out.
namespace presproof::verify {

struct OverTimeAnswer {
  Verdict verdict = Verdict::undecided;
  std::optional<Counterexample> example;
  std::optional<Counterexample> second;
  std::optional<double> remaining_area_m2;
  std::vector<policy::RuleRef> rules;
  std::string reason;
};

[[nodiscard]] bool is_over_time(const property::Property& property);
/// `never` and `sometimes` with `location` or `exact location`: some state shows it, as in a claim about one run.
[[nodiscard]] bool is_as_in_one_run(const property::Property& property);

/// What the claim takes for granted, a sentence each: for a claim over time, or with `effective`; nothing for others. Those about radii only
/// when rules give some.
[[nodiscard]] std::vector<std::string> location_assumptions(const property::Property& property, bool radii);

class OverTimeCheck {
 public:
  /// All of these must outlive it. The evaluator's readings are those that count.
  OverTimeCheck(const property::Property& property, const smt::Partition& partition, const semantics::Evaluator& evaluator, const smt::Limits& limits);
  [[nodiscard]] OverTimeAnswer run();

 private:
  /// One kind of place, as its watcher sees it over time.
  struct View;
  struct Hit;
  struct Telling;
  [[nodiscard]] View view_of(const WatcherTable& table, std::size_t kind) const;
  [[nodiscard]] bool holds_by_level(const View& view) const;
  [[nodiscard]] Search search(const WatcherTable& table, const View& view);
  [[nodiscard]] Hit judge(const WatcherTable& table, std::size_t kind);
  void look_at(const WatcherTable& table, const policy::Watcher& watcher);
  [[nodiscard]] bool satisfied_alone(const WatcherTable& table, const Appearance& look, geo::Position place) const;
  [[nodiscard]] Telling telling(const WatcherTable& table, const View& view, const Hit& hit) const;
  [[nodiscard]] std::optional<Telling> telling_pair(const WatcherTable& table, const View& view, const Hit& hit) const;
  [[nodiscard]] Telling telling_region(const WatcherTable& table, const View& view, const Hit& hit) const;
  [[nodiscard]] OverTimeAnswer confirmed(const WatcherTable& table, const View& view, const Hit& hit, const policy::Watcher& watcher) const;
  [[nodiscard]] std::vector<policy::RuleRef> rules_behind(const OverTimeAnswer& answer, bool difference_alone) const;
  [[nodiscard]] Counterexample run_at(const policy::Watcher& watcher, const WatcherState& state, const policy::TargetLocation& where) const;
  [[nodiscard]] OverTimeAnswer without_hit() const;

  const property::Property& property_;
  const property::LocationShown& claim_;
  const smt::Partition& partition_;
  const semantics::Evaluator& evaluator_;
  const smt::Limits& limits_;
  claims::ClaimContext context_;
  Bound bound_;
  bool seeks_claim_;  ///< a place where the claim holds (never, sometimes), or where it does not (always)
  bool group_is_empty_ = true;
  bool guard_can_hold_ = false;
  std::string problem_;
  std::set<policy::RuleRef> location_rules_;
  std::optional<OverTimeAnswer> hit_;
  PatternPlaces places_;
  /// Watchers whom other rules concern may be shown the same.
  struct Searched {
    std::vector<geo::Circle> circles;
    Pattern pattern;
    Knowledge knowledge;
    Search search;
  };
  std::vector<Searched> searched_;
};

}  // namespace presproof::verify
