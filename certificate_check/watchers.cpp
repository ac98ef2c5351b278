#include "certificate_check/evaluation.h"

#include <stdexcept>


namespace presproof::certificate_check {
namespace {

constexpr std::size_t kMaxKinds = 100'000;

template <class Predicate>
bool some(const Watcher& watcher, const Predicate& predicate) {
  return std::any_of(watcher.begin(), watcher.end(), predicate);
}

bool names_nobody(const policy::Many& many) { return many.never || (many.domain && !many.domain->ascii); }

// RFC 5025 section 3.1.1.2: any asserted identity that is excepted excludes the watcher.
bool holds(const policy::Many& many, const Watcher& watcher) {
  const auto excepted = [&](const uri::Uri& identity) {
    return std::any_of(many.excepts.begin(), many.excepts.end(), [&](const policy::Except& except) {
      return (except.id && uri::equivalent(*except.id, identity)) || (except.domain && except.domain->ascii && identity.domain == except.domain->ascii);
    });
  };
  const auto listed = [&](const uri::Uri& identity) { return !many.domain || identity.domain == many.domain->ascii; };
  return !names_nobody(many) && some(watcher, listed) && !some(watcher, excepted);
}

// RFC 4745's OR over nothing is false; RFC 5025 section 3.1.1.2 lets the unauthenticated match.
bool holds(const policy::IdentityCondition& condition, const Watcher& watcher, bool empty_identity_unauthenticated) {
  if (condition.matchers.empty()) return empty_identity_unauthenticated && watcher.empty();
  return std::any_of(condition.matchers.begin(), condition.matchers.end(), [&](const policy::IdentityMatcher& matcher) {
    const auto* one = std::get_if<policy::One>(&matcher);
    if (one != nullptr) return some(watcher, [&](const uri::Uri& identity) { return uri::equivalent(one->id, identity); });
    const auto* many = std::get_if<policy::Many>(&matcher);
    return many != nullptr && holds(*many, watcher);
  });
}

}  // namespace

bool in_group(const Group& group, const Watcher& watcher) {
  const auto is_named = [&](const uri::Uri& identity) {
    const auto [first, last] = group.uris.equal_range(identity.core);
    return std::any_of(first, last, [&](const auto& each) { return uri::equivalent(each.second, identity); });
  };
  const auto of_domain = [&](const uri::Uri& identity) { return identity.domain == group.domain && !is_named(identity); };
  bool in = group.kind == Group::Kind::everyone;
  if (group.kind == Group::Kind::members) in = some(watcher, is_named);
  if (group.kind == Group::Kind::domain) in = some(watcher, of_domain);
  if (group.kind == Group::Kind::person) in = !watcher.empty() && std::all_of(watcher.begin(), watcher.end(), is_named);
  return in && std::none_of(group.minus.begin(), group.minus.end(), [&](const Group& other) { return in_group(other, watcher); });
}

Watchers::Watchers(const policy::Policy& policy, const Properties& properties) : persons_(properties.persons) {
  for (const policy::RuleSet& document : policy.documents) {
    for (const policy::Rule& rule : document.rules) {
      for (const policy::Condition& condition : rule.conditions) {
        const auto* identity = std::get_if<policy::IdentityCondition>(&condition);
        for (std::size_t i = 0; identity != nullptr && i < identity->matchers.size(); ++i) name(identity->matchers[i], rules_.size());
      }
      rules_.push_back(&rule);
    }
  }
  for (const Watcher& person : persons_) std::for_each(person.begin(), person.end(), [&](const uri::Uri& identity) { name(identity); });
  for (const Property& property : properties.properties) property.uncheckable.empty() ? name(property.group) : void();
}
void Watchers::name(const uri::Uri& uri) {
  auto& known = named_[uri.core];
  if (std::none_of(known.begin(), known.end(), [&](const uri::Uri& each) { return each.others == uri.others; })) known.push_back(uri);
}
void Watchers::name(const Group& group) {
  for (const auto& [core, uri] : group.uris) name(uri);
  if (group.kind == Group::Kind::domain) domains_.insert(group.domain);
  for (const Group& other : group.minus) name(other);
}
void Watchers::name(const policy::IdentityMatcher& matcher, std::size_t rule) {
  const auto add = [&](const uri::Uri& uri) {
    name(uri);
    naming_[uri.core].insert(rule);
  };
  if (const auto* one = std::get_if<policy::One>(&matcher)) add(one->id);
  const auto* many = std::get_if<policy::Many>(&matcher);
  if (many == nullptr || names_nobody(*many)) return;
  if (many->domain) domains_.insert(*many->domain->ascii);
  for (const policy::Except& except : many->excepts) {
    if (except.id) add(*except.id);
    if (except.domain && except.domain->ascii) domains_.insert(*except.domain->ascii);
  }
}

std::vector<std::size_t> Watchers::rules_of(const Watcher& watcher, bool empty_identity_unauthenticated) {
  const auto applies = [&](std::size_t rule, const Watcher& who) {
    return std::all_of(rules_[rule]->conditions.begin(), rules_[rule]->conditions.end(), [&](const policy::Condition& condition) {
      const auto* identity = std::get_if<policy::IdentityCondition>(&condition);
      return identity == nullptr || holds(*identity, who, empty_identity_unauthenticated);
    });
  };
  std::vector<std::size_t> found;
  const auto add_all = [&](const Watcher& who) {
    for (std::size_t rule = 0; rule < rules_.size(); ++rule) {
      if (applies(rule, who)) found.push_back(rule);
    }
  };
  if (watcher.size() != 1) return add_all(watcher), found;
  // A rule that does not name the identity decides as for a stranger of its domain, whose core nothing has.
  const uri::Uri stranger{.text = {}, .scheme = {}, .core = "\x01", .others = {}, .domain = watcher.front().domain};
  const auto [of_domain, added] = of_strangers_.try_emplace(std::get<0>(signature(stranger)));
  if (added) add_all({stranger}), of_domain->second = std::exchange(found, {});
  const std::set<std::size_t>& naming = naming_[watcher.front().core];
  std::set_difference(of_domain->second.begin(), of_domain->second.end(), naming.begin(), naming.end(), std::back_inserter(found));
  std::copy_if(naming.begin(), naming.end(), std::back_inserter(found), [&](std::size_t rule) { return applies(rule, watcher); });
  std::sort(found.begin(), found.end());
  return found;
}

Watchers::Signature Watchers::signature(const uri::Uri& identity) const {
  Signature result;
  auto& [domain, core, which] = result;
  if (identity.domain && domains_.contains(*identity.domain)) domain = *identity.domain;
  const auto named = named_.find(identity.core);
  for (std::size_t i = 0; named != named_.end() && i < named->second.size(); ++i) {
    if (uri::equivalent(named->second[i], identity)) which.push_back(i);
  }
  if (!which.empty()) core = identity.core;
  return result;
}

/// RFC 3261 section 19.1.4: equivalence is not transitive, so for each parameter that some named URI has, an identity may have none, each
/// named value, or another.
std::set<Watchers::Signature> Watchers::spellings(const std::string& core) const {
  const auto& named = named_.at(core);
  std::map<std::string, std::set<std::string>> values;
  for (const uri::Uri& uri : named) {
    for (const auto& [parameter, value] : uri.others) values[parameter].insert({value, "\x01"});
  }
  std::vector<uri::Uri> choices = {{.text = {}, .scheme = {}, .core = core, .others = {}, .domain = named.front().domain}};
  for (const auto& [parameter, possible] : values) {
    const std::vector<uri::Uri> without = choices;
    for (const uri::Uri& choice : without) {
      for (const std::string& value : possible) choices.emplace_back(choice).others.emplace_back(parameter, value);
    }
    if (choices.size() > kMaxKinds) throw std::length_error("one URI is named with too many parameters");
  }
  std::set<Signature> found;
  for (const uri::Uri& choice : choices) found.insert(signature(choice));
  std::erase_if(found, [](const Signature& one) { return std::get<2>(one).empty(); });
  return found;
}

std::optional<std::string> Watchers::missing_from(const std::vector<Watcher>& listed) const {
  std::set<Kind> missing = {{Signature{}}};
  for (const std::string& domain : domains_) missing.insert({Signature{domain, {}, {}}});
  for (const auto& [core, uris] : named_) {
    for (const Signature& spelling : spellings(core)) missing.insert({spelling});
  }
  for (const Watcher& person : persons_) {
    std::set<Kind> subsets = {{}};
    for (const uri::Uri& identity : person) {
      const std::set<Kind> without = subsets;
      for (const Signature& spelling : spellings(identity.core)) {
        const auto& which = std::get<2>(spelling);
        const auto& named = named_.at(identity.core);
        if (std::none_of(which.begin(), which.end(), [&](std::size_t i) { return named[i].others == identity.others; })) continue;
        for (Kind subset : without) {
          subset.insert(spelling);
          subsets.insert(std::move(subset));
        }
      }
      if (subsets.size() > kMaxKinds) throw std::length_error("a person has too many identities");
    }
    subsets.erase(Kind{});
    missing.insert(subsets.begin(), subsets.end());
  }
  for (const Watcher& watcher : listed) {
    Kind kind;
    for (const uri::Uri& identity : watcher) kind.insert(signature(identity));
    missing.erase(kind);
  }
  if (missing.empty()) return std::nullopt;
  const auto& [domain, core, which] = *missing.begin()->begin();
  return core.empty() ? "a stranger of " + (domain.empty() ? "no named domain" : domain) : core + (missing.begin()->size() > 1 ? " with others" : "");
}

}  // namespace presproof::certificate_check
