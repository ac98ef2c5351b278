#include "explain/reasons.h"

#include <algorithm>
#include <array>
#include <set>

#include "claims/claim.h"
#include "diff/shown.h"
#include "explain/near_misses.h"
#include "explain/views.h"
#include "semantics/combine.h"
#include "semantics/evaluator.h"
#include "semantics/match.h"

namespace presproof::explain {
namespace {

using policy::Rule;
using policy::RuleRef;

/// Rules that are tried, those with the fewest failing conditions first: that grant, that allow, that show a component.
constexpr std::size_t kMostGiving = 64;
constexpr std::size_t kMostPartners = 16;
constexpr std::size_t kMostWays = 8;

class Question {
 public:
  Question(const policy::Policy& policy, const Options& options, const policy::Request& request, std::string_view permission)
      : policy_(policy), options_(options), how_{options.usage, options.profile, options.readings}, evaluator_(policy, how_), context_{policy, options.usage, options.readings}, request_(request), permission_(permission) {
    for (std::uint32_t document = 0; document < policy.documents.size(); ++document)
      for (std::uint32_t rule = 0; rule < policy.documents[document].rules.size(); ++rule) refs_.push_back({document, rule});
  }

  Reasons answer() {
    Reasons reasons;
    reasons.request = request_;
    reasons.decision = evaluator_.decide(request_);
    reasons.permission = permission_;
    matched_ = reasons.decision.matched;
    reasons.near_misses = NearMisses(policy_).of(request_.watcher, matched_);
    for (const RuleRef ref : refs_) {
      if (std::binary_search(matched_.begin(), matched_.end(), ref)) continue;
      auto failing = failing_of(ref);
      const bool is_for_them = std::none_of(failing.begin(), failing.end(), [&](const Failing& each) { return semantics::is_identity(condition_at(each)); });
      if (is_for_them && !failing.empty()) reasons.unmatched.push_back({ref, std::move(failing)});
      else if (is_for_them && rule_at(policy_, ref).outcome == policy::Outcome::gives) reasons.overruled.push_back(ref);
    }
    if (permission_.empty()) return reasons;
    find_candidates();
    reasons.granted_somewhere = !giving_.empty();
    reasons.given = is_shown(reasons.decision.permissions);
    if (reasons.given) {
      reasons.losses = losses();
      reasons.needed = needed();
    } else {
      reasons.ways = ways();
    }
    return reasons;
  }

 private:
  [[nodiscard]] const policy::Condition& condition_at(const Failing& failing) const { return rule_at(policy_, failing.rule).conditions[failing.condition]; }

  [[nodiscard]] std::vector<Failing> failing_of(RuleRef ref) const {
    std::vector<Failing> failing;
    const auto& conditions = rule_at(policy_, ref).conditions;
    for (std::size_t i = 0; i < conditions.size(); ++i)
      if (!semantics::holds(conditions[i], request_, how_)) failing.push_back({ref, i});
    return failing;
  }

  /// Whether combined permissions give what is asked for.
  [[nodiscard]] bool is_shown(const semantics::Permissions& permissions) const {
    if (permission_ == "sub-handling") return permissions.sub_handling == policy::SubHandling::allow;
    semantics::Decision decision;
    decision.permissions = permissions;
    decision.matched = matched_;
    return std::any_of(observations_.begin(), observations_.end(), [&](const smt::Observation& observation) { return diff::is_observed(observation, decision, context_); });
  }

  [[nodiscard]] bool adds_up() const { return options_.profile->combining == engine::Combining::all_matching_rules; }
  [[nodiscard]] semantics::Permissions combined(const std::vector<RuleRef>& rules) const {
    std::vector<const Rule*> pointers;
    for (const RuleRef ref : rules) pointers.push_back(&rule_at(policy_, ref));
    return semantics::combine(pointers, how_);
  }

  /// Sorted by how many of their conditions fail, and cut.
  void keep_likeliest(std::vector<RuleRef>& rules, std::size_t most) const {
    std::stable_sort(rules.begin(), rules.end(), [&](RuleRef a, RuleRef b) { return failing_of(a).size() < failing_of(b).size(); });
    if (rules.size() > most) rules.resize(most);
  }

  void find_candidates() {
    std::vector<const Rule*> giving_rules;
    for (const RuleRef ref : refs_) {
      const auto alone = combined({ref});
      const auto granted = semantics::granted_by(alone, policy_, std::array{ref}, how_);
      const bool macro = alone.all_attributes || (permission_ == "provide-location" && !alone.unknown_attributes.empty());
      const bool gives = permission_ == "sub-handling" ? alone.sub_handling == policy::SubHandling::allow : granted.contains(permission_) || macro;
      if (gives) {
        giving_.push_back(ref);
        giving_rules.push_back(&rule_at(policy_, ref));
      }
      if (alone.sub_handling == policy::SubHandling::allow) allowing_.push_back(ref);
      if (std::any_of(alone.components.begin(), alone.components.end(), [](const auto& component) { return component.any(); })) showing_.push_back(ref);
    }
    for (auto& observation : observations_of(giving_rules, options_))
      if (observation.permission == permission_) observations_.push_back(std::move(observation));
    keep_likeliest(giving_, kMostGiving);
    keep_likeliest(allowing_, kMostPartners);
    keep_likeliest(showing_, kMostPartners);
  }

  /// The rules of a set that do not match yet have to.
  void try_set(std::vector<RuleRef> rules) {
    std::vector<RuleRef> all = matched_;
    all.insert(all.end(), rules.begin(), rules.end());
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    // Where not all that match add up, the evaluator is asked of each.
    if (adds_up() && !is_shown(combined(all))) return;
    std::set<Failing> failing;
    for (const RuleRef ref : rules)
      for (const Failing& each : failing_of(ref)) failing.insert(each);
    found_.insert({failing.begin(), failing.end()});
  }

  std::vector<Way> ways() {
    for (const RuleRef giving : giving_) {
      try_set({giving});
      for (const RuleRef allowing : allowing_) try_set({giving, allowing});
      for (const RuleRef showing : showing_) {
        try_set({giving, showing});
        for (const RuleRef allowing : allowing_) try_set({giving, showing, allowing});
      }
    }
    std::vector<std::vector<Failing>> sets(found_.begin(), found_.end());
    std::stable_sort(sets.begin(), sets.end(), [](const auto& a, const auto& b) { return a.size() < b.size(); });
    std::vector<Way> ways;
    for (const auto& failing : sets) {
      if (ways.size() == kMostWays) break;
      const bool more_than_needed = std::any_of(ways.begin(), ways.end(), [&](const Way& way) { return std::includes(failing.begin(), failing.end(), way.failing.begin(), way.failing.end()); });
      if (more_than_needed) continue;
      if (auto request = changed(failing)) ways.push_back({failing, std::move(*request)});
    }
    return ways;
  }

  /// Sets `chosen`, a part of the request, to the first of `values` for which the conditions of one kind hold; its own is the first of them.
  template <class Condition, class Value>
  bool choose(const std::vector<const policy::Condition*>& conditions, const std::vector<Value>& values, const policy::Request& request, Value& chosen) const {
    for (const Value& value : values) {
      chosen = value;
      const bool fits = std::all_of(conditions.begin(), conditions.end(), [&](const policy::Condition* condition) {
        return !std::holds_alternative<Condition>(*condition) || semantics::holds(*condition, request, how_);
      });
      if (fits) return true;
    }
    return false;
  }

  /// The request with as much changed as the failing conditions ask for; nothing when none was found in which the evaluator agrees.
  [[nodiscard]] std::optional<policy::Request> changed(const std::vector<Failing>& failing) const {
    std::vector<const policy::Condition*> conditions;
    std::set<RuleRef> rules;
    for (const Failing& each : failing) rules.insert(each.rule);
    for (const RuleRef ref : rules)
      for (const auto& condition : rule_at(policy_, ref).conditions) conditions.push_back(&condition);
    std::vector<policy::Watcher> watchers = {request_.watcher};
    std::vector<Instant> times = {request_.state.time};
    std::vector<std::optional<std::string>> spheres = {request_.state.sphere};
    std::vector<policy::TargetLocation> places = {request_.state.location};
    for (const policy::Condition* condition : conditions) {
      add_values(*condition, watchers);
      if (const auto* validity = std::get_if<policy::ValidityCondition>(condition))
        for (const auto& pair : validity->pairs)
          if (pair.from) times.push_back(*pair.from);
      if (const auto* sphere = std::get_if<policy::SphereCondition>(condition))
        for (const auto& token : sphere->tokens) spheres.emplace_back(token);
      if (const auto* location = std::get_if<policy::LocationCondition>(condition)) add_values(*location, places);
    }
    policy::Request request = request_;
    if (!choose<policy::IdentityCondition>(conditions, watchers, request, request.watcher) || !choose<policy::ValidityCondition>(conditions, times, request, request.state.time) ||
        !choose<policy::SphereCondition>(conditions, spheres, request, request.state.sphere) || !choose<policy::LocationCondition>(conditions, places, request, request.state.location))
      return std::nullopt;
    if (!is_shown(evaluator_.decide(request).permissions)) return std::nullopt;
    return request;
  }

  static void add_values(const policy::Condition& condition, std::vector<policy::Watcher>& watchers) {
    const auto* identity = std::get_if<policy::IdentityCondition>(&condition);
    if (identity == nullptr) return;
    for (const auto& matcher : identity->matchers) {
      if (const auto* one = std::get_if<policy::One>(&matcher)) watchers.push_back({{one->id}});
      const auto* many = std::get_if<policy::Many>(&matcher);
      if (many != nullptr) watchers.push_back({{uri::parse("sip:someone@" + (many->domain ? many->domain->ascii.value_or("invalid") : "elsewhere.example"))}});
    }
  }
  static void add_values(const policy::LocationCondition& condition, std::vector<policy::TargetLocation>& places) {
    for (const auto& alternative : condition.locations) {
      if (const auto* circle = std::get_if<geo::Circle>(&alternative.where)) places.push_back({circle->center, std::nullopt});
      if (const auto* civic = std::get_if<policy::CivicLocation>(&alternative.where)) places.push_back({std::nullopt, civic->fields});
    }
  }

  /// By what rules tell apart: the next end of a period, another sphere, an unknown place.
  std::vector<Loss> losses() const {
    std::vector<Loss> losses;
    const auto try_change = [&](Loss::Change change, policy::Request request) {
      if (!is_shown(evaluator_.decide(request).permissions)) losses.push_back({change, std::move(request)});
    };
    std::set<Instant> ends;
    for (const RuleRef ref : matched_) {
      for (const auto& condition : rule_at(policy_, ref).conditions) {
        const auto* validity = std::get_if<policy::ValidityCondition>(&condition);
        if (validity == nullptr) continue;
        for (const auto& pair : validity->pairs)
          if (pair.until && request_.state.time < *pair.until) ends.insert(*pair.until);
      }
    }
    for (const Instant end : ends) {
      policy::Request later = request_;
      later.state.time = end;
      const std::size_t before = losses.size();
      try_change(Loss::Change::time, later);
      if (losses.size() > before) break;
    }
    if (request_.state.sphere) {
      policy::Request elsewhere = request_;
      elsewhere.state.sphere.reset();
      try_change(Loss::Change::sphere, elsewhere);
    }
    if (request_.state.location != policy::TargetLocation{}) {
      policy::Request unknown = request_;
      unknown.state.location = {};
      try_change(Loss::Change::location, unknown);
    }
    return losses;
  }

  std::vector<RuleRef> needed() const {
    if (!adds_up()) return matched_;
    std::vector<RuleRef> needed;
    for (const RuleRef ref : matched_) {
      std::vector<RuleRef> rest = matched_;
      std::erase(rest, ref);
      if (!is_shown(combined(rest))) needed.push_back(ref);
    }
    return needed;
  }

  const policy::Policy& policy_;
  const Options& options_;
  semantics::Options how_;
  semantics::Evaluator evaluator_;
  claims::ClaimContext context_;
  policy::Request request_;
  std::string permission_;
  std::vector<RuleRef> refs_;
  std::vector<RuleRef> matched_;
  std::vector<RuleRef> giving_;
  std::vector<RuleRef> allowing_;
  std::vector<RuleRef> showing_;
  std::vector<smt::Observation> observations_;
  std::set<std::vector<Failing>> found_;
};

}  // namespace

Reasons reasons(const policy::Policy& policy, const Options& options, const policy::Request& request, std::string_view permission) {
  return Question(policy, options, request, permission).answer();
}

}  // namespace presproof::explain
