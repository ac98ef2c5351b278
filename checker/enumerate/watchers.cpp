#include "enumerate/watchers.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <string>

#include <fmt/format.h>

#include "base/overloaded.h"
#include "diag/error.h"

namespace presproof::enumerate {
namespace {

constexpr std::size_t kMostSpellings = 4096;  ///< of one core
constexpr std::size_t kMostSets = 8192;       ///< of one person

using Parameters = std::vector<std::pair<std::string, std::string>>;

/// URIs with the same core, as they are named.
struct Family {
  std::vector<uri::Uri> named;       ///< no two with the same parameters
  std::vector<uri::Uri> spellings;   ///< one for each set of `named` that some URI is equivalent to, but the empty set
};

/// Everything that identities are compared with.
class Names {
 public:
  Names(const policy::Policy& policy, const property::Properties& properties) {
    for (const policy::RuleSet& document : policy.documents) {
      for (const policy::Rule& rule : document.rules) {
        for (const policy::Condition& condition : rule.conditions) {
          if (const auto* identity = std::get_if<policy::IdentityCondition>(&condition)) add(*identity);
        }
      }
    }
    for (const property::Property& property : properties.properties) add(*property.group);
    for (const property::Person& person : properties.persons) add(person.identities);
  }

  [[nodiscard]] const std::vector<std::string>& domains() const { return domains_; }
  [[nodiscard]] std::vector<Family>& families() { return families_; }
  [[nodiscard]] const Family& family_of(const uri::Uri& uri) const { return families_[by_core_.at(uri.core)]; }

  /// Equivalent to none of the named URIs.
  [[nodiscard]] bool is_stranger(const uri::Uri& uri) const {
    const auto found = by_core_.find(uri.core);
    if (found == by_core_.end()) return true;
    const auto& named = families_[found->second].named;
    return std::none_of(named.begin(), named.end(), [&](const uri::Uri& each) { return uri::equivalent(each, uri); });
  }
  [[nodiscard]] bool has_domain(const std::string& domain) const { return known_domains_.contains(domain); }

 private:
  void add(const uri::Uri& uri) {
    const auto [place, is_new] = by_core_.try_emplace(uri.core, families_.size());
    if (is_new) families_.emplace_back();
    auto& named = families_[place->second].named;
    const auto is_known = [&](const uri::Uri& each) { return each.others == uri.others; };
    if (std::none_of(named.begin(), named.end(), is_known)) named.push_back(uri);
  }
  void add(const std::vector<uri::Uri>& uris) {
    for (const uri::Uri& uri : uris) add(uri);
  }
  void add(const policy::Domain& domain) {
    if (domain.ascii && known_domains_.insert(*domain.ascii).second) domains_.push_back(*domain.ascii);
  }
  void add(const policy::IdentityCondition& identity) {
    for (const policy::IdentityMatcher& matcher : identity.matchers) {
      if (const auto* one = std::get_if<policy::One>(&matcher)) add(one->id);
      const auto* many = std::get_if<policy::Many>(&matcher);
      if (many == nullptr) continue;
      if (many->domain) add(*many->domain);
      for (const policy::Except& except : many->excepts) {
        if (except.id) add(*except.id);
        if (except.domain) add(*except.domain);
      }
    }
  }
  void add(const property::Group& group) {
    if (!seen_.insert(&group).second) return;
    std::visit(Overloaded{
                   [](const property::Everyone&) {},
                   [&](const property::Members& members) { add(members.uris); },
                   [&](const property::DomainMembers& members) {
                     add(members.domain);
                     add(members.except);
                   },
                   [&](const property::PersonMembers& members) { add(members.person.identities); },
                   [&](const std::shared_ptr<const property::Group>& base) { add(*base); },
               },
               group.base);
    for (const auto& other : group.minus) add(*other);
  }

  std::vector<Family> families_;  ///< in the order of first naming
  std::map<std::string, std::size_t> by_core_;
  std::vector<std::string> domains_;
  std::set<std::string> known_domains_;
  std::set<const property::Group*> seen_;
};

/// The core with these parameters before its headers, as a URI.
uri::Uri spelled(const std::string& core, const Parameters& parameters) {
  const std::size_t at = core.find('@');
  const std::size_t headers = std::min(core.find('?', at == std::string::npos ? 0 : at), core.size());
  std::string text = core.substr(0, headers);
  for (const auto& [name, value] : parameters) text += value.empty() ? ";" + name : ";" + name + "=" + value;
  return uri::parse(text + core.substr(headers));
}

/// A parameter's possible values; nothing stands for its absence.
std::vector<std::optional<std::string>> values_of(const std::string& parameter, const Family& family) {
  std::set<std::string> named;
  for (const uri::Uri& uri : family.named) {
    for (const auto& [name, value] : uri.others) {
      if (name == parameter) named.insert(value);
    }
  }
  std::string another = "another";
  while (named.contains(another)) another += '0';
  std::vector<std::optional<std::string>> values = {std::nullopt, another};
  values.insert(values.end(), named.begin(), named.end());
  return values;
}

/// Finds the family's spellings; false when some could not be found.
bool find_spellings(Family& family) {
  std::set<std::vector<bool>> seen;
  const auto equivalent_to = [&](const uri::Uri& uri) {
    std::vector<bool> to;
    for (const uri::Uri& each : family.named) to.push_back(uri::equivalent(each, uri));
    return to;
  };
  for (const uri::Uri& uri : family.named) {
    if (seen.insert(equivalent_to(uri)).second) family.spellings.push_back(uri);
  }
  // Equivalent to the one or not: there is nothing else.
  if (family.named.size() == 1) return true;

  std::set<std::string> parameters;
  for (const uri::Uri& uri : family.named) {
    for (const auto& [name, value] : uri.others) parameters.insert(name);
  }
  std::vector<Parameters> choices(1);
  for (const std::string& name : parameters) {
    const auto values = values_of(name, family);
    if (choices.size() * values.size() > kMostSpellings) return false;
    std::vector<Parameters> longer;
    for (const Parameters& choice : choices) {
      for (const auto& value : values) {
        longer.push_back(choice);
        if (value) longer.back().emplace_back(name, *value);
      }
    }
    choices = std::move(longer);
  }
  bool all_found = true;
  const std::string& core = family.named.front().core;
  for (const Parameters& choice : choices) {
    uri::Uri uri = spelled(core, choice);
    if (uri.core != core || uri.others != choice) {
      all_found = false;
      continue;
    }
    const std::vector<bool> to = equivalent_to(uri);
    const bool to_some = std::find(to.begin(), to.end(), true) != to.end();
    if (to_some && seen.insert(to).second) family.spellings.push_back(std::move(uri));
  }
  return all_found;
}

uri::Uri stranger(const Names& names) {
  for (std::size_t i = 1;; ++i) {  // ends: the names are finitely many
    uri::Uri uri = uri::parse(fmt::format("sip:nobody@nowhere{}.example", i));
    if (names.is_stranger(uri) && !names.has_domain(*uri.domain)) return uri;
  }
}

uri::Uri stranger_of(const std::string& domain, const Names& names) {
  for (std::size_t i = 1;; ++i) {
    uri::Uri uri = uri::parse(fmt::format("sip:nobody{}@{}", i, domain));
    if (uri.domain != domain) throw diag::InternalError(fmt::format("no URI of the domain `{}`", domain));
    if (names.is_stranger(uri)) return uri;
  }
}

/// Adds the person's sets of two or more identities; false when there are too many.
bool add_sets(const property::Person& person, const Names& names, std::vector<policy::Watcher>& watchers) {
  std::vector<policy::Watcher> sets(1);
  for (const uri::Uri& identity : person.identities) {
    std::vector<policy::Watcher> larger = sets;
    for (const uri::Uri& spelling : names.family_of(identity).spellings) {
      if (!uri::equivalent(identity, spelling)) continue;
      if (larger.size() + sets.size() > kMostSets) return false;
      for (const policy::Watcher& set : sets) {
        larger.push_back(set);
        larger.back().identities.push_back(spelling);
      }
    }
    sets = std::move(larger);
  }
  std::copy_if(sets.begin(), sets.end(), std::back_inserter(watchers), [](const policy::Watcher& set) { return set.identities.size() > 1; });
  return true;
}

}  // namespace

Watchers representative_watchers(const policy::Policy& policy, const property::Properties& properties) {
  Names names(policy, properties);
  Watchers watchers;
  watchers.all.push_back({{stranger(names)}});
  for (const std::string& domain : names.domains()) watchers.all.push_back({{stranger_of(domain, names)}});
  for (Family& family : names.families()) {
    watchers.complete &= find_spellings(family);
    for (const uri::Uri& uri : family.spellings) watchers.all.push_back({{uri}});
  }
  for (const property::Person& person : properties.persons) watchers.complete &= add_sets(person, names, watchers.all);
  watchers.all.emplace_back();
  return watchers;
}

}  // namespace presproof::enumerate
