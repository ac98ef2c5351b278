#include "suite/coverage.h"

#include <algorithm>
#include <set>

#include "diff/shown.h"
#include "semantics/match.h"

namespace presproof::suite {
namespace {

using policy::RuleRef;

/// Whether the condition holds for somebody at some time and place: tried are the values that it names.
bool can_hold(const policy::Condition& condition, const semantics::Options& how) {
  std::vector<policy::Request> requests(1);
  if (const auto* identity = std::get_if<policy::IdentityCondition>(&condition)) {
    for (const auto& matcher : identity->matchers) {
      if (const auto* one = std::get_if<policy::One>(&matcher)) requests.push_back({{{one->id}}, {}});
      if (const auto* many = std::get_if<policy::Many>(&matcher)) requests.push_back({{{uri::parse("sip:someone@" + (many->domain ? many->domain->ascii.value_or("") : "elsewhere.invalid"))}}, {}});
    }
  }
  if (const auto* sphere = std::get_if<policy::SphereCondition>(&condition))
    for (const auto& token : sphere->tokens) requests.push_back({{}, {{}, token, {}}});
  if (const auto* validity = std::get_if<policy::ValidityCondition>(&condition))
    for (const auto& pair : validity->pairs)
      if (pair.from) requests.push_back({{}, {*pair.from, {}, {}}});
  if (const auto* location = std::get_if<policy::LocationCondition>(&condition)) {
    for (const auto& alternative : location->locations) {
      if (const auto* circle = std::get_if<geo::Circle>(&alternative.where)) requests.push_back({{}, {{}, {}, {circle->center, {}}}});
      if (const auto* civic = std::get_if<policy::CivicLocation>(&alternative.where)) requests.push_back({{}, {{}, {}, {{}, civic->fields}}});
    }
  }
  return std::any_of(requests.begin(), requests.end(), [&](const auto& request) { return semantics::holds(condition, request, how); });
}

/// Whether it fails for somebody: the unauthenticated, an undefined sphere, an unknown place, and the ends of periods.
bool can_fail(const policy::Condition& condition, const semantics::Options& how) {
  std::vector<policy::Request> requests(1);
  requests.push_back({{}, {kFirstInstant, {}, {}}});
  requests.push_back({{{uri::parse("sip:someone@elsewhere.invalid")}}, {}});
  if (const auto* validity = std::get_if<policy::ValidityCondition>(&condition))
    for (const auto& pair : validity->pairs)
      if (pair.until) requests.push_back({{}, {*pair.until, {}, {}}});
  return std::any_of(requests.begin(), requests.end(), [&](const auto& request) { return !semantics::holds(condition, request, how); });
}

/// Whether a permission discloses something, and so can be exercised.
bool discloses(const policy::Permission& permission) {
  policy::Rule alone;
  alone.permissions = {permission};
  const auto none = report::permissions_json(semantics::Permissions{});
  policy::Policy policy{{{"", {alone}, true}}};
  return report::permissions_json(semantics::Evaluator(policy, {}).decide({}).permissions) != none;
}

}  // namespace

std::size_t Coverage::possible(Goal::Kind kind) const {
  return static_cast<std::size_t>(std::count_if(goals.begin(), goals.end(), [&](const Goal& goal) { return goal.kind == kind && goal.possible; }));
}
std::size_t Coverage::covered(Goal::Kind kind) const {
  return static_cast<std::size_t>(std::count_if(goals.begin(), goals.end(), [&](const Goal& goal) { return goal.kind == kind && goal.possible && goal.covered; }));
}
double Coverage::percent() const {
  std::size_t all = 0;
  std::size_t done = 0;
  for (const Goal& goal : goals) {
    all += goal.possible ? 1 : 0;
    done += goal.possible && goal.covered ? 1 : 0;
  }
  return all == 0 ? 100 : 100.0 * static_cast<double>(done) / static_cast<double>(all);
}

Coverage goals_of(const Subject& subject, const explain::Explanation& explanation) {
  Coverage coverage;
  const auto add = [&](Goal::Kind kind, RuleRef rule, std::size_t number, bool possible) { coverage.goals.push_back({kind, rule, number, {}, false, possible}); };
  std::set<RuleRef> answering;  ///< rules that decide somebody's answer
  std::set<RuleRef> showing;    ///< rules that show somebody something
  std::set<std::string> outcomes;
  if (explanation.blocks) outcomes.insert("block");
  const auto handling = std::find(explanation.columns.begin(), explanation.columns.end(), "sub-handling");
  for (const auto& row : explanation.rows) {
    for (std::size_t column = 0; column < row.cells.size(); ++column)
      for (const auto& entry : row.cells[column]) (explanation.columns[column] == "sub-handling" ? answering : showing).insert(entry.rules.begin(), entry.rules.end());
    if (handling == explanation.columns.end()) continue;
    for (const auto& entry : row.cells[static_cast<std::size_t>(handling - explanation.columns.begin())]) outcomes.insert(entry.value);
  }
  for (const auto& view : explanation.rules) add(Goal::Kind::rule, view.rule, 0, !view.never);
  for (const auto& view : explanation.rules) {
    const auto& conditions = rule_at(*subject.policy, view.rule).conditions;
    for (std::size_t i = 0; i < conditions.size(); ++i) {
      add(Goal::Kind::condition_true, view.rule, i, can_hold(conditions[i], subject.how));
      add(Goal::Kind::condition_false, view.rule, i, can_fail(conditions[i], subject.how));
    }
  }
  if (subject.how.usage == policy::Usage::presence)
    for (const auto& outcome : outcomes) coverage.goals.push_back({Goal::Kind::outcome, {}, 0, outcome, false, true});
  for (const auto& view : explanation.rules) {
    const auto& permissions = rule_at(*subject.policy, view.rule).permissions;
    for (std::size_t i = 0; i < permissions.size(); ++i)
      if (discloses(permissions[i])) {
        const bool is_answer = std::holds_alternative<policy::SubHandling>(permissions[i].what);
        add(Goal::Kind::disclosure, view.rule, i, !view.never && (is_answer ? answering : showing).contains(view.rule));
      }
  }
  return coverage;
}

std::size_t cover(Coverage& coverage, const policy::Request& request, const Subject& subject, const semantics::Evaluator& evaluator) {
  const auto decision = evaluator.decide(request);
  const auto matches = [&](RuleRef rule) { return std::binary_search(decision.matched.begin(), decision.matched.end(), rule); };
  std::size_t fresh = 0;
  for (Goal& goal : coverage.goals) {
    if (goal.covered || !goal.possible) continue;
    switch (goal.kind) {
      case Goal::Kind::rule: goal.covered = matches(goal.rule); break;
      case Goal::Kind::condition_true:
      case Goal::Kind::condition_false:
        goal.covered = semantics::holds(rule_at(*subject.policy, goal.rule).conditions[goal.number], request, subject.how) == (goal.kind == Goal::Kind::condition_true);
        break;
      case Goal::Kind::outcome: goal.covered = policy::to_string(decision.permissions.sub_handling) == goal.outcome; break;
      case Goal::Kind::disclosure: {
        const bool is_answer = std::holds_alternative<policy::SubHandling>(rule_at(*subject.policy, goal.rule).permissions[goal.number].what);
        const bool is_seen = is_answer || subject.how.usage == policy::Usage::geolocation || decision.permissions.sub_handling == policy::SubHandling::allow;
        goal.covered = is_seen && matches(goal.rule);
        break;
      }
    }
    fresh += goal.covered ? 1 : 0;
  }
  return fresh;
}

}  // namespace presproof::suite
