#include "diff/compare.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <tuple>

#include <fmt/format.h>

#include "base/overloaded.h"
#include "base/workers.h"
#include "diag/error.h"
#include "diff/grouping.h"
#include "diff/shown.h"
#include "semantics/evaluator.h"
#include "smt/difference.h"
#include "smt/seen_partition.h"

namespace presproof::diff {
namespace {

/// One policy with its reference evaluator.
class Side {
 public:
  Side(const policy::Policy& policy, const Options& options)
      : context_{policy, options.usage, options.readings}, evaluator_(policy, {options.usage, options.profile, options.readings}) {}

  [[nodiscard]] semantics::Decision decide(const policy::Request& request) const { return evaluator_.decide(request); }
  [[nodiscard]] const claims::ClaimContext& context() const { return context_; }

 private:
  claims::ClaimContext context_;
  semantics::Evaluator evaluator_;
};

std::vector<policy::RuleRef> rules_giving(std::string_view permission, const semantics::Decision& decision) {
  const auto found = decision.granted_by.find(permission);
  return found == decision.granted_by.end() ? std::vector<policy::RuleRef>() : found->second;
}

smt::Limits limits_of(const Options& options) {
  smt::Limits limits;
  limits.rlimit = options.rlimit;
  if (options.timeout_s > 0) {
    limits.deadline = std::chrono::steady_clock::now() +
                      std::chrono::duration_cast<std::chrono::steady_clock::duration>(std::chrono::duration<double>(options.timeout_s));
  }
  return limits;
}

std::vector<std::uint32_t> groups_of(const smt::WatcherClass& watcher, const smt::Partition& partition, const Options& options) {
  std::vector<std::uint32_t> numbers;
  for (std::uint32_t group = 0; group < options.groups.size(); ++group)
    if (partition.contains(*options.groups[group], watcher)) numbers.push_back(group);
  return numbers;
}

/// Gathers replayed differences into changes.
class Changes {
 public:
  Changes(const policy::Policy& old_policy, const policy::Policy& new_policy, const Options& options)
      : old_(old_policy, options), new_(new_policy, options) {}

  void add(const smt::Observation& observation, const smt::Difference& difference) {
    decide(difference.request);
    const semantics::Decision& before = before_;
    const semantics::Decision& after = after_;
    if (is_observed(observation, before, old_.context()) != !difference.gained || is_observed(observation, after, new_.context()) != difference.gained) {
      throw diag::InternalError(fmt::format("a difference in `{}` does not replay", observation.permission));
    }
    std::string detail = detail_of(value_shown(observation, before, old_.context()), value_shown(observation, after, new_.context()));
    Found& found = found_[{std::string(observation.permission), difference.gained ? Direction::gained : Direction::lost, std::move(detail)}];
    const bool first = found.watchers.empty() || difference.watcher < found.watchers.begin()->first;
    found.watchers.emplace(difference.watcher, difference.request);
    if (!first) return;
    found.change.witness = difference.request;
    found.change.old_rules = rules_giving(observation.permission, before);
    found.change.new_rules = rules_giving(observation.permission, after);
    found.change.before = before;
    found.change.after = after;
  }

  /// Fills in what was found, and whom it concerns.
  void put_into(Comparison& result, const smt::Partition& partition, const Options& options) {
    std::vector<Found> all;
    for (auto& [key, found] : found_) {
      std::tie(found.change.permission, found.change.direction, found.change.detail) = key;
      all.push_back(std::move(found));
    }
    const auto key = [](const Found& found) {
      return std::tie(found.change.permission, found.change.direction, found.watchers.begin()->first, found.change.detail);
    };
    std::sort(all.begin(), all.end(), [&](const Found& a, const Found& b) { return key(a) < key(b); });
    std::map<std::uint32_t, Affected> affected;
    for (Found& found : all) {
      Change& change = found.change;
      change.kind = kind_of(partition.classes()[found.watchers.begin()->first]);
      change.watcher_count = found.watchers.size();
      for (const auto& [number, request] : found.watchers) {
        if (change.watchers.size() < kWatchersListed) change.watchers.push_back(request.watcher);
        const WatcherKind kind = kind_of(partition.classes()[number]);
        change.unnamed_count += kind != WatcherKind::named ? 1 : 0;
        Affected& one = affected[number];
        one.watcher = request.watcher;
        one.kind = kind;
        one.seen.push_back({static_cast<std::uint32_t>(result.changes.size()), request.state});
      }
      result.changes.push_back(std::move(change));
    }
    for (auto& [number, one] : affected) {
      one.groups = groups_of(partition.classes()[number], partition, options);
      result.affected.push_back(std::move(one));
    }
  }

 private:
  struct Found {
    std::map<std::uint32_t, policy::Request> watchers;  ///< by number of the class
    Change change;
  };

  /// One state shows many differences, of one watcher after the other.
  void decide(const policy::Request& request) {
    if (decided_ && *decided_ == request) return;
    before_ = old_.decide(request);
    after_ = new_.decide(request);
    decided_ = request;
  }

  Side old_;
  Side new_;
  std::optional<policy::Request> decided_;
  semantics::Decision before_;
  semantics::Decision after_;
  std::map<std::tuple<std::string, Direction, std::string>, Found> found_;
};

/// Properties without claims, so that their groups' members are watchers of their own.
property::Properties told_apart(const Options& options) {
  property::Properties result{{}, options.persons, options.groups};
  for (const auto& group : options.groups) {
    result.properties.emplace_back();
    result.properties.back().group = group;
  }
  return result;
}

policy::Policy both_of(const policy::Policy& old_policy, const policy::Policy& new_policy) {
  policy::Policy both = old_policy;
  both.documents.insert(both.documents.end(), new_policy.documents.begin(), new_policy.documents.end());
  return both;
}

std::vector<std::size_t> group_sizes(const smt::Partition& partition, const Options& options) {
  std::vector<std::size_t> sizes;
  for (const auto& group : options.groups) {
    sizes.push_back(static_cast<std::size_t>(std::count_if(partition.classes().begin(), partition.classes().end(), [&](const auto& watcher) { return partition.contains(*group, watcher); })));
  }
  return sizes;
}

/// The evaluator's answers in every kind of state.
Comparison compare_by_states(const policy::Policy& old_policy, const policy::Policy& new_policy, const Options& options) {
  const policy::Policy both = both_of(old_policy, new_policy);
  const property::Properties watchers = told_apart(options);
  const smt::SeenPartition seen(both, watchers, *options.profile);
  const smt::Partition& partition = seen.partition;
  std::vector<Affected> classes;
  for (const smt::WatcherClass& watcher : partition.classes()) classes.push_back({watcher.watcher(), kind_of(watcher), groups_of(watcher, partition, options), {}});
  const semantics::Options how{options.usage, options.profile, options.readings};
  Workers workers(options.jobs);
  const auto found = group_differences({old_policy, how}, {new_policy, how}, classes, workers);

  Comparison result;
  result.classes = classes.size();
  result.group_sizes = group_sizes(partition, options);
  if (!partition.complete()) result.reason = "not every watcher was considered: domains or URIs are named in too many ways";
  if (!found.by_examples.empty()) result.reason = fmt::format("of {} kinds of watchers not every state was considered: their rules tell too many apart", found.by_examples.size());
  std::map<std::tuple<std::string, Direction, std::string>, std::map<std::uint32_t, const ChangeGroup*>> changes;
  for (const ChangeGroup& group : found.groups) {
    for (const Item& item : group.items) {
      for (const Direction direction : {Direction::gained, Direction::lost}) {
        if (item.tendency == (direction == Direction::gained ? Tendency::narrowed : Tendency::widened)) continue;
        auto& concerned = changes[{item.permission, direction, detail_of(item.before, item.after)}];
        for (const std::uint32_t watcher : group.watchers) concerned.emplace(watcher, &group);
      }
    }
  }
  std::map<std::uint32_t, std::uint32_t> places;  ///< of classes among those affected
  for (const ChangeGroup& group : found.groups)
    for (const std::uint32_t watcher : group.watchers) places.emplace(watcher, 0);
  for (auto& [watcher, place] : places) {
    place = static_cast<std::uint32_t>(result.affected.size());
    result.affected.push_back(classes[watcher]);
  }
  std::vector<std::pair<std::tuple<std::string, Direction, std::uint32_t, std::string>, const std::map<std::uint32_t, const ChangeGroup*>*>> sorted;
  for (const auto& [key, concerned] : changes) sorted.push_back({{std::get<0>(key), std::get<1>(key), concerned.begin()->first, std::get<2>(key)}, &concerned});
  std::sort(sorted.begin(), sorted.end());
  const semantics::Evaluator old_side(old_policy, how);
  const semantics::Evaluator new_side(new_policy, how);
  for (const auto& [key, concerned] : sorted) {
    const auto number = static_cast<std::uint32_t>(result.changes.size());
    Change change;
    change.permission = std::get<0>(key);
    change.direction = std::get<1>(key);
    change.detail = std::get<3>(key);
    const auto& [first, group] = *concerned->begin();
    change.kind = classes[first].kind;
    change.watcher_count = concerned->size();
    change.witness = {classes[first].watcher, group->witness.state};
    change.before = old_side.decide(change.witness);
    change.after = new_side.decide(change.witness);
    change.old_rules = rules_giving(change.permission, change.before);
    change.new_rules = rules_giving(change.permission, change.after);
    for (const auto& [watcher, of] : *concerned) {
      if (change.watchers.size() < kWatchersListed) change.watchers.push_back(classes[watcher].watcher);
      change.unnamed_count += classes[watcher].kind != WatcherKind::named ? 1 : 0;
      result.affected[places[watcher]].seen.push_back({number, of->witness.state});
    }
    result.changes.push_back(std::move(change));
  }
  if (!result.changes.empty()) result.verdict = Verdict::different;
  else if (result.reason.empty()) result.verdict = Verdict::equivalent;
  return result;
}

/// Whether the encoder of differences (smt/difference.h) knows how the engine decides.
bool is_encoded(const engine::Profile& profile) {
  return profile.combining == engine::Combining::all_matching_rules && profile.identity == engine::IdentityTest::uri_equivalence;
}

Comparison compare(const policy::Policy& old_policy, const policy::Policy& new_policy, const Options& options, bool all) {
  if (!is_encoded(*options.profile)) return compare_by_states(old_policy, new_policy, options);
  const policy::Policy both = both_of(old_policy, new_policy);
  const engine::Profile& profile = *options.profile;
  const property::Properties watchers = told_apart(options);
  smt::PolicyDifference difference(both, old_policy.documents.size(), watchers, options.usage, profile, options.readings, limits_of(options));
  std::optional<Changes> changes;
  Comparison result;
  for (bool more = true; more;) {
    more = std::visit(Overloaded{
                          [&](const smt::Differences& found) {
                            if (!changes) changes.emplace(old_policy, new_policy, options);
                            for (const smt::Difference& each : found) changes->add(difference.observations()[each.observation], each);
                            result.verdict = Verdict::different;
                            return all;
                          },
                          [&](const smt::Nothing&) {
                            if (!changes && result.reason.empty()) result.verdict = Verdict::equivalent;
                            return false;
                          },
                          [&](const smt::Undecided& undecided) {
                            const bool same = result.reason == undecided.reason;
                            result.reason = undecided.reason;
                            return all && !same;
                          },
                      },
                      difference.next());
  }
  const smt::Partition& partition = difference.partition();
  result.classes = partition.classes().size();
  result.group_sizes = group_sizes(partition, options);
  if (changes) changes->put_into(result, partition, options);
  return result;
}

}  // namespace

WatcherKind kind_of(const smt::WatcherClass& watcher) {
  if (!watcher.authenticated()) return WatcherKind::unauthenticated;
  if (!watcher.identities.front().names.empty()) return WatcherKind::named;
  return watcher.domain ? WatcherKind::of_domain : WatcherKind::stranger;
}

Comparison compare(const policy::Policy& old_policy, const policy::Policy& new_policy, const Options& options) {
  return compare(old_policy, new_policy, options, true);
}

Comparison first_difference(const policy::Policy& old_policy, const policy::Policy& new_policy, const Options& options) {
  return compare(old_policy, new_policy, options, false);
}

}  // namespace presproof::diff
