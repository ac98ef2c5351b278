#include "repair/candidates.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/overloaded.h"
#include "repair/reductions.h"
#include "semantics/match.h"
#include "claims/scope.h"

namespace presproof::repair {
namespace {

using property::ClaimAtom;

/// An atom of the claim, and whether less or more of it is wanted.
struct Wish {
  const ClaimAtom* atom;
  bool less;
};

void collect(const property::Formula<ClaimAtom>& claim, bool less, std::vector<Wish>& wishes) {
  if (claim.op == property::Operator::atom) wishes.push_back({&claim.atom, less});
  const bool flips = claim.op == property::Operator::not_;
  for (const auto& operand : claim.operands) collect(operand, flips ? !less : less, wishes);
}

const ClaimAtom kPolitely = property::Handling{property::Comparison::at_least, policy::SubHandling::polite_block};

/// The members of a group that rules can name; nothing when it is not a set of URIs or a domain.
std::optional<Exclusion> nameable(const property::Group& group) {
  const auto left = [&](const std::vector<uri::Uri>& uris) {
    Exclusion members;
    for (const uri::Uri& uri : uris) {
      if (group.minus.empty() || claims::in_group(group, policy::Watcher{{uri}})) members.ids.push_back(uri);
    }
    return members.empty() ? std::nullopt : std::optional(std::move(members));
  };
  return std::visit(Overloaded{
                        [](const property::Everyone&) { return std::optional<Exclusion>(); },
                        [&](const property::Members& members) { return left(members.uris); },
                        [&](const property::PersonMembers& members) { return left(members.person.identities); },
                        [&](const property::DomainMembers& members) {
                          if (!members.except.empty() || !group.minus.empty() || !members.domain.ascii) return std::optional<Exclusion>();
                          return std::optional(Exclusion{{}, members.domain});
                        },
                        [&](const std::shared_ptr<const property::Group>& base) {
                          auto members = nameable(*base);
                          if (!members || group.minus.empty()) return members;
                          return members->domain ? std::nullopt : left(members->ids);
                        },
                    },
                    group.base);
}

/// A condition that a rule can have and that keeps it out of the property's guard; nothing when rules cannot say that.
std::optional<policy::Condition> outside_guard(const property::Property& property) {
  for (const auto& guard : property.guards) {
    // `when sphere is not "work"`: in work.
    if (guard.op != property::Operator::not_ || guard.operands.front().op != property::Operator::atom) continue;
    const auto* sphere = std::get_if<property::SphereIs>(&guard.operands.front().atom);
    if (sphere != nullptr && sphere->value) return policy::SphereCondition{{*sphere->value}, {}};
  }
  for (const property::Interval& interval : property.during) {
    policy::ValidityCondition validity;
    if (kFirstInstant < interval.from) validity.pairs.push_back({kFirstInstant, interval.from, {}});
    if (interval.until < kEndOfInstants) validity.pairs.push_back({interval.until, kEndOfInstants, {}});
    if (!validity.pairs.empty()) return validity;
  }
  return std::nullopt;
}

/// What rules can say of the guard itself, for a rule that is to hold where the property speaks, and not much beyond.
std::vector<policy::Condition> within_guard(const property::Property& property) {
  std::vector<policy::Condition> conditions;
  for (const auto& guard : property.guards) {
    const auto* sphere = guard.op == property::Operator::atom ? std::get_if<property::SphereIs>(&guard.atom) : nullptr;
    if (sphere != nullptr && sphere->value) conditions.emplace_back(policy::SphereCondition{{*sphere->value}, {}});
  }
  for (const property::Interval& interval : property.during) {
    conditions.emplace_back(policy::ValidityCondition{{{interval.from, interval.until, {}}}, {}});
  }
  return conditions;
}

const policy::IdentityCondition* only_identity(const policy::Rule& rule) {
  const policy::IdentityCondition* found = nullptr;
  for (const policy::Condition& condition : rule.conditions) {
    const auto* identity = std::get_if<policy::IdentityCondition>(&condition);
    if (identity == nullptr) continue;
    if (found != nullptr) return nullptr;
    found = identity;
  }
  return found;
}

/// A permission that shares its element with another one cannot be changed alone.
bool is_editable(const policy::Rule& rule, std::size_t index) {
  const SourceSpan& span = rule.permissions[index].span;
  return std::count_if(rule.permissions.begin(), rule.permissions.end(), [&](const policy::Permission& other) {
           return span.known() && other.span.line == span.line && other.span.column == span.column;
         }) <= 1;
}

class Proposer {
 public:
  Proposer(const policy::Policy& policy, const property::Property& property, policy::Usage usage, const policy::Request& request)
      : policy_(policy), usage_(usage), request_(request), group_(nameable(*property.group)), outside_(outside_guard(property)), within_(within_guard(property)) {
    collect(property.claim, property.quantifier == property::Quantifier::never, wishes_);
    // Over two runs a refusal is what gives a watcher away: politely blocked, it looks like anybody (RFC 5025 section 3.2.1).
    if (property.two_run) wishes_ = {{&kPolitely, false}};
  }

  std::vector<Edit> take(std::span<const policy::RuleRef> rules) {
    for (const policy::RuleRef ref : rules) permissions_of(ref);
    for (const policy::RuleRef ref : rules) whole_rule(ref);
    if (std::any_of(wishes_.begin(), wishes_.end(), [](const Wish& wish) { return !wish.less; })) add_rule();
    std::stable_sort(edits_.begin(), edits_.end(), [](const Edit& a, const Edit& b) { return a.kind < b.kind; });
    return std::move(edits_);
  }

 private:
  [[nodiscard]] std::string name(policy::RuleRef ref) const { return policy::rule_at(policy_, ref).id; }

  void permissions_of(policy::RuleRef ref) {
    const policy::Rule& rule = policy::rule_at(policy_, ref);
    std::set<std::pair<std::size_t, std::string>> proposed;
    for (std::size_t i = 0; i < rule.permissions.size(); ++i) {
      if (!is_editable(rule, i)) continue;
      for (const Wish& wish : wishes_) {
        auto substitutes = wish.less ? reductions(rule.permissions[i], *wish.atom, usage_) : raises(rule.permissions[i], *wish.atom);
        for (Substitute& shared : shared_radii(rule.permissions[i], *wish.atom)) substitutes.push_back(std::move(shared));
        for (const Substitute& substitute : substitutes) {
          if (!proposed.emplace(i, substitute.words).second) continue;
          in_place(ref, i, substitute);
          if (wish.less) {
            split(ref, i, substitute);
            limit(ref, i, substitute);
          }
        }
      }
    }
  }

  /// Over time two radii are two grids, whose cells cut each other: a larger radius that other rules give could be the only one.
  [[nodiscard]] std::vector<Substitute> shared_radii(const policy::Permission& permission, const property::ClaimAtom& atom) const {
    const auto* claim = std::get_if<property::LocationShown>(&atom);
    const auto* given = std::get_if<policy::ProvideLocation>(&permission.what);
    if (claim == nullptr || !claim->over_time || given == nullptr || given->civic != geo::CivicLevel::none) return {};
    if (!given->geodetic || given->geodetic->rounding || given->geodetic->radius_m.value_or(0) <= 0) return {};
    std::set<double> radii;
    for (const policy::RuleSet& document : policy_.documents) {
      for (const policy::Rule& rule : document.rules) {
        for (const policy::Permission& other : rule.permissions) {
          const auto* location = std::get_if<policy::ProvideLocation>(&other.what);
          if (location == nullptr || !location->geodetic || location->geodetic->rounding) continue;
          if (location->geodetic->radius_m.value_or(0) > *given->geodetic->radius_m) radii.insert(*location->geodetic->radius_m);
        }
      }
    }
    constexpr std::size_t kMostRadii = 8;
    std::vector<Substitute> found;
    for (const double radius_m : radii) {
      if (found.size() == kMostRadii) break;
      found.push_back({Kind::coarsen_location,
                       {{policy::ProvideLocation{policy::GeodeticGrant{radius_m, std::nullopt}, geo::CivicLevel::none}, {}}},
                       fmt::format("the radius becomes {} m", radius_m)});
    }
    return found;
  }

  void in_place(policy::RuleRef ref, std::size_t permission, const Substitute& substitute) {
    Edit edit;
    edit.kind = substitute.kind;
    edit.rule = ref;
    edit.change.permission = permission;
    edit.change.replacement = substitute.permissions;
    edit.summary = fmt::format("in rule `{}` {}", name(ref), substitute.words);
    edits_.push_back(std::move(edit));
  }

  /// The rule for all but the group, and a copy with less for the group.
  void split(policy::RuleRef ref, std::size_t permission, const Substitute& substitute) {
    const policy::Rule& rule = policy::rule_at(policy_, ref);
    const auto* identity = only_identity(rule);
    if (!group_ || identity == nullptr || substitute.kind == Kind::lower_handling) return;
    const std::vector<policy::IdentityMatcher> members = matched_members(*identity);
    if (members.empty()) return;
    Edit edit;
    edit.kind = Kind::split_rule;
    edit.rule = ref;
    edit.change.exclude = *group_;
    if (!leaves_some(*identity, *group_)) return;
    edit.copy = RuleChange{};
    edit.copy->permission = permission;
    edit.copy->replacement = substitute.permissions;
    edit.copy->only_for = members;
    edit.copy->new_id = fresh_id(ref.document, rule.id);
    edit.summary = fmt::format("rule `{}` is split: in the part for the group, {}", name(ref), substitute.words);
    edits_.push_back(std::move(edit));
  }

  /// The permission moves to a rule that does not hold where the property speaks.
  void limit(policy::RuleRef ref, std::size_t permission, const Substitute& substitute) {
    const policy::Rule& rule = policy::rule_at(policy_, ref);
    if (!outside_ || rule.permissions.size() < 2) return;
    Edit edit;
    edit.kind = Kind::limit_permission;
    edit.rule = ref;
    edit.change.permission = permission;
    edit.change.replacement = substitute.permissions;
    edit.copy = RuleChange{};
    edit.copy->permission = permission;
    edit.copy->replacement = {rule.permissions[permission]};
    edit.copy->only_permission = true;
    edit.copy->added = {*outside_};
    edit.copy->new_id = fresh_id(ref.document, rule.id);
    edit.summary = fmt::format("in rule `{}` {}, except where the property does not speak", name(ref), substitute.words);
    edits_.push_back(std::move(edit));
  }

  /// Edits that take the whole rule away, from somebody or somewhere.
  void whole_rule(policy::RuleRef ref) {
    if (std::none_of(wishes_.begin(), wishes_.end(), [](const Wish& wish) { return wish.less; })) return;
    if (outside_) {
      Edit edit;
      edit.kind = Kind::narrow_conditions;
      edit.rule = ref;
      edit.change.added = {*outside_};
      edit.summary = fmt::format("rule `{}` holds only where the property does not speak", name(ref));
      edits_.push_back(std::move(edit));
    }
    if (group_) exclude(ref, *group_, "the group");
    if (request_.watcher.identities.size() == 1) exclude(ref, Exclusion{request_.watcher.identities, std::nullopt}, request_.watcher.identities.front().text);
    Edit removal;
    removal.kind = Kind::remove_rule;
    removal.rule = ref;
    removal.remove = true;
    removal.summary = fmt::format("rule `{}` goes", name(ref));
    edits_.push_back(std::move(removal));
  }

  void exclude(policy::RuleRef ref, const Exclusion& whom, const std::string& words) {
    const policy::Rule& rule = policy::rule_at(policy_, ref);
    const auto* identity = only_identity(rule);
    if (identity == nullptr || !leaves_some(*identity, whom)) return;
    Edit edit;
    edit.kind = Kind::narrow_identity;
    edit.rule = ref;
    edit.change.exclude = whom;
    if (changed(rule, edit.change) == rule) return;
    edit.summary = fmt::format("rule `{}` no longer matches {}", name(ref), words);
    edits_.push_back(std::move(edit));
  }

  [[nodiscard]] static bool leaves_some(const policy::IdentityCondition& identity, const Exclusion& whom) {
    return std::any_of(identity.matchers.begin(), identity.matchers.end(), [&](const policy::IdentityMatcher& matcher) {
      const auto* many = std::get_if<policy::Many>(&matcher);
      if (many != nullptr) return !(whom.domain && many->domain && many->domain->ascii == whom.domain->ascii);
      return std::holds_alternative<policy::One>(matcher) && !is_excluded(matcher, whom);
    });
  }

  /// What stands for the group's members that the rule matches.
  [[nodiscard]] std::vector<policy::IdentityMatcher> matched_members(const policy::IdentityCondition& identity) const {
    std::vector<policy::IdentityMatcher> members;
    const engine::Readings readings;
    for (const uri::Uri& id : group_->ids) {
      if (semantics::holds(identity, policy::Watcher{{id}}, readings)) members.emplace_back(policy::One{id, {}});
    }
    if (group_->domain) {
      const auto is_open = [](const policy::IdentityMatcher& matcher) {
        const auto* many = std::get_if<policy::Many>(&matcher);
        return many != nullptr && !many->domain && many->excepts.empty() && !many->never;
      };
      if (std::any_of(identity.matchers.begin(), identity.matchers.end(), is_open)) {
        members.emplace_back(policy::Many{policy::Domain{group_->domain->text, group_->domain->ascii, {}}, {}, false, {}});
      }
    }
    return members;
  }

  [[nodiscard]] std::string fresh_id(std::uint32_t document, const std::string& like) const {
    std::set<std::string> taken;
    for (const policy::Rule& rule : policy_.documents[document].rules) taken.insert(rule.id);
    for (int number = 2;; ++number) {
      std::string id = fmt::format("{}-{}", like.empty() ? "rule" : like, number);
      if (!taken.contains(id)) return id;
    }
  }

  /// For `always`: a rule for the group that gives the claim's atoms.
  void add_rule() {
    policy::Rule rule;
    policy::IdentityCondition identity;
    if (!group_) return;
    for (const uri::Uri& id : group_->ids) identity.matchers.emplace_back(policy::One{id, {}});
    if (group_->domain) identity.matchers.emplace_back(policy::Many{policy::Domain{group_->domain->text, group_->domain->ascii, {}}, {}, false, {}});
    rule.conditions.emplace_back(std::move(identity));
    rule.conditions.insert(rule.conditions.end(), within_.begin(), within_.end());
    if (usage_ == policy::Usage::presence) rule.permissions.push_back({policy::SubHandling::allow, {}});
    for (const Wish& wish : wishes_) {
      if (!wish.less && !give(*wish.atom, rule)) return;
    }
    rule.id = fresh_id(0, "repair");
    Edit edit;
    edit.kind = Kind::add_rule;
    edit.rule = {0, static_cast<std::uint32_t>(policy_.documents.front().rules.size())};
    edit.summary = fmt::format("a rule `{}` gives the group what the property asks for", rule.id);
    edit.new_rule = std::move(rule);
    edits_.push_back(std::move(edit));
  }
  /// False when no permission gives it.
  [[nodiscard]] bool give(const ClaimAtom& atom, policy::Rule& rule) const {
    const auto handling = std::get_if<property::Handling>(&atom);
    if (handling != nullptr) {
      if (usage_ == policy::Usage::geolocation || handling->comparison == property::Comparison::at_most) return false;
      rule.permissions.front().what = handling->value;
      return true;
    }
    for (policy::Permission& permission : grants_of(atom, usage_)) {
      if (std::find(rule.permissions.begin(), rule.permissions.end(), permission) == rule.permissions.end()) rule.permissions.push_back(std::move(permission));
    }
    return !grants_of(atom, usage_).empty();
  }

  const policy::Policy& policy_;
  policy::Usage usage_;
  const policy::Request& request_;
  std::optional<Exclusion> group_;
  std::optional<policy::Condition> outside_;
  std::vector<policy::Condition> within_;
  std::vector<Wish> wishes_;
  std::vector<Edit> edits_;
};

}  // namespace

std::vector<Edit> candidates(const policy::Policy& policy, const property::Property& property, policy::Usage usage,
                             std::span<const policy::RuleRef> rules, const policy::Request& request) {
  return Proposer(policy, property, usage, request).take(rules);
}

}  // namespace presproof::repair
