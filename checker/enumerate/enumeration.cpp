#include "enumerate/enumeration.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "claims/claim.h"
#include "claims/scope.h"
#include "diag/error.h"
#include "enumerate/cells.h"
#include "semantics/evaluator.h"
#include "semantics/identity_index.h"
#include "semantics/match.h"

namespace presproof::enumerate {

struct Enumeration::Asked {
  semantics::Evaluator evaluator;
  std::vector<policy::RuleRef> refs;  ///< by number
  semantics::IdentityIndex index;

  Asked(const policy::Policy& policy, const semantics::Options& options) : evaluator(policy, options), index(options.readings) {
    for (std::uint32_t document = 0; document < policy.documents.size(); ++document) {
      for (std::uint32_t rule = 0; rule < policy.documents[document].rules.size(); ++rule) {
        const policy::RuleRef ref{document, rule};
        index.add(rule_at(policy, ref), static_cast<std::uint32_t>(refs.size()));
        refs.push_back(ref);
      }
    }
  }

  /// The rules whose conditions on the watcher hold, and none that can never hold.
  [[nodiscard]] std::vector<policy::RuleRef> rules_for(const policy::Watcher& watcher) const {
    const semantics::Options& options = evaluator.options();
    std::vector<policy::RuleRef> rules;
    for (const std::uint32_t number : index.candidates(watcher)) {
      const auto& conditions = rule_at(evaluator.policy(), refs[number]).conditions;
      if (std::all_of(conditions.begin(), conditions.end(), [&](const policy::Condition& condition) {
            const bool of_watcher = semantics::is_identity(condition) || std::holds_alternative<policy::UnknownCondition>(condition);
            return !of_watcher || semantics::holds(condition, {watcher, {}}, options);
          })) {
        rules.push_back(refs[number]);
      }
    }
    return rules;
  }
};

/// Watchers that the same rules are for.
struct Enumeration::Kind {
  std::vector<policy::RuleRef> rules;
  policy::Watcher watcher;  ///< one of them
};

Enumeration::Enumeration(const policy::Policy& policy, const property::Properties& properties, policy::Usage usage,
                         const engine::Profile& profile, std::uint64_t budget)
    : policy_(policy), usage_(usage), profile_(profile), budget_(budget), watchers_(representative_watchers(policy, properties)) {}
Enumeration::~Enumeration() = default;

Enumeration::Asked& Enumeration::under(const engine::Readings& readings) {
  auto& asked = asked_[readings];
  if (!asked) asked = std::make_unique<Asked>(policy_, semantics::Options{usage_, &profile_, readings});
  return *asked;
}

struct Enumeration::Question {
  const property::Property& property;
  Goal goal;
  const Asked& asked;
  Arrangements& arrangements;
  Budget& budget;
  bool certain = true;

  [[nodiscard]] bool claim_holds(const Kind& kind, const RuleMask& matching, const policy::Request& request) const {
    const semantics::Options& options = asked.evaluator.options();
    const semantics::Decision decision = asked.evaluator.decide(request);
    std::vector<policy::RuleRef> expected;
    for (std::size_t i = 0; i < kind.rules.size(); ++i) {
      if (matching.contains(i)) expected.push_back(kind.rules[i]);
    }
    if (decision.matched != expected) {
      throw diag::InternalError(fmt::format("the evaluator matches {} rules where {} have all their conditions met (property `{}`)",
                                            decision.matched.size(), expected.size(), property.name));
    }
    return claims::claim_holds(property.claim, decision, {asked.evaluator.policy(), options.usage, options.readings});
  }

  /// A request of such a watcher that reaches the goal; nothing, too, when the budget ends.
  std::optional<policy::Request> look(const Kind& kind) {
    std::vector<const policy::Rule*> rules;
    for (const policy::RuleRef ref : kind.rules) rules.push_back(&rule_at(asked.evaluator.policy(), ref));
    const RulesAs sides[] = {{rules, asked.evaluator.options()}};
    const auto cells = CellFinder(sides, property, arrangements, budget).find();
    if (!cells) return std::nullopt;
    certain = certain && cells->certain;
    // The same rules give the same permissions, so the evaluator is asked once for each set of rules that can match together.
    std::map<RuleMask, bool> claimed;
    for (const auto& time : cells->times) {
      for (const auto& sphere : cells->spheres) {
        const RuleMask now = time.rules.both(sphere.rules);
        if (!budget.spend(cells->locations.size())) return std::nullopt;
        for (const auto& location : cells->locations) {
          const policy::Request request{kind.watcher, {time.value, sphere.value, location.value}};
          if (!claims::guard_holds(property, request)) continue;
          if (goal == Goal::guard) return request;
          const auto [known, is_new] = claimed.try_emplace(now.both(location.rules), false);
          if (is_new) {
            if (!budget.spend(1 + kind.rules.size())) return std::nullopt;
            known->second = claim_holds(kind, known->first, request);
          }
          if (known->second == (goal == Goal::claim)) return request;
        }
      }
    }
    return std::nullopt;
  }
};

Answer Enumeration::decide(const property::Property& property, Goal goal, const engine::Readings& readings) {
  Budget budget(budget_);
  const Asked& asked = under(readings);
  Question question{property, goal, asked, arrangements_, budget};
  bool empty_group = true;
  // Watchers with the same rules, and as far as the guard can tell alike, are looked at once.
  std::set<std::pair<std::vector<policy::RuleRef>, bool>> seen;
  for (const policy::Watcher& watcher : watchers_.all) {
    if (!claims::in_group(*property.group, watcher)) continue;
    empty_group = false;
    Kind kind{{}, watcher};
    if (goal != Goal::guard) kind.rules = asked.rules_for(watcher);  // a guard does not ask the rules
    if (!budget.spend(1 + kind.rules.size())) break;
    if (!seen.emplace(kind.rules, watcher.authenticated()).second) continue;
    if (auto found = question.look(kind)) return Found{std::move(*found)};
  }
  if (budget.exhausted()) return GaveUp{fmt::format("there is more to look at than {} conditions and states", budget.units())};
  if (!question.certain) return GaveUp{"the rims of circles touch, or come too close to each other to tell the faces between them"};
  if (!watchers_.complete) return GaveUp{"URIs or persons are named with so many parameters or identities that not every watcher was considered"};
  return Nothing{empty_group};
}

}  // namespace presproof::enumerate
