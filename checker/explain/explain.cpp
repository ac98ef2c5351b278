#include "explain/explain.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "explain/map.h"
#include "explain/near_misses.h"
#include "explain/timeline.h"
#include "explain/views.h"
#include "semantics/combine.h"
#include "smt/seen_partition.h"
#include "verify/verify.h"

namespace presproof::explain {
namespace {

using policy::RuleRef;

/// Properties without claims, so that their groups' members are watchers of their own.
property::Properties told_apart(const Options& options) {
  property::Properties result{{}, options.persons, options.groups};
  for (const auto& group : options.groups) {
    result.properties.emplace_back();
    result.properties.back().group = group;
  }
  return result;
}

bool adds_up(const Options& options) { return options.profile->combining == engine::Combining::all_matching_rules; }

/// Which rules never match, or change nothing, where all that match add up.
verify::RuleFacts facts_of(const policy::Policy& policy, const Options& options) {
  if (!adds_up(options)) return {};
  verify::Options how;
  how.usage = options.usage;
  how.profile = options.profile;
  how.timeout_s = 0;  // the deterministic limit decides, so that the words do not depend on the machine
  how.rlimit = options.rlimit;
  return verify::rule_facts(policy, how);
}

/// What an engine does where no rule matches is written nowhere.
bool is_written(const policy::Policy& policy, RuleRef ref) {
  const policy::Rule& rule = rule_at(policy, ref);
  return rule.outcome == policy::Outcome::gives || rule.span.known();
}

/// `deciding`: all that may decide something.
std::vector<RuleView> rule_views(const policy::Policy& policy, const Options& options, const Views& views, const std::set<RuleRef>& deciding, Workers& workers) {
  const auto facts = facts_of(policy, options);
  std::vector<RuleRef> refs;
  for (std::uint32_t document = 0; document < policy.documents.size(); ++document) {
    for (std::uint32_t rule = 0; rule < policy.documents[document].rules.size(); ++rule) {
      if (is_written(policy, {document, rule})) refs.push_back({document, rule});
    }
  }
  auto when = views.when(refs, workers);
  std::vector<RuleView> rules;
  for (std::size_t i = 0; i < refs.size(); ++i) {
    const bool never = adds_up(options) ? std::binary_search(facts.never_match.begin(), facts.never_match.end(), refs[i]) : !deciding.contains(refs[i]);
    rules.push_back({refs[i], never ? diff::Circumstances() : std::move(when[i]), never, std::nullopt});
  }
  for (const auto& redundant : facts.redundant) {
    const auto place = std::lower_bound(refs.begin(), refs.end(), redundant.rule);
    rules[static_cast<std::size_t>(place - refs.begin())].redundant_because = redundant.covered_by;
  }
  return rules;
}

/// Puts what views say into rows, by the permissions that somebody gets. The rules that may decide something.
std::set<RuleRef> fill_rows(Explanation& explanation, const smt::Partition& partition, const Options& options, const Views& views, Workers& workers) {
  const NearMisses near_misses(*explanation.policy);
  const bool empty_identity = options.readings.empty_identity_is_unauthenticated();
  std::set<std::string_view> somebody_gets;
  explanation.complete = partition.complete();
  std::vector<std::vector<RuleRef>> rules_of_rows;  ///< those that are written nowhere, too
  std::vector<smt::Refusal> refusals;
  for (const smt::WatcherClass& watcher : partition.classes()) {
    Row row;
    row.watcher = watcher.watcher();
    row.kind = diff::kind_of(watcher);
    for (std::uint32_t group = 0; group < options.groups.size(); ++group)
      if (partition.contains(*options.groups[group], watcher)) row.groups.push_back(group);
    auto& rules = rules_of_rows.emplace_back();
    refusals.push_back(watcher.refusal);
    if (watcher.refusal == smt::Refusal::none)
      for (const smt::RuleNumber rule : partition.rules_of(watcher, empty_identity)) rules.push_back(partition.rules().ref(rule));
    std::copy_if(rules.begin(), rules.end(), std::back_inserter(row.rules), [&](RuleRef ref) { return is_written(*explanation.policy, ref); });
    row.near_misses = near_misses.of(row.watcher, row.rules);
    explanation.rows.push_back(std::move(row));
  }
  std::vector<Views::Asked> asked;
  for (std::size_t i = 0; i < explanation.rows.size(); ++i) asked.push_back({&explanation.rows[i].watcher, &rules_of_rows[i], refusals[i]});
  const auto seen = views.of(asked, workers);
  for (const auto& view : seen)
    for (const auto& [permission, entries] : view->entries) somebody_gets.insert(permission);
  for (const std::string_view name : semantics::permission_names())
    if (somebody_gets.contains(name)) explanation.columns.emplace_back(name);
  std::set<RuleRef> deciding;
  explanation.blocks = !explanation.complete;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    Row& row = explanation.rows[i];
    row.complete = seen[i]->complete;
    explanation.blocks = explanation.blocks || seen[i]->blocked || !row.complete;
    deciding.insert(seen[i]->deciding.begin(), seen[i]->deciding.end());
    if (!row.complete) deciding.insert(row.rules.begin(), row.rules.end());
    for (const std::string& column : explanation.columns) {
      const auto found = seen[i]->entries.find(column);
      row.cells.push_back(found == seen[i]->entries.end() ? std::vector<Entry>() : found->second);
    }
  }
  return deciding;
}

}  // namespace

Explanation explain(const policy::Policy& policy, const Options& options, Workers& workers) {
  Explanation explanation;
  explanation.policy = &policy;
  explanation.usage = options.usage;
  explanation.profile = options.profile;
  explanation.readings = options.readings;
  for (const auto& group : options.groups) explanation.groups.push_back(group->name);
  const Views views(policy, options);
  const property::Properties watchers = told_apart(options);
  const smt::SeenPartition seen(policy, watchers, *options.profile);
  const auto deciding = fill_rows(explanation, seen.partition, options, views, workers);
  explanation.rules = rule_views(policy, options, views, deciding, workers);
  explanation.timeline = timeline_of(policy, explanation.rows);
  if (options.place) explanation.map = map_of(explanation, options, *options.place);
  return explanation;
}

}  // namespace presproof::explain
