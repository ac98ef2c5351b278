#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/workers.h"
#include "diff/circumstances.h"
#include "diff/compare.h"
#include "semantics/evaluator.h"

/// Changes as people ask for them: whom, what, when and where, and which rules did it.
///
/// Of each affected watcher only the rules whose identity conditions hold count, on both sides. They tell finitely many states apart
/// (enumerate/cells.h), and the reference evaluator is asked in each kind of state; so what is said to hold at any time, or in precisely some
/// circumstances, is decided by it and does not rest on the solver. Watchers of whom the same is said, because of the same rules, are one group.
namespace presproof::diff {

/// More, less, or each in a part.
enum class Tendency : std::uint8_t { widened, both, narrowed };
inline constexpr std::array<std::string_view, 3> kTendencyNames = {"widened", "both", "narrowed"};

/// Of an engine whose answers and documents are more than permissions can say, where these are the same: what the SUBSCRIBE is answered, and what
/// the transformations, as they are written, take away.
inline constexpr std::string_view kResponse = "response";
inline constexpr std::string_view kTransformations = "transformations";

/// One permission with the values that it has on both sides (diff/shown.h).
struct Item {
  std::string permission;  ///< its key in the contract's `permissions`, or one of the two above
  std::string before;
  std::string after;
  Tendency tendency = Tendency::widened;
  friend auto operator<=>(const Item&, const Item&) = default;
};

struct ChangeGroup {
  std::vector<std::uint32_t> watchers;  ///< numbers in Comparison::affected, ascending
  std::vector<Item> items;              ///< by permission and values
  Circumstances when;
  policy::Request witness;  ///< of the first watcher, where both sides decide as the items say
  semantics::Decision before;
  semantics::Decision after;
  /// What gives the permissions on each side, in some of these states; told by an example, in that one.
  std::vector<policy::RuleRef> old_rules;
  std::vector<policy::RuleRef> new_rules;
  [[nodiscard]] Tendency tendency() const;
};

/// How much is looked at before circumstances are told by an example only: counted, so that the result is the same everywhere.
inline constexpr std::uint64_t kGroupingBudget = 20'000'000;

/// One side: a policy, and how it is decided.
struct AskedPolicy {
  const policy::Policy& policy;
  semantics::Options how;
};
struct GroupedDifferences {
  std::vector<ChangeGroup> groups;
  /// Watchers, by number, whose kinds of states were too many to look at all, or may not be all: what is told of them are examples, and there may be more.
  std::vector<std::uint32_t> by_examples;
};
/// What the second side gives otherwise than the first, to these watchers, as group_changes() tells it. The sides may be decided as different
/// engines do.
[[nodiscard]] GroupedDifferences group_differences(const AskedPolicy& first, const AskedPolicy& second, std::span<const Affected> watchers, Workers& workers,
                                                         std::uint64_t budget = kGroupingBudget);

/// Every affected watcher is in a group; what widens comes first, what narrows last. Throws diag::InternalError when the evaluator, asked in
/// every kind of state, does not see a change that the comparison has found.
[[nodiscard]] std::vector<ChangeGroup> group_changes(const policy::Policy& old_policy, const policy::Policy& new_policy, const Comparison& comparison,
                                                     const Options& options, Workers& workers, std::uint64_t budget = kGroupingBudget);

}  // namespace presproof::diff
