#include "smt/identity_rules.h"

#include <algorithm>

#include "base/fault.h"
#include "base/overloaded.h"

namespace presproof::smt {
namespace {

const std::vector<RuleNumber> kNoRules;

template <class Id>
void sort_unique(std::vector<Id>& ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

/// Whether a few ids have one in common with many; both ascending.
template <class Id>
bool share_one(const std::vector<Id>& few, const std::vector<Id>& many) {
  return std::any_of(few.begin(), few.end(), [&](Id id) { return std::binary_search(many.begin(), many.end(), id); });
}

bool excluded(const RuleTable::Many& many, const IdentityFacts& watcher) {
  return share_one(watcher.names, many.except_names) ||
         (share_one(watcher.domains, many.except_domains) && !seeded(Fault::rules_except_domains_forgotten));
}

bool holds(const RuleTable::Condition& condition, const IdentityFacts& watcher, bool empty_identity) {
  if (seeded(Fault::rules_empty_identity_is_unauthenticated_always)) empty_identity = true;
  if (condition.unauthenticated && !watcher.authenticated) return true;
  if (condition.empty) return empty_identity && !watcher.authenticated;
  if (!watcher.authenticated && !seeded(Fault::rules_unauthenticated_is_a_stranger)) return false;
  if (share_one(watcher.names, condition.ones)) return true;
  const auto includes = [&](const RuleTable::Many& many) { return !excluded(many, watcher); };
  if (std::any_of(condition.everyone.begin(), condition.everyone.end(), includes)) return true;
  return std::any_of(watcher.domains.begin(), watcher.domains.end(), [&](DomainId domain) {
    const auto found = condition.of_domain.find(domain);
    return found != condition.of_domain.end() && std::any_of(found->second.begin(), found->second.end(), includes);
  });
}

}  // namespace

IdentityFacts facts_of(std::span<const Identity> identities) {
  IdentityFacts facts{!identities.empty(), {}, {}};
  for (const Identity& identity : identities) {
    facts.names.insert(facts.names.end(), identity.names.begin(), identity.names.end());
    if (identity.domain) facts.domains.push_back(*identity.domain);
  }
  sort_unique(facts.names);
  sort_unique(facts.domains);
  return facts;
}

RuleTable::RuleTable(const policy::Policy& policy, IdentityNames& names) {
  for (std::uint32_t document = 0; document < policy.documents.size(); ++document) {
    const auto& rules = policy.documents[document].rules;
    for (std::uint32_t position = 0; position < rules.size(); ++position) {
      const auto number = static_cast<RuleNumber>(rules_.size());
      rules_.push_back(&rules[position]);
      refs_.push_back({document, position});
      conditions_.emplace_back();
      compile(rules[position], number, names);
    }
  }
}

void RuleTable::note(std::vector<std::vector<RuleNumber>>& index, std::uint32_t key, RuleNumber number) {
  if (index.size() <= key) index.resize(key + 1);
  if (index[key].empty() || index[key].back() != number) index[key].push_back(number);
}

void RuleTable::compile(const policy::Rule& rule, RuleNumber number, IdentityNames& names) {
  for (const policy::Condition& condition : rule.conditions) {
    if (const auto* identity = std::get_if<policy::IdentityCondition>(&condition)) conditions_[number].push_back(compile(*identity, number, names));
  }
}

RuleTable::Condition RuleTable::compile(const policy::IdentityCondition& condition, RuleNumber number, IdentityNames& names) {
  Condition compiled;
  compiled.unauthenticated = condition.unauthenticated;
  compiled.empty = condition.matchers.empty() && !condition.unauthenticated;
  const auto name = [&](const uri::Uri& uri) {
    const NameId id = names.add(uri);
    note(by_name_, id, number);
    return id;
  };
  const auto domain = [&](const std::string& ascii) {
    const DomainId id = names.add_domain(ascii);
    if (!seeded(Fault::rules_domains_not_indexed)) note(by_domain_, id, number);
    return id;
  };
  const auto compile_many = [&](const policy::Many& many) {
    Many result;
    for (const policy::Except& except : many.excepts) {
      if (except.id) result.except_names.push_back(name(*except.id));
      if (except.domain && except.domain->ascii) result.except_domains.push_back(domain(*except.domain->ascii));
    }
    sort_unique(result.except_names);
    sort_unique(result.except_domains);
    if ((many.never && !seeded(Fault::rules_unknown_child_of_many_ignored)) || (many.domain && !many.domain->ascii)) return;
    if (many.domain) {
      compiled.of_domain[domain(*many.domain->ascii)].push_back(std::move(result));
    } else {
      compiled.everyone.push_back(std::move(result));
    }
  };
  for (const policy::IdentityMatcher& matcher : condition.matchers) {
    std::visit(Overloaded{
                   [&](const policy::One& one) { compiled.ones.push_back(name(one.id)); },
                   compile_many,
                   [](const policy::UnknownIdentity&) {},
               },
               matcher);
  }
  sort_unique(compiled.ones);
  return compiled;
}

bool RuleTable::applies(RuleNumber number, const IdentityFacts& watcher, bool empty_identity) const {
  const auto& conditions = conditions_[number];
  return std::all_of(conditions.begin(), conditions.end(),
                     [&](const Condition& condition) {
                       return (seeded(Fault::rules_first_identity_condition_only) && &condition != conditions.data()) ||
                              holds(condition, watcher, empty_identity);
                     });
}

const std::vector<RuleNumber>& RuleTable::naming(NameId name) const { return name < by_name_.size() ? by_name_[name] : kNoRules; }
const std::vector<RuleNumber>& RuleTable::naming_domain(DomainId domain) const {
  return domain < by_domain_.size() ? by_domain_[domain] : kNoRules;
}

}  // namespace presproof::smt
