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
    semantics::Decision before = old_.decide(difference.request);
    semantics::Decision after = new_.decide(difference.request);
    if (is_observed(observation, before, old_.context()) != !difference.gained || is_observed(observation, after, new_.context()) != difference.gained) {
      throw diag::InternalError(fmt::format("a difference in `{}` does not replay", observation.permission));
    }
    std::string detail =
        fmt::format("{} -> {}", value_shown(observation, before, old_.context()), value_shown(observation, after, new_.context()));
    Found& found = found_[{std::string(observation.permission), difference.gained ? Direction::gained : Direction::lost, std::move(detail)}];
    const bool first = found.watchers.empty() || difference.watcher < found.watchers.begin()->first;
    const bool added = found.watchers.emplace(difference.watcher, difference.request.watcher).second;
    found.change.unnamed_count += added && !difference.named ? 1 : 0;
    if (!first) return;
    found.change.witness = difference.request;
    found.change.old_rules = rules_giving(observation.permission, before);
    found.change.new_rules = rules_giving(observation.permission, after);
    found.change.before = std::move(before);
    found.change.after = std::move(after);
  }

  [[nodiscard]] std::vector<Change> take() {
    std::vector<std::pair<std::uint32_t, Change>> changes;
    for (auto& [key, found] : found_) {
      Change& change = found.change;
      std::tie(change.permission, change.direction, change.detail) = key;
      change.watcher_count = found.watchers.size();
      for (const auto& [number, watcher] : found.watchers) {
        if (change.watchers.size() < kWatchersListed) change.watchers.push_back(watcher);
      }
      changes.emplace_back(found.watchers.begin()->first, std::move(change));
    }
    const auto key = [](const auto& entry) { return std::tie(entry.second.permission, entry.second.direction, entry.first, entry.second.detail); };
    std::sort(changes.begin(), changes.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); });
    std::vector<Change> result;
    for (auto& entry : changes) result.push_back(std::move(entry.second));
    return result;
  }

 private:
  struct Found {
    std::map<std::uint32_t, policy::Watcher> watchers;  ///< by number of the class
    Change change;
  };
  Side old_;
  Side new_;
  std::map<std::tuple<std::string, Direction, std::string>, Found> found_;
};

Comparison compare(const policy::Policy& old_policy, const policy::Policy& new_policy, const Options& options, bool all) {
  policy::Policy both = old_policy;
  both.documents.insert(both.documents.end(), new_policy.documents.begin(), new_policy.documents.end());
  const engine::Profile& profile = *options.profile;
  smt::PolicyDifference difference(both, old_policy.documents.size(), options.persons, options.usage, profile, options.readings, limits_of(options));
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
  if (changes) result.changes = changes->take();
  return result;
}

}  // namespace

Comparison compare(const policy::Policy& old_policy, const policy::Policy& new_policy, const Options& options) {
  return compare(old_policy, new_policy, options, true);
}

Comparison first_difference(const policy::Policy& old_policy, const policy::Policy& new_policy, const Options& options) {
  return compare(old_policy, new_policy, options, false);
}

}  // namespace presproof::diff
