#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/instant.h"
#include "diff/circumstances.h"
#include "diff/compare.h"
#include "engine/profile.h"
#include "engine/readings.h"
#include "geo/plane.h"
#include "geo/position.h"
#include "leaks/leaks.h"
#include "policy/request.h"
#include "policy/rule_set.h"
#include "property/property.h"
#include "verify/result.h"

/// Who can see what, when, where, and why: the values that every format of `explain` is made from.
///
/// Watchers whom the rule sets cannot tell apart are one row (smt/partition.h). What they see is asked of the reference evaluator in every kind
/// of state that their rules tell apart (enumerate/cells.h); where these are too many, in likely states, and then said to be examples.
namespace presproof::explain {

/// One rule by itself.
struct RuleView {
  policy::RuleRef rule;
  diff::Circumstances when;  ///< its conditions on the state hold; of a rule that never matches `never` is set instead
  bool never = false;        ///< proved: it matches nobody; under an engine that does not ask all rules, that it decides nothing
  /// Proved: without it nobody gets anything else; because of these rules, or, when empty, since it grants nothing.
  std::optional<std::vector<policy::RuleRef>> redundant_because;
};

/// One value of a permission, and when it is so.
struct Entry {
  std::string value;                    ///< as diff/shown.h has it: `radius 5000 m`, `true`, `allow`
  diff::Circumstances when;             ///< not exact: an example
  std::vector<policy::RuleRef> rules;   ///< that give it in some state, in policy order
  policy::State state;                  ///< one in which the reference evaluator decides so
  /// In the states of `when` this or more is given, and in no others if not more: the permission's values are ordered, and more generous ones come before.
  bool at_least = false;
};

/// A rule that names somebody like the watcher, and why it is not the watcher.
struct NearMiss {
  enum class Reason : std::uint8_t { excepted, other_spelling };
  policy::RuleRef rule;
  Reason reason = Reason::excepted;
  std::string named;  ///< the identity or domain that the rule names
};

struct Row {
  policy::Watcher watcher;              ///< one of them, on whom all of this was decided
  diff::WatcherKind kind = diff::WatcherKind::named;
  std::vector<std::uint32_t> groups;    ///< numbers in Explanation::groups that it is in
  std::vector<policy::RuleRef> rules;   ///< whose identity conditions hold, in policy order
  /// By column; the most generous first, those of one moment side by side. Empty: never.
  std::vector<std::vector<Entry>> cells;
  std::vector<NearMiss> near_misses;
  bool complete = true;                 ///< false: the entries are examples, and there may be more
};

/// Rules with validity conditions, and when these hold.
struct Window {
  policy::RuleRef rule;
  std::vector<std::pair<Instant, Instant>> periods;  ///< half-open, ascending, disjoint
};
/// Somebody's view changes.
struct ViewChange {
  std::size_t column = 0;
  std::string value;
  bool begins = false;                  ///< else it ends
  std::vector<std::uint32_t> rows;
};
struct Moment {
  Instant at;
  std::vector<ViewChange> changes;
};
struct Timeline {
  std::vector<Window> windows;          ///< in policy order
  std::vector<Moment> moments;          ///< ascending
};

/// What some watchers see of the presentity's place.
struct Disclosed {
  std::string value;                    ///< as in a cell
  std::vector<std::uint32_t> rows;
  bool always = true;                   ///< for all of them; else in some states
  std::optional<double> radius_m;       ///< 0: exact
  std::optional<geo::Circle> shown;     ///< what a server would show (RFC 6772 section 6.5.2); none for the exact place, and beyond 70 degrees
  /// Of the grid around the place; the first one holds it.
  std::vector<geo::PlanePolygon> cells;
};
struct Region {
  std::vector<policy::RuleRef> rules;   ///< with this location condition
  geo::Circle circle;
};
struct Map {
  geo::Position place;
  std::vector<Disclosed> disclosed;     ///< the finest first
  std::vector<Region> regions;
};

struct Judged {
  property::Property property;
  verify::Result result;
};

struct Explanation {
  const policy::Policy* policy = nullptr;
  policy::Usage usage = policy::Usage::presence;
  const engine::Profile* profile = &engine::rfc();
  engine::Readings readings;
  std::vector<std::string> groups;      ///< names
  std::vector<RuleView> rules;          ///< in policy order; without those that an engine's reader has put in for what is written nowhere
  std::vector<std::string> columns;     ///< permissions by their names in the contract, those that somebody gets
  std::vector<Row> rows;                ///< named watchers as they come in the policy, then domains, strangers, the unauthenticated
  bool complete = true;                 ///< false: not every watcher is in a row
  bool blocks = true;                   ///< somebody is blocked in some state, or may be: not every state was looked at
  Timeline timeline;
  std::optional<Map> map;
  std::vector<Judged> properties;
  std::optional<leaks::Findings> leaks;
};

}  // namespace presproof::explain
