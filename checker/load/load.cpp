#include "load/load.h"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/lexical.h"
#include "semantics/filter.h"

namespace presproof::load {
namespace {

using policy::RuleRef;
using policy::SubHandling;
using semantics::Decision;

template <class Condition, class Visit>
void each_condition(const policy::Policy& policy, Visit visit) {
  for (const auto& document : policy.documents)
    for (const auto& rule : document.rules)
      for (const auto& condition : rule.conditions)
        if (const auto* found = std::get_if<Condition>(&condition)) visit(*found);
}

/// The next moments at which a period begins or ends.
std::vector<Instant> moments_after(const policy::Policy& policy, Instant now) {
  std::set<Instant> moments;
  each_condition<policy::ValidityCondition>(policy, [&](const policy::ValidityCondition& validity) {
    for (const auto& pair : validity.pairs)
      for (const auto& end : {pair.from, pair.until})
        if (end && now < *end) moments.insert(*end);
  });
  std::vector<Instant> next(moments.begin(), moments.end());
  if (next.size() > kMomentsLookedAt) next.resize(kMomentsLookedAt);
  return next;
}

std::vector<std::string> spheres_of(const policy::Policy& policy) {
  std::map<std::string, std::string> spheres;
  each_condition<policy::SphereCondition>(policy, [&](const policy::SphereCondition& sphere) {
    for (const auto& token : sphere.tokens) spheres.emplace(to_lower_ascii(token), token);
  });
  std::vector<std::string> tokens;
  for (const auto& [key, token] : spheres)
    if (tokens.size() < kMomentsLookedAt) tokens.push_back(token);
  return tokens;
}

class Estimate {
 public:
  Estimate(const policy::Policy& policy, const std::vector<policy::Watcher>& watchers, const Options& options)
      : policy_(policy), watchers_(watchers), options_(options), evaluator_(policy, options.how), changed_by_(policy.documents.size()) {
    for (std::size_t i = 0; i < policy.documents.size(); ++i) changed_by_[i].resize(policy.documents[i].rules.size());
  }

  Load make() {
    load_.watchers = watchers_.size();
    now_ = decided(options_.state);
    count_answers();
    load_.notifies_per_s = load_.filters_per_s = options_.publish_per_s * static_cast<double>(load_.answers.active);
    measure_bodies();
    policy::State before = options_.state;
    std::vector<Decision> decisions = now_;
    for (const Instant moment : moments_after(policy_, options_.state.time)) {
      policy::State after = before;
      after.time = moment;
      auto then = decided(after);
      add_burst(fmt::format("at {}", to_rfc3339(moment)), decisions, then);
      decisions = std::move(then);
      before = after;
    }
    for (const auto& sphere : spheres_of(policy_)) {
      policy::State after = options_.state;
      after.sphere = sphere;
      add_burst(fmt::format("when the sphere becomes {}", sphere), now_, decided(after));
    }
    add_hazards();
    return std::move(load_);
  }

 private:
  [[nodiscard]] std::vector<Decision> decided(const policy::State& state) const {
    std::vector<Decision> decisions;
    decisions.reserve(watchers_.size());
    for (const auto& watcher : watchers_) decisions.push_back(evaluator_.decide({watcher, state}));
    return decisions;
  }
  [[nodiscard]] bool is_active(const Decision& decision) const {
    return options_.how.usage == policy::Usage::geolocation ? !decision.matched.empty() : decision.permissions.sub_handling == SubHandling::allow;
  }

  void count_answers() {
    for (const Decision& decision : now_) {
      if (options_.how.usage == policy::Usage::geolocation) {
        ++(decision.matched.empty() ? load_.answers.refused : load_.answers.active);
        continue;
      }
      switch (decision.permissions.sub_handling) {
        case SubHandling::allow: ++load_.answers.active; break;
        case SubHandling::polite_block: ++load_.answers.politely_blocked; break;
        case SubHandling::confirm: ++load_.answers.pending; break;
        case SubHandling::block: ++load_.answers.refused; break;
      }
    }
  }

  /// Equal permissions have equal bodies, which are made once.
  void measure_bodies() {
    std::map<std::vector<RuleRef>, std::size_t> active_by_rules;
    std::map<std::vector<RuleRef>, const Decision*> one_of;
    for (const Decision& decision : now_) {
      if (!is_active(decision)) continue;
      ++active_by_rules[decision.matched];
      one_of.emplace(decision.matched, &decision);
    }
    std::vector<const semantics::Permissions*> different;
    std::size_t bytes = 0;
    for (const auto& [rules, decision] : one_of) {
      const bool known = std::any_of(different.begin(), different.end(), [&, &own = decision->permissions](const auto* each) { return *each == own; });
      if (!known && different.size() < kMostCompared) different.push_back(&decision->permissions);
      if (options_.document == nullptr) continue;
      const auto body = semantics::filter(*decision, *options_.document, options_.state, options_.how, {});
      if (body) bytes += active_by_rules[rules] * presence::write_document(*body).size();
    }
    load_.different_views = std::min(different.size() == kMostCompared ? one_of.size() : different.size(), one_of.size());
    if (options_.document != nullptr) load_.bytes_per_publication = bytes;
  }

  void add_burst(std::string what, const std::vector<Decision>& before, const std::vector<Decision>& after) {
    Burst burst{std::move(what), 0, 0, {}};
    std::set<RuleRef> rules;
    for (std::size_t i = 0; i < before.size(); ++i) {
      const bool answers = before[i].response != after[i].response || before[i].subscription_state != after[i].subscription_state || is_active(before[i]) != is_active(after[i]);
      const bool views = !answers && is_active(after[i]) && before[i].permissions != after[i].permissions;
      if (!answers && !views) continue;
      ++(answers ? burst.answers : burst.views);
      std::vector<RuleRef> differ;
      std::set_symmetric_difference(before[i].matched.begin(), before[i].matched.end(), after[i].matched.begin(), after[i].matched.end(), std::back_inserter(differ));
      for (const RuleRef ref : differ) {
        rules.insert(ref);
        if (answers) changed_by_[ref.document][ref.rule].insert(static_cast<std::uint32_t>(i));
      }
    }
    burst.rules.assign(rules.begin(), rules.end());
    if (burst.answers + burst.views > 0) load_.bursts.push_back(std::move(burst));
  }

  void add_hazards() {
    const Decision unauthenticated = evaluator_.decide({{}, options_.state});
    const Decision anybody = evaluator_.decide({{{uri::parse("sip:someone@elsewhere.invalid")}}, options_.state});
    for (std::uint32_t document = 0; document < policy_.documents.size(); ++document) {
      for (std::uint32_t rule = 0; rule < policy_.documents[document].rules.size(); ++rule) add_hazards({document, rule}, unauthenticated, anybody);
    }
  }
  void add_hazards(RuleRef ref, const Decision& unauthenticated, const Decision& anybody) {
    const auto gives_answer = [&](const Decision& decision) {
      const auto found = decision.granted_by.find("sub-handling");
      return found != decision.granted_by.end() && std::find(found->second.begin(), found->second.end(), ref) != found->second.end();
    };
    const auto count = [&](auto concerned) { return static_cast<std::size_t>(std::count_if(now_.begin(), now_.end(), concerned)); };
    const auto here = [&](const Decision& decision) { return gives_answer(decision); };
    if (gives_answer(unauthenticated)) load_.hazards.push_back({ref, Hazard::Kind::accepts_unauthenticated, count(here)});
    else if (gives_answer(anybody)) load_.hazards.push_back({ref, Hazard::Kind::accepts_anybody, count(here)});
    const auto pending = [&](const Decision& decision) { return decision.permissions.sub_handling == SubHandling::confirm && gives_answer(decision); };
    const auto& permissions = rule_at(policy_, ref).permissions;
    const bool confirms = std::any_of(permissions.begin(), permissions.end(), [](const auto& each) { const auto* value = std::get_if<SubHandling>(&each.what); return value != nullptr && *value == SubHandling::confirm; });
    if (const std::size_t waiting = confirms ? count(pending) : 0; waiting > 0) load_.hazards.push_back({ref, Hazard::Kind::leaves_pending, waiting});
    if (const std::size_t changed = changed_by_[ref.document][ref.rule].size(); changed > 0) load_.hazards.push_back({ref, Hazard::Kind::changes_answers, changed});
  }

  /// Sets of permissions that are compared one with the other; beyond it, sets of rules are counted.
  static constexpr std::size_t kMostCompared = 2000;

  const policy::Policy& policy_;
  const std::vector<policy::Watcher>& watchers_;
  const Options& options_;
  semantics::Evaluator evaluator_;
  std::vector<Decision> now_;
  std::vector<std::vector<std::set<std::uint32_t>>> changed_by_;  ///< for each rule the watchers whose answers it changes
  Load load_;
};

}  // namespace

Load load_of(const policy::Policy& policy, const std::vector<policy::Watcher>& watchers, const Options& options) { return Estimate(policy, watchers, options).make(); }

}  // namespace presproof::load
