#include "compare/compare.h"

#include <algorithm>
#include <iterator>

#include "compare/because.h"
#include "smt/text_identities.h"

namespace presproof::compare {
namespace {

/// What an engine makes of identities, as the RFCs would write it.
smt::TextIdentities identities_of(const policy::Policy& policy, const engine::Profile& profile, const property::Properties& properties) {
  if (profile.identity != engine::IdentityTest::uri_equivalence) return smt::with_text_identities(policy, properties, profile.identity);
  return {policy, true, {}};
}

bool shows_more(const diff::ChangeGroup& group) {
  return std::any_of(group.items.begin(), group.items.end(), [](const diff::Item& item) { return item.permission != "sub-handling" && item.tendency != diff::Tendency::narrowed; });
}

}  // namespace

bool Difference::discloses_more() const { return shows_more(group); }

EngineComparison compare(const policy::Policy& rfc, const policy::Policy& other, const engine::Profile& profile, const engine::Readings& readings, const property::Properties& properties,
                         Workers& workers, std::uint64_t budget) {
  EngineComparison result;
  // One partition for both readings of the rules.
  auto seen = identities_of(other, profile, properties);
  policy::Policy both = rfc;
  both.documents.insert(both.documents.end(), seen.policy.documents.begin(), seen.policy.documents.end());
  smt::PartitionOptions options;
  options.others = seen.others;
  const smt::Partition partition(both, properties, options);
  result.complete = seen.complete && partition.complete();
  for (const smt::WatcherClass& watcher : partition.classes()) result.watchers.push_back({watcher.watcher(), diff::kind_of(watcher), {}, {}});

  const semantics::Options by_rfc{policy::Usage::presence, &engine::rfc(), readings};
  const semantics::Options by_other{policy::Usage::presence, &profile, readings};
  const semantics::Evaluator rfc_evaluator(rfc, by_rfc);
  const semantics::Evaluator other_evaluator(other, by_other);
  auto found = diff::group_differences({rfc, by_rfc}, {other, by_other}, result.watchers, workers, budget);
  result.by_examples = std::move(found.by_examples);
  for (const diff::ChangeGroup& group : found.groups) {
    // The same may happen to two watchers by different departures.
    std::vector<Difference> apart;
    for (const std::uint32_t watcher : group.watchers) {
      // That somebody gets less who is written otherwise than in the rules says nothing of the rules.
      if (partition.classes()[watcher].spelt_otherwise && !shows_more(group)) continue;
      const policy::Request request{result.watchers[watcher].watcher, group.witness.state};
      const auto because = departures_behind(request, rfc_evaluator, other_evaluator);
      const auto known = std::find_if(apart.begin(), apart.end(), [&](const Difference& each) { return each.because == because; });
      if (known != apart.end()) {
        known->group.watchers.push_back(watcher);
        continue;
      }
      Difference difference{group, because};
      difference.group.watchers = {watcher};
      difference.group.witness = request;
      difference.group.before = rfc_evaluator.decide(request);
      difference.group.after = other_evaluator.decide(request);
      apart.push_back(std::move(difference));
    }
    std::move(apart.begin(), apart.end(), std::back_inserter(result.differences));
  }
  std::stable_partition(result.differences.begin(), result.differences.end(), [](const Difference& each) { return each.discloses_more(); });
  return result;
}

}  // namespace presproof::compare
