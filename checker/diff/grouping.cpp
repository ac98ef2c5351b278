#include "diff/grouping.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "claims/claim.h"
#include "diag/error.h"
#include "diff/shown.h"
#include "semantics/evaluator.h"
#include "semantics/identity_index.h"
#include "semantics/text_identity.h"
#include "semantics/match.h"
#include "smt/likely_states.h"
#include "smt/view.h"

namespace presproof::diff {
namespace {

using enumerate::RuleMask;
using policy::RuleRef;

/// However many kinds of watchers there are, each may have so much looked at.
constexpr std::uint64_t kLeastBudget = 1'000;
constexpr std::size_t kKindsInPiece = 64;
constexpr std::size_t kRulesOfExamples = 64;

/// One policy, asked by watcher.
class AskedSide {
 public:
  explicit AskedSide(const AskedPolicy& asked)
      : policy_(asked.policy), evaluator_(asked.policy, asked.how), context_{asked.policy, asked.how.usage, asked.how.readings}, index_(asked.how.readings) {
    for (std::uint32_t document = 0; document < policy_.documents.size(); ++document) {
      for (std::uint32_t rule = 0; rule < policy_.documents[document].rules.size(); ++rule) {
        index_.add(policy_.documents[document].rules[rule], static_cast<std::uint32_t>(refs_.size()));
        refs_.push_back({document, rule});
      }
    }
  }

  /// The rules whose conditions on the watcher hold, and none that can never hold.
  [[nodiscard]] std::vector<RuleRef> rules_for(const policy::Watcher& watcher) const {
    std::vector<RuleRef> rules;
    const engine::Profile& profile = *evaluator_.options().profile;
    // Whom an engine refuses no rule reaches, not even one for everybody.
    if (profile.identity != engine::IdentityTest::uri_equivalence && !semantics::text_watcher(watcher, profile).watcher) return rules;
    for (const std::uint32_t number : is_indexed() ? index_.candidates(watcher) : all()) {
      const auto& conditions = rule_at(policy_, refs_[number]).conditions;
      if (std::all_of(conditions.begin(), conditions.end(), [&](const policy::Condition& condition) {
            const bool of_watcher = semantics::is_identity(condition) || std::holds_alternative<policy::UnknownCondition>(condition);
            return !of_watcher || semantics::holds(condition, {watcher, {}}, evaluator_.options());
          })) {
        rules.push_back(refs_[number]);
      }
    }
    return rules;
  }

  /// Whether all rules that match decide, and identities are what the RFCs compare.
  [[nodiscard]] bool is_indexed() const { return evaluator_.options().profile->combining == engine::Combining::all_matching_rules; }
  [[nodiscard]] const policy::Policy& policy() const { return policy_; }
  [[nodiscard]] const semantics::Evaluator& evaluator() const { return evaluator_; }
  [[nodiscard]] const claims::ClaimContext& context() const { return context_; }

 private:
  [[nodiscard]] std::vector<std::uint32_t> all() const {
    std::vector<std::uint32_t> numbers(refs_.size());
    std::iota(numbers.begin(), numbers.end(), 0U);
    return numbers;
  }

  const policy::Policy& policy_;
  semantics::Evaluator evaluator_;
  claims::ClaimContext context_;
  semantics::IdentityIndex index_;
  std::vector<RuleRef> refs_;
};

/// The rules of one kind of watcher.
struct Kind {
  std::vector<RuleRef> old_rules;
  std::vector<RuleRef> new_rules;
  bool authenticated = true;
  friend auto operator<=>(const Kind&, const Kind&) = default;
};

/// Items that are in the same states.
struct Part {
  std::vector<Item> items;
  Circumstances when;
  policy::State state;  ///< one of these
  std::vector<RuleRef> old_rules = {};  ///< what gives the items there
  std::vector<RuleRef> new_rules = {};
};

/// Items of one decision on each side.
std::vector<Item> items_of(const std::vector<smt::Observation>& observations, const semantics::Decision& before, const semantics::Decision& after,
                           const claims::ClaimContext& old_context, const claims::ClaimContext& new_context) {
  const bool both_allow = [&] {
    property::Formula<property::ClaimAtom> allow;
    allow.atom = property::Handling{property::Comparison::at_least, policy::SubHandling::allow};
    return claims::claim_holds(allow, before, old_context) && claims::claim_holds(allow, after, new_context);
  }();
  std::map<std::tuple<std::string, std::string, std::string>, std::pair<bool, bool>> found;  ///< whether something is gained, and lost
  for (const smt::Observation& observation : observations) {
    if (observation.among_allowed && !both_allow) continue;
    const bool is_before = is_observed(observation, before, old_context);
    if (is_before == is_observed(observation, after, new_context)) continue;
    auto& [gained, lost] =
        found[{std::string(observation.permission), value_shown(observation, before, old_context), value_shown(observation, after, new_context)}];
    (is_before ? lost : gained) = true;
  }
  std::vector<Item> items;
  for (const auto& [key, way] : found) {
    const auto& [permission, from, to] = key;
    items.push_back({permission, from, to, way.first && way.second ? Tendency::both : way.first ? Tendency::widened : Tendency::narrowed});
  }
  return items;
}

class Grouping {
 public:
  /// `changes`: what was found otherwise, and has to be seen.
  Grouping(const AskedPolicy& first, const AskedPolicy& second, std::span<const Affected> watchers, std::span<const Change> changes, std::uint64_t budget)
      : watchers_(watchers), changes_(changes), how_(second.how), old_(first), new_(second), all_observations_(observations_of_all()), budget_(budget) {}

  GroupedDifferences group(Workers& workers) {
    const auto all = watchers_;
    std::map<Kind, std::uint32_t> numbers;
    std::vector<std::pair<const Kind*, const Affected*>> kinds;  ///< with the first watcher of each
    std::vector<std::uint32_t> number_of;
    for (const Affected& affected : all) {
      const auto [place, is_new] = numbers.try_emplace({old_.rules_for(affected.watcher), new_.rules_for(affected.watcher), affected.watcher.authenticated()}, kinds.size());
      if (is_new) kinds.emplace_back(&place->first, &affected);
      number_of.push_back(place->second);
    }
    // Each has a budget of its own, so that nothing depends on the number of threads.
    const enumerate::Budget budget(std::max<std::uint64_t>(budget_ / std::max<std::size_t>(kinds.size(), 1), kLeastBudget));
    std::vector<std::optional<std::vector<Part>>> decisions(kinds.size());
    (void)workers.run((kinds.size() + kKindsInPiece - 1) / kKindsInPiece, [&](std::size_t piece) {
      enumerate::Arrangements arrangements;
      for (std::size_t i = piece * kKindsInPiece; i < std::min((piece + 1) * kKindsInPiece, kinds.size()); ++i) {
        decisions[i] = decided(*kinds[i].first, *kinds[i].second, arrangements, budget);
      }
      return false;
    });
    GroupedDifferences result;
    for (std::uint32_t number = 0; number < all.size(); ++number) {
      const auto& parts = decisions[number_of[number]];
      if (parts) check_all_seen(all[number], *parts);
      else result.by_examples.push_back(number);
      for (const Part& part : parts ? *parts : examples(*kinds[number_of[number]].first, all[number])) add(number, part);
    }
    result.groups = sorted();
    return result;
  }

 private:
  static std::vector<const policy::Rule*> pointers(const AskedSide& side, const std::vector<RuleRef>& rules) {
    std::vector<const policy::Rule*> result;
    for (const RuleRef ref : rules) result.push_back(&rule_at(side.policy(), ref));
    return result;
  }
  [[nodiscard]] std::vector<smt::Observation> observations(const Kind& kind) const {
    auto rules = pointers(old_, kind.old_rules);
    const auto more = pointers(new_, kind.new_rules);
    rules.insert(rules.end(), more.begin(), more.end());
    auto observations = smt::observations_of(rules, how_.usage, how_.readings);
    const bool all_attributes = std::any_of(rules.begin(), rules.end(), [](const policy::Rule* rule) {
      return std::any_of(rule->permissions.begin(), rule->permissions.end(), [](const auto& each) { return std::holds_alternative<policy::ProvideAllAttributes>(each.what); });
    });
    if (!all_attributes) return observations;
    // RFC 5025 section 3.3.2.15: these rules give the attributes, too, that others name.
    for (const smt::Observation& other : all_observations_) {
      const bool known = std::any_of(observations.begin(), observations.end(), [&](const auto& each) { return each.permission == other.permission && each.what == other.what; });
      if (!known && is_of_attribute(other)) observations.push_back(other);
    }
    return observations;
  }
  static bool is_of_attribute(const smt::Observation& observation) {
    const auto* claim = std::get_if<property::ClaimAtom>(&observation.what);
    return claim != nullptr && (std::holds_alternative<property::AttributeShown>(*claim) || std::holds_alternative<property::UserInputShown>(*claim) ||
                                std::holds_alternative<property::UnknownAttributeShown>(*claim));
  }
  /// What any rule could make a difference to.
  [[nodiscard]] std::vector<smt::Observation> observations_of_all() const {
    std::vector<const policy::Rule*> rules;
    for (const policy::Policy* policy : {&old_.policy(), &new_.policy()})
      for (const policy::RuleSet& document : policy->documents)
        for (const policy::Rule& rule : document.rules) rules.push_back(&rule);
    return smt::observations_of(rules, how_.usage, how_.readings);
  }

  /// What the evaluator says in every kind of state; nothing when that is too much, or when a kind may be missing.
  std::optional<std::vector<Part>> decided(const Kind& kind, const Affected& affected, enumerate::Arrangements& arrangements, enumerate::Budget budget) const {
    const auto old_rules = pointers(old_, kind.old_rules);
    const auto new_rules = pointers(new_, kind.new_rules);
    const enumerate::RulesAs sides[] = {{old_rules, old_.evaluator().options()}, {new_rules, new_.evaluator().options()}};
    const auto cells = enumerate::CellFinder(sides, anything_, arrangements, budget).find();
    if (!cells || !cells->certain) return std::nullopt;
    const std::size_t states = cells->times.size() * cells->spheres.size() * cells->locations.size();
    if (!budget.spend(states)) return std::nullopt;
    const auto seen = observations(kind);
    std::map<RuleMask, std::vector<Item>> by_rules;  // the same rules give the same
    std::map<Item, Held> holding;
    std::size_t state = 0;
    for (const auto& time : cells->times) {
      for (const auto& sphere : cells->spheres) {
        for (const auto& location : cells->locations) {
          const RuleMask matching = time.rules.both(sphere.rules).both(location.rules);
          const auto [place, is_new] = by_rules.try_emplace(matching);
          if (is_new) {
            if (!budget.spend(seen.size() + old_rules.size() + new_rules.size())) return std::nullopt;
            place->second = items_at(kind, matching, seen, {affected.watcher, {time.value, sphere.value, location.value}}, holding);
          }
          for (const Item& item : place->second) {
            auto& bits = holding[item].states;
            bits.resize(states);
            bits[state] = true;
          }
          ++state;
        }
      }
    }
    return parts_of(holding, *cells, sides);
  }

  /// In which states an item is seen, and what gives it there, on each side.
  struct Held {
    std::vector<bool> states;
    std::set<RuleRef> old_rules;
    std::set<RuleRef> new_rules;
  };

  std::vector<Item> items_at(const Kind& kind, const RuleMask& matching, const std::vector<smt::Observation>& seen, const policy::Request& request,
                             std::map<Item, Held>& holding) const {
    const auto before = old_.evaluator().decide(request);
    const auto after = new_.evaluator().decide(request);
    if (!old_.is_indexed() || !new_.is_indexed()) {
      auto items = items_of(seen, before, after, old_.context(), new_.context());
      if (items.empty() && same_engine()) items = beyond_permissions(before, after);
      add_rules_behind(holding, items, before, after);
      return items;
    }
    std::vector<RuleRef> expected[2];
    const std::size_t old_count = kind.old_rules.size();
    for (std::size_t i = 0; i < old_count + kind.new_rules.size(); ++i) {
      if (matching.contains(i)) expected[i < old_count ? 0 : 1].push_back(i < old_count ? kind.old_rules[i] : kind.new_rules[i - old_count]);
    }
    if (before.matched != expected[0] || after.matched != expected[1]) {
      throw diag::InternalError("the evaluator matches other rules than those that have all their conditions met");
    }
    auto items = items_of(seen, before, after, old_.context(), new_.context());
    add_rules_behind(holding, items, before, after);
    return items;
  }
  static void add_rules_behind(std::map<Item, Held>& holding, const std::vector<Item>& items, const semantics::Decision& before, const semantics::Decision& after) {
    for (const Item& item : items) {
      add_rules_behind(holding[item].old_rules, item, before);
      add_rules_behind(holding[item].new_rules, item, after);
    }
  }

  static std::vector<Item> beyond_permissions(const semantics::Decision& before, const semantics::Decision& after) {
    const auto answer = [](const semantics::Decision& decision) {
      return decision.response ? fmt::format("{} {}, {}", decision.response->code, decision.response->reason, decision.subscription_state) : std::string("none");
    };
    if (answer(before) != answer(after)) return {{std::string(kResponse), answer(before), answer(after), Tendency::both}};
    const bool both_show = before.permissions.sub_handling == policy::SubHandling::allow && after.permissions.sub_handling == policy::SubHandling::allow;
    if (both_show && before.transformations != after.transformations) return {{std::string(kTransformations), "as written before", "as written now", Tendency::both}};
    return {};
  }
  [[nodiscard]] bool same_engine() const { return old_.evaluator().options().profile == new_.evaluator().options().profile; }

  static std::vector<Part> parts_of(const std::map<Item, Held>& holding, const enumerate::Cells& cells,
                                    std::span<const enumerate::RulesAs> sides) {
    const Teller teller(cells, sides);
    std::map<std::vector<bool>, std::vector<Item>> alike;
    for (const auto& [item, held] : holding) alike[held.states].push_back(item);
    std::vector<Part> parts;
    for (auto& [bits, items] : alike) {
      const auto first = static_cast<std::size_t>(std::find(bits.begin(), bits.end(), true) - bits.begin());
      std::set<RuleRef> old_rules;
      std::set<RuleRef> new_rules;
      for (const Item& item : items) {
        const Held& held = holding.at(item);
        old_rules.insert(held.old_rules.begin(), held.old_rules.end());
        new_rules.insert(held.new_rules.begin(), held.new_rules.end());
      }
      parts.push_back({items, teller.circumstances_of(bits), teller.state(first), {old_rules.begin(), old_rules.end()}, {new_rules.begin(), new_rules.end()}});
    }
    return parts;
  }

  /// Two translations have to agree: what the solver found is among what was seen in all kinds of states.
  void check_all_seen(const Affected& affected, const std::vector<Part>& parts) const {
    std::set<std::pair<std::string, std::string>> seen;
    for (const Part& part : parts) {
      for (const Item& item : part.items) seen.emplace(item.permission, detail_of(item.before, item.after));
    }
    for (const Affected::Seen& each : affected.seen) {
      const Change& change = changes_[each.change];
      if (!seen.contains({change.permission, change.detail})) {
        throw diag::InternalError(fmt::format("a change of `{}` is in no kind of state", change.permission));
      }
    }
  }

  /// In which the comparison found something; where there was none, those in which rules are likely to match.
  [[nodiscard]] std::vector<policy::State> example_states(const Kind& kind, const Affected& affected) const {
    std::vector<policy::State> states;
    const auto add = [&](const policy::State& state) {
      if (std::find(states.begin(), states.end(), state) == states.end()) states.push_back(state);
    };
    for (const Affected::Seen& each : affected.seen) add(each.state);
    if (!states.empty()) return states;
    add({kUsualInstant, {}, {}});
    auto rules = pointers(old_, kind.old_rules);
    const auto more = pointers(new_, kind.new_rules);
    rules.insert(rules.end(), more.begin(), more.end());
    for (std::size_t i = 0; i < std::min(rules.size(), kRulesOfExamples); ++i) {
      for (const policy::State& state : smt::likely_states(*rules[i], rules)) add(state);
    }
    return states;
  }

  /// What these states show.
  [[nodiscard]] std::vector<Part> examples(const Kind& kind, const Affected& affected) const {
    const auto seen = observations(kind);
    std::vector<Part> parts;
    std::set<Item> known;
    for (const policy::State& state : example_states(kind, affected)) {
      const policy::Request request{affected.watcher, state};
      Part part{{}, {}, state};
      for (Item& item : items_of(seen, old_.evaluator().decide(request), new_.evaluator().decide(request), old_.context(), new_.context())) {
        if (known.insert(item).second) part.items.push_back(std::move(item));
      }
      if (part.items.empty()) continue;
      find_rules_behind(part, affected.watcher);
      parts.push_back(std::move(part));
    }
    return parts;
  }

  void add(std::uint32_t number, const Part& part) {
    auto& alike = groups_[{part.items, part.old_rules, part.new_rules}];
    // Told by an example, it has to be one of everybody in the group.
    const auto same = std::find_if(alike.begin(), alike.end(), [&](const ChangeGroup& group) { return group.when == part.when && (part.when.exact() || group.witness.state == part.state); });
    if (same != alike.end()) {
      same->watchers.push_back(number);
      return;
    }
    const policy::Request request{watchers_[number].watcher, part.state};
    alike.push_back({{number}, part.items, part.when, request, old_.evaluator().decide(request), new_.evaluator().decide(request), part.old_rules, part.new_rules});
  }

  static void add_rules_behind(std::set<RuleRef>& rules, const Item& item, const semantics::Decision& decision) {
    if (item.permission == kResponse || item.permission == kTransformations) rules.insert(decision.matched.begin(), decision.matched.end());
    const auto found = decision.granted_by.find(item.permission);
    if (found != decision.granted_by.end()) rules.insert(found->second.begin(), found->second.end());
  }
  static std::vector<RuleRef> rules_behind(const std::vector<Item>& items, const semantics::Decision& decision) {
    std::set<RuleRef> rules;
    for (const Item& item : items) add_rules_behind(rules, item, decision);
    return {rules.begin(), rules.end()};
  }

  void find_rules_behind(Part& part, const policy::Watcher& watcher) const {
    const policy::Request request{watcher, part.state};
    part.old_rules = rules_behind(part.items, old_.evaluator().decide(request));
    part.new_rules = rules_behind(part.items, new_.evaluator().decide(request));
  }

  std::vector<ChangeGroup> sorted() {
    std::vector<ChangeGroup> groups;
    for (auto& [key, alike] : groups_) {
      for (ChangeGroup& group : alike) groups.push_back(std::move(group));
    }
    const auto key = [](const ChangeGroup& group) { return std::tuple(group.tendency(), group.watchers.front()); };
    std::stable_sort(groups.begin(), groups.end(), [&](const ChangeGroup& a, const ChangeGroup& b) { return key(a) < key(b); });
    return groups;
  }

  std::span<const Affected> watchers_;
  std::span<const Change> changes_;
  semantics::Options how_;
  AskedSide old_;
  AskedSide new_;
  std::vector<smt::Observation> all_observations_;
  std::uint64_t budget_;
  const property::Property anything_;  ///< without a guard
  std::map<std::tuple<std::vector<Item>, std::vector<RuleRef>, std::vector<RuleRef>>, std::vector<ChangeGroup>> groups_;
};

}  // namespace

Tendency ChangeGroup::tendency() const {
  const auto is = [](Tendency tendency) { return [tendency](const Item& item) { return item.tendency == tendency; }; };
  if (std::all_of(items.begin(), items.end(), is(Tendency::widened))) return Tendency::widened;
  return std::all_of(items.begin(), items.end(), is(Tendency::narrowed)) ? Tendency::narrowed : Tendency::both;
}

std::vector<ChangeGroup> group_changes(const policy::Policy& old_policy, const policy::Policy& new_policy, const Comparison& comparison,
                                       const Options& options, Workers& workers, std::uint64_t budget) {
  const semantics::Options how{options.usage, options.profile, options.readings};
  return Grouping({old_policy, how}, {new_policy, how}, comparison.affected, comparison.changes, budget).group(workers).groups;
}

GroupedDifferences group_differences(const AskedPolicy& first, const AskedPolicy& second, std::span<const Affected> watchers, Workers& workers, std::uint64_t budget) {
  return Grouping(first, second, watchers, {}, budget).group(workers);
}

}  // namespace presproof::diff
