#include "diff/compare.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <tuple>

#include <fmt/format.h>

#include "base/overloaded.h"
#include "diag/error.h"
#include "diff/shown.h"
#include "semantics/evaluator.h"
#include "smt/difference.h"

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
  void put_into(Comparison& result, const smt::Partition& partition, std::span<const std::shared_ptr<const property::Group>> groups) {
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
      for (std::uint32_t group = 0; group < groups.size(); ++group) {
        if (partition.contains(*groups[group], partition.classes()[number])) one.groups.push_back(group);
      }
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

Comparison compare(const policy::Policy& old_policy, const policy::Policy& new_policy, const Options& options, bool all) {
  policy::Policy both = old_policy;
  both.documents.insert(both.documents.end(), new_policy.documents.begin(), new_policy.documents.end());
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
  for (const auto& group : options.groups) {
    result.group_sizes.push_back(static_cast<std::size_t>(std::count_if(partition.classes().begin(), partition.classes().end(),
                                                                        [&](const auto& watcher) { return partition.contains(*group, watcher); })));
  }
  if (changes) changes->put_into(result, partition, options.groups);
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
