#include "suite/draft.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "report/words.h"
#include "smt/likely_states.h"
#include "suite/coverage.h"

namespace presproof::suite {
namespace {

/// Where nothing in particular is the case.
policy::State plain_state() { return {*parse_rfc3339("2026-06-01T12:00:00Z"), std::nullopt, {}}; }

/// Requests that may be worth a case: each kind of watcher in a plain state, where it sees something, and where its rules match.
std::vector<policy::Request> candidates(const Subject& subject, const explain::Explanation& explanation) {
  std::vector<policy::Request> requests;
  // An engine may answer two differently for whom it has no rule.
  std::set<std::pair<std::vector<policy::RuleRef>, std::vector<std::string>>> known;
  for (const auto& row : explanation.rows) {
    std::vector<std::string> values;
    for (const auto& cell : row.cells)
      for (const auto& entry : cell) values.push_back(entry.value);
    if (!known.emplace(row.rules, std::move(values)).second) continue;
    requests.push_back({row.watcher, plain_state()});
    for (const auto& cell : row.cells)
      for (const auto& entry : cell) requests.push_back({row.watcher, entry.state});
    for (const policy::RuleRef rule : row.rules)
      for (const auto& state : smt::likely_states(rule_at(*subject.policy, rule), {})) requests.push_back({row.watcher, state});
  }
  return requests;
}

/// `sip:bob@example.com in sphere work: friends, colleagues`.
std::string name_of(const policy::Request& request, const policy::Policy& policy, const semantics::Decision& decision) {
  std::string name = request.watcher.authenticated() ? request.watcher.identities.front().text : "unauthenticated";
  if (request.state.sphere) name += " in sphere " + *request.state.sphere;
  if (request.state.location.geodetic || request.state.location.civic) name += " somewhere in particular";
  std::string rules;
  for (const auto rule : decision.matched) rules += (rules.empty() ? "" : ", ") + rule_at(policy, rule).id;
  return fmt::format("{}: {}", name, rules.empty() ? "no rule" : rules);
}

void make_names_different(std::vector<Case>& cases) {
  std::set<std::string> known;
  for (Case& one : cases) {
    const std::string base = one.name;
    for (int i = 2; !known.insert(one.name).second; ++i) one.name = fmt::format("{} ({})", base, i);
  }
}

}  // namespace

std::vector<Case> draft_cases(const Subject& subject, const explain::Explanation& explanation, bool kill, double timeout_s) {
  const semantics::Evaluator evaluator(*subject.policy, subject.how);
  Coverage coverage = goals_of(subject, explanation);
  std::vector<Case> cases;
  const auto add = [&](const policy::Request& request) { cases.push_back(case_of(name_of(request, *subject.policy, evaluator.decide(request)), request, subject)); };
  for (const auto& request : candidates(subject, explanation))
    if (cover(coverage, request, subject, evaluator) > 0) add(request);
  // Each survivor brings the case that kills it, and that may kill others.
  for (bool more = kill; more;) {
    more = false;
    for (auto& judged : judge(cases, subject, timeout_s)) {
      if (judged.fate != Fate::survived || !judged.killer) continue;
      // Another survivor's case may have done it already.
      Subject mutated = subject;
      policy::Policy changed = *subject.policy;
      judged.mutant.apply(changed);
      mutated.policy = &changed;
      if (some_case_fails(cases, mutated)) continue;
      judged.killer->name = name_of(judged.killer->request, *subject.policy, evaluator.decide(judged.killer->request));
      cases.push_back(std::move(*judged.killer));
      more = true;
    }
  }
  make_names_different(cases);
  return cases;
}

}  // namespace presproof::suite
