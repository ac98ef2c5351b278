#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/profile.h"
#include "engine/readings.h"
#include "policy/request.h"
#include "policy/rule_set.h"
#include "property/property.h"
#include "semantics/decision.h"
#include "smt/partition.h"

/// Semantic difference of two policies: who gains and who loses what, each change shown by a request that the reference evaluator decides
/// differently on the two sides; or a proof that nobody does.
///
/// An engine that does not combine all matching rules, or compares identities in its own way, is asked by itself: its evaluator, in every kind of state that
/// the rules of both sides tell apart, for every class of watchers. Then nothing rests on a solver, and what takes too many states is undecided.
///
/// Compared is what watchers are given under one set of readings, where the combined sub-handling is allow: attributes with the
/// component that carries them, location with what goes out as published. Watchers are those of smt/partition.h: one identity, or
/// none, and those of several that `persons` names.
namespace presproof::diff {

enum class Direction : std::uint8_t { gained, lost };
inline constexpr std::array<std::string_view, 2> kDirectionNames = {"gained", "lost"};

/// Whom a class of watchers stands for: the one that a rule (or a group) names, all others of a domain that rules name, all others, or
/// the unauthenticated.
enum class WatcherKind : std::uint8_t { named, of_domain, stranger, unauthenticated };

[[nodiscard]] WatcherKind kind_of(const smt::WatcherClass& watcher);

/// A class of watchers that some change concerns.
struct Affected {
  policy::Watcher watcher;  ///< one of them
  WatcherKind kind = WatcherKind::named;
  std::vector<std::uint32_t> groups;  ///< numbers of the groups in Options that it is in, ascending
  /// Changes by their numbers in the comparison, ascending, each with a state in which it was found.
  struct Seen {
    std::uint32_t change;
    policy::State state;
  };
  std::vector<Seen> seen;
};

struct Change {
  Direction direction = Direction::gained;
  std::string permission;  ///< its key in the contract's `permissions`
  std::string detail;      ///< `radius 5000 m -> 500 m`
  /// A few of those whom it concerns, one for each class that the policies can tell apart, and the number of classes.
  std::vector<policy::Watcher> watchers;
  WatcherKind kind = WatcherKind::named;  ///< of the first of them
  std::size_t watcher_count = 0;
  /// How many of the classes stand for watchers whom no rule names: all others of a domain, all others, the unauthenticated.
  std::size_t unnamed_count = 0;
  policy::Request witness;
  semantics::Decision before;
  semantics::Decision after;
  std::vector<policy::RuleRef> old_rules;  ///< what gave the permission, in the old policy
  std::vector<policy::RuleRef> new_rules;
};

struct Options {
  policy::Usage usage = policy::Usage::presence;
  const engine::Profile* profile = &engine::rfc();
  engine::Readings readings;
  double timeout_s = 30;     ///< wall clock; 0: none
  std::uint32_t rlimit = 0;  ///< Z3's deterministic limit for each query; 0: none
  std::size_t jobs = 1;      ///< threads, where an engine is asked; the result does not depend on their number
  /// Watchers of several identities, which are compared beside those of one.
  std::vector<property::Person> persons = {};
  /// Groups whose members are told apart, so that a change can be said to concern all of one.
  std::vector<std::shared_ptr<const property::Group>> groups = {};
};

enum class Verdict : std::uint8_t { equivalent, different, undecided };

struct Comparison {
  Verdict verdict = Verdict::undecided;
  std::vector<Change> changes;     ///< by (permission, direction, watchers)
  std::vector<Affected> affected;  ///< in the order in which the policies name them
  std::size_t classes = 0;         ///< of watchers, affected or not
  std::vector<std::size_t> group_sizes = {};  ///< for each group of the options, in classes
  /// Why it is undecided, or, with changes, why there may be more; empty when all is proved.
  std::string reason;
};

/// `equivalent` is proved. Throws diag::InternalError when a difference does not replay.
[[nodiscard]] Comparison compare(const policy::Policy& old_policy, const policy::Policy& new_policy, const Options& options);
/// The same, done at the first difference: at most a few changes.
[[nodiscard]] Comparison first_difference(const policy::Policy& old_policy, const policy::Policy& new_policy, const Options& options);

/// How many watchers a change lists.
inline constexpr std::size_t kWatchersListed = 3;

}  // namespace presproof::diff
