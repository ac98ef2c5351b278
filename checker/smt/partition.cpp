#include "smt/partition.h"

#include <algorithm>
#include <iterator>
#include <set>

#include <fmt/format.h>

#include "base/fault.h"
#include "base/overloaded.h"
#include "diag/error.h"

namespace presproof::smt {
namespace {

template <class Id>
void sort_unique(std::vector<Id>& ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

bool contains(const std::vector<RuleNumber>& ascending, RuleNumber number) {
  return std::binary_search(ascending.begin(), ascending.end(), number);
}

std::vector<RuleNumber> changed(const std::vector<RuleNumber>& rules, const RuleChange& change) {
  std::vector<RuleNumber> kept;
  std::set_difference(rules.begin(), rules.end(), change.removed.begin(), change.removed.end(), std::back_inserter(kept));
  std::vector<RuleNumber> all;
  std::set_union(kept.begin(), kept.end(), change.added.begin(), change.added.end(), std::back_inserter(all));
  return all;
}

bool has_name(const Identity& identity, const std::vector<NameId>& names) {
  return std::any_of(identity.names.begin(), identity.names.end(), [&](NameId id) { return std::binary_search(names.begin(), names.end(), id); });
}

/// What groups name, sorted: classes are in an order that does not depend on that of the properties.
struct NamedByGroups {
  std::map<std::string, const uri::Uri*> uris;
  std::set<std::string> domains;

  void add(const property::Group& group) {
    const auto name = [&](const std::vector<uri::Uri>& all) {
      for (const uri::Uri& uri : all) uris.emplace(uri.text, &uri);
    };
    std::visit(Overloaded{
                   [](const property::Everyone&) {},
                   [&](const property::Members& members) { name(members.uris); },
                   [&](const property::DomainMembers& members) {
                     if (members.domain.ascii) domains.insert(*members.domain.ascii);
                     name(members.except);
                   },
                   [&](const property::PersonMembers& members) { name(members.person.identities); },
                   [&](const std::shared_ptr<const property::Group>& base) { add(*base); },
               },
               group.base);
    for (const auto& other : group.minus) add(*other);
  }
};

}  // namespace

policy::Watcher WatcherClass::watcher() const {
  policy::Watcher watcher;
  for (const Identity& identity : identities) watcher.identities.push_back(identity.uri);
  return watcher;
}

Partition::Partition(const policy::Policy& policy, const property::Properties& properties, const PartitionOptions& options)
    : options_(options), rules_(policy, names_), complete_(options.complete) {
  for (const property::Person& person : properties.persons) {
    for (const uri::Uri& uri : person.identities) names_.add(uri);
  }
  NamedByGroups named;
  for (const property::Property& property : properties.properties) {
    named.add(*property.group);
    if (const property::Group* other = property::other_group(property)) named.add(*other);
  }
  for (const auto& [text, uri] : named.uris) names_.add(*uri);
  for (const std::string& domain : named.domains) names_.add_domain(domain);
  for (const property::Property& property : properties.properties) {
    compile(*property.group);
    if (const property::Group* other = property::other_group(property)) compile(*other);
  }
  find_shared_lists();

  // Strangers first: where a property fails for everybody, the counterexample is nobody in particular.
  if (!seeded(Fault::partition_without_stranger)) add_class({names_.stranger()});
  for (DomainId domain = 0; domain < names_.domains(); ++domain) {
    if (domain > 0 || !seeded(Fault::partition_without_strangers_of_first_domain)) add_class({names_.stranger_of(domain)});
  }
  for (const std::string& core : names_.cores()) {
    for (Identity& identity : names_.spellings(core, complete_)) add_class({std::move(identity)});
  }
  for (const property::Person& person : properties.persons)
    if (!options_.one_identity) add_person(person);
  // Whom no rule names, and an engine answers with an error.
  for (const auto& [text, refusal] : options_.refused) {
    Identity identity = names_.identify(uri::parse(text));
    if (identity.names.empty()) add_class({std::move(identity)});
  }
  for (const OtherSpelling& other : options_.others) {
    Identity identity = names_.identify(other.uri);
    const auto domain = other.keeps_domain ? identity.domain : std::nullopt;
    classes_.push_back({{std::move(identity)}, domain, {}, true});
  }
  if (!seeded(Fault::partition_without_unauthenticated)) add_class({});
}

void Partition::compile(const property::Group& group) {
  if (groups_.contains(&group)) return;
  CompiledGroup& compiled = groups_[&group];
  const auto name = [&](const std::vector<uri::Uri>& uris) {
    for (const uri::Uri& uri : uris) compiled.names.push_back(names_.add(uri));
    sort_unique(compiled.names);
  };
  std::visit(Overloaded{
                 [](const property::Everyone&) {},
                 [&](const property::Members& members) { name(members.uris); },
                 [&](const property::DomainMembers& members) {
                   if (members.domain.ascii) compiled.domain = names_.add_domain(*members.domain.ascii);
                   name(members.except);
                 },
                 [&](const property::PersonMembers& members) { name(members.person.identities); },
                 [&](const std::shared_ptr<const property::Group>& base) { compile(*base); },
             },
             group.base);
  for (const auto& other : group.minus) compile(*other);
}

void Partition::find_shared_lists() {
  is_of_strangers_.assign(rules_.size(), false);
  const IdentityFacts stranger{true, {}, {}};
  std::vector<Identity> taken_for;
  if (options_.unauthenticated_as) taken_for.push_back(names_.identify(*options_.unauthenticated_as));
  const IdentityFacts unauthenticated = facts_of(taken_for);
  for (RuleNumber number = 0; number < rules_.size(); ++number) {
    if (rules_.applies(number, stranger, false)) {
      of_strangers_.push_back(number);
      is_of_strangers_[number] = true;
    }
    if (rules_.applies(number, unauthenticated, false)) of_unauthenticated_[0].push_back(number);
    if (rules_.applies(number, unauthenticated, true)) of_unauthenticated_[1].push_back(number);
  }
  for (DomainId domain = 0; domain < names_.domains(); ++domain) {
    RuleChange& change = of_domains_.emplace_back();
    const IdentityFacts member{true, {}, {domain}};
    for (const RuleNumber number : rules_.naming_domain(domain)) {
      const bool applies = rules_.applies(number, member, false);
      if (applies && !is_of_strangers_[number]) change.added.push_back(number);
      if (!applies && is_of_strangers_[number] && !seeded(Fault::partition_domain_loses_nothing)) change.removed.push_back(number);
    }
  }
}

void Partition::add_class(std::vector<Identity> identities) {
  WatcherClass added{std::move(identities), std::nullopt, {}};
  if (added.authenticated()) {
    const auto refused = options_.refused.find(added.identities.front().uri.text);
    if (refused != options_.refused.end()) added.refusal = refused->second;
  }
  const IdentityFacts facts = facts_of(added.identities);
  if (facts.domains.size() == 1) added.domain = facts.domains.front();
  const RuleChange none;
  const RuleChange& domain = added.domain ? of_domains_[*added.domain] : none;

  // Only rules that name one of the identities, or one of several domains, can decide otherwise than for the domain's strangers.
  std::vector<RuleNumber> touched;
  for (const NameId name : facts.names) touched.insert(touched.end(), rules_.naming(name).begin(), rules_.naming(name).end());
  if (facts.domains.size() > 1 && !seeded(Fault::partition_two_domains_like_one)) {
    for (const DomainId each : facts.domains) touched.insert(touched.end(), rules_.naming_domain(each).begin(), rules_.naming_domain(each).end());
  }
  sort_unique(touched);
  for (const RuleNumber number : touched) {
    const bool expected = (is_of_strangers_[number] && !smt::contains(domain.removed, number)) || smt::contains(domain.added, number);
    const bool applies = rules_.applies(number, facts, false);
    if (applies && !expected) added.own.added.push_back(number);
    if (!applies && expected && !seeded(Fault::partition_own_loses_nothing)) added.own.removed.push_back(number);
  }
  classes_.push_back(std::move(added));
}

void Partition::add_person(const property::Person& person) {
  if (person.identities.size() > kMaxPersonIdentities) {
    throw diag::InputError(diag::Problem{person.span,
                                         fmt::format("the person `{}` has {} identities, and at most {} are supported", person.name,
                                                     person.identities.size(), kMaxPersonIdentities),
                                         "every set of them is a watcher of its own; leave out those that no rule names"});
  }
  std::vector<std::vector<Identity>> subsets(1);
  for (const uri::Uri& uri : person.identities) {
    const NameId name = names_.add(uri);  // it is there already
    std::vector<std::vector<Identity>> larger = subsets;
    for (const Identity& spelling : names_.spellings(uri.core, complete_)) {
      if (!std::binary_search(spelling.names.begin(), spelling.names.end(), name)) continue;
      for (const auto& subset : subsets) {
        larger.push_back(subset);
        larger.back().push_back(spelling);
      }
    }
    if (larger.size() > kMaxPersonSubsets) {
      complete_ = false;
      return;
    }
    subsets = std::move(larger);
  }
  for (auto& subset : subsets) {
    if (subset.size() > (seeded(Fault::partition_without_pairs_of_identities) ? 2U : 1U)) add_class(std::move(subset));
  }
}

std::vector<RuleNumber> Partition::rules_of(const WatcherClass& watcher, bool empty_identity) const {
  if (!watcher.authenticated()) return rules_of_unauthenticated(empty_identity);
  const std::vector<RuleNumber> shared = watcher.domain ? changed(of_strangers_, of_domains_[*watcher.domain]) : of_strangers_;
  return changed(shared, watcher.own);
}

bool Partition::in_base(const property::Group& group, const WatcherClass& watcher) const {
  const CompiledGroup& compiled = groups_.at(&group);
  const auto& identities = watcher.identities;
  const auto is_named = [&](const Identity& identity) { return has_name(identity, compiled.names); };
  return std::visit(
      Overloaded{
          [](const property::Everyone&) { return true; },
          [&](const property::Members&) { return std::any_of(identities.begin(), identities.end(), is_named); },
          [&](const property::DomainMembers&) {
            return std::any_of(identities.begin(), identities.end(), [&](const Identity& identity) {
              return compiled.domain && identity.domain == compiled.domain && (!is_named(identity) || seeded(Fault::partition_group_except_forgotten));
            });
          },
          [&](const property::PersonMembers&) {
            return !identities.empty() && std::all_of(identities.begin(), identities.end(), is_named);
          },
          [&](const std::shared_ptr<const property::Group>& base) { return contains(*base, watcher); },
      },
      group.base);
}

bool Partition::contains(const property::Group& group, const WatcherClass& watcher) const {
  if (!in_base(group, watcher)) return false;
  return std::none_of(group.minus.begin(), group.minus.end(), [&](const auto& other) { return contains(*other, watcher); });
}

}  // namespace presproof::smt
