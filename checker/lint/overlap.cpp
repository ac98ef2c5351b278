#include "lint/overlap.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "base/lexical.h"
#include "base/overloaded.h"

namespace presproof::lint {
namespace {

using policy::RuleRef;

Reach::Interval everything() { return {kFirstInstant, kEndOfInstants}; }

std::vector<Reach::Interval> intervals_of(const policy::ValidityCondition& validity) {
  std::vector<Reach::Interval> intervals;
  for (const auto& pair : validity.pairs)
    if (pair.from && pair.until && *pair.from < *pair.until) intervals.emplace_back(*pair.from, *pair.until);
  std::ranges::sort(intervals);
  std::vector<Reach::Interval> merged;
  for (const auto& interval : intervals) {
    if (!merged.empty() && interval.first <= merged.back().second)
      merged.back().second = std::max(merged.back().second, interval.second);
    else
      merged.push_back(interval);
  }
  return merged;
}

std::vector<Reach::Interval> intersection(const std::vector<Reach::Interval>& a,
                                          const std::vector<Reach::Interval>& b) {
  std::vector<Reach::Interval> common;
  for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end();) {
    const auto from = std::max(i->first, j->first);
    const auto until = std::min(i->second, j->second);
    if (from < until) common.emplace_back(from, until);
    if (i->second < j->second)
      ++i;
    else
      ++j;
  }
  return common;
}

bool meet(const std::vector<Reach::Interval>& a, const std::vector<Reach::Interval>& b) {
  for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end();) {
    if (std::max(i->first, j->first) < std::min(i->second, j->second)) return true;
    if (i->second < j->second)
      ++i;
    else
      ++j;
  }
  return false;
}

bool meet(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end();) {
    const auto order = *i <=> *j;
    if (order == 0) return true;
    if (order < 0)
      ++i;
    else
      ++j;
  }
  return false;
}

std::vector<std::string> intersection(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  std::vector<std::string> common;
  std::ranges::set_intersection(a, b, std::back_inserter(common));
  return common;
}

std::vector<std::string> spheres_of(const policy::SphereCondition& sphere) {
  std::vector<std::string> tokens;
  for (const auto& token : sphere.tokens) tokens.push_back(to_lower_ascii(token));
  std::ranges::sort(tokens);
  tokens.erase(std::unique(tokens.begin(), tokens.end()), tokens.end());
  return tokens;
}

/// Longer lists of candidates are made anew each time, so that rules for whole domains do not take memory by their square.
constexpr std::size_t kMostKept = 256;

bool can_hold(const policy::LocationCondition& condition) {
  return std::ranges::any_of(condition.locations, [](const auto& location) {
    return !std::holds_alternative<policy::UnknownLocation>(location.where);
  });
}

}  // namespace

IdentityTest::IdentityTest(const policy::IdentityCondition& condition) : condition_(&condition) {
  for (const auto& matcher : condition.matchers) {
    std::visit(Overloaded{[&](const policy::One& one) { ones_.emplace(one.id.core, &one.id); },
                          [&](const policy::Many& many) { add(many); }, [](const policy::UnknownIdentity&) {}},
               matcher);
  }
}

void IdentityTest::add(const policy::Many& many) {
  if (many.never || (many.domain && !many.domain->ascii)) return;
  ManyTest test;
  if (many.domain) test.domain = *many.domain->ascii;
  for (const auto& except : many.excepts) {
    if (except.id) test.except_ids.emplace(except.id->core, &*except.id);
    if (except.domain && except.domain->ascii) test.except_domains.push_back(*except.domain->ascii);
  }
  std::ranges::sort(test.except_domains);
  manies_.push_back(std::move(test));
}

bool IdentityTest::contains(const UrisByCore& uris, const uri::Uri& identity) {
  const auto [first, last] = uris.equal_range(identity.core);
  return std::any_of(first, last, [&](const auto& entry) { return uri::equivalent(*entry.second, identity); });
}

bool IdentityTest::ManyTest::matches(const uri::Uri& identity) const {
  if (domain && identity.domain != domain) return false;
  if (identity.domain && std::ranges::binary_search(except_domains, std::string_view(*identity.domain))) return false;
  return !contains(except_ids, identity);
}

bool IdentityTest::matches(const uri::Uri& identity) const {
  return contains(ones_, identity) ||
         std::ranges::any_of(manies_, [&](const ManyTest& many) { return many.matches(identity); });
}

uri::Uri stranger(std::optional<std::string> domain) {
  uri::Uri uri;
  uri.scheme = "sip";
  uri.core = "sip:\x01";  // no text of an XML document has this character, so no rule names it
  uri.text = uri.core;
  uri.domain = std::move(domain);
  return uri;
}

bool Reach::admits(const uri::Uri& identity) const {
  return std::ranges::all_of(identities, [&](const IdentityTest& test) { return test.matches(identity); });
}

Reach reach_of(const policy::Rule& rule) {
  Reach reach;
  const auto limit_times = [&](std::vector<Reach::Interval> times) {
    reach.times = intersection(reach.times.value_or(std::vector{everything()}), times);
    reach.possible = reach.possible && !reach.times->empty();
  };
  const auto limit_spheres = [&](std::vector<std::string> tokens) {
    reach.spheres = reach.spheres ? intersection(*reach.spheres, tokens) : std::move(tokens);
    reach.possible = reach.possible && !reach.spheres->empty();
  };
  for (const auto& condition : rule.conditions) {
    std::visit(Overloaded{[&](const policy::IdentityCondition& identity) { reach.identities.emplace_back(identity); },
                          [&](const policy::SphereCondition& sphere) { limit_spheres(spheres_of(sphere)); },
                          [&](const policy::ValidityCondition& validity) { limit_times(intervals_of(validity)); },
                          [&](const policy::LocationCondition& location) {
                            reach.possible = reach.possible && can_hold(location);
                          },
                          [&](const policy::UnknownCondition&) { reach.possible = false; }},
               condition);
  }
  return reach;
}

bool at_one_moment(const Reach& a, const Reach& b) {
  if (!a.possible || !b.possible) return false;
  if (a.times && b.times && !meet(*a.times, *b.times)) return false;
  return !(a.spheres && b.spheres && !meet(*a.spheres, *b.spheres));
}

namespace {

/// Somebody whom the rules of both reaches let in: first whom `named` names, then strangers of its domains. Nothing:
/// nobody of these.
const policy::IdentityMatcher* find_watcher(const Reach& named, const Reach& other) {
  const auto admitted = [&](const uri::Uri& identity) { return other.admits(identity) && named.admits(identity); };
  for (const auto& test : named.identities)
    for (const auto& matcher : test.condition().matchers)
      if (const auto* one = std::get_if<policy::One>(&matcher); one != nullptr && admitted(one->id)) return &matcher;
  for (const auto& test : named.identities)
    for (const auto& matcher : test.condition().matchers)
      if (const auto* many = std::get_if<policy::Many>(&matcher);
          many != nullptr && many->domain && many->domain->ascii && admitted(stranger(*many->domain->ascii)))
        return &matcher;
  return nullptr;
}

Somebody somebody_of(const policy::IdentityMatcher& matcher) {
  if (const auto* one = std::get_if<policy::One>(&matcher)) return {one->id, fmt::format("`{}`", one->id.text)};
  const auto& domain = *std::get<policy::Many>(matcher).domain;
  return {stranger(*domain.ascii), fmt::format("any other watcher of `{}`", domain.text)};
}

bool admit_strangers(const Reach& a, const Reach& b) {
  const auto somebody = stranger(std::nullopt);
  return a.admits(somebody) && b.admits(somebody);
}

}  // namespace

std::optional<Somebody> somebody_in(const Reach& a, const Reach& b) {
  if (a.identities.empty() && b.identities.empty()) return Somebody{stranger(std::nullopt), "every watcher"};
  if (const auto* found = find_watcher(a, b)) return somebody_of(*found);
  if (const auto* found = find_watcher(b, a)) return somebody_of(*found);
  if (admit_strangers(a, b)) return Somebody{stranger(std::nullopt), "watchers of any domain"};
  return std::nullopt;
}

Overlap::Overlap(const policy::Policy& policy) {
  for (std::uint32_t document = 0; document < policy.documents.size(); ++document) {
    const auto& rules = policy.documents[document].rules;
    candidates_.emplace_back(rules.size());
    auto& reaches = reaches_.emplace_back();
    reaches.reserve(rules.size());
    for (std::uint32_t rule = 0; rule < rules.size(); ++rule) {
      reaches.push_back(reach_of(rules[rule]));
      all_.push_back({document, rule});
    }
  }
  for (const auto rule : all_) index(rule);
}

bool Overlap::is_general(const Reach& reach) const {
  if (reach.identities.size() != 1) return true;
  return std::ranges::any_of(reach.identities.front().condition().matchers, [](const auto& matcher) {
    const auto* many = std::get_if<policy::Many>(&matcher);
    return many != nullptr && !many->domain;
  });
}

void Overlap::index(RuleRef rule) {
  const auto& here = reach(rule);
  if (is_general(here)) {
    general_.push_back(rule);
    return;
  }
  const auto put = [&](Rules& rules) {
    if (rules.empty() || rules.back() != rule) rules.push_back(rule);
  };
  for (const auto& matcher : here.identities.front().condition().matchers) {
    if (const auto* one = std::get_if<policy::One>(&matcher)) {
      put(by_core_[one->id.core]);
      if (one->id.domain) put(ones_by_domain_[*one->id.domain]);
    } else if (const auto* many = std::get_if<policy::Many>(&matcher); many != nullptr && many->domain->ascii) {
      put(manies_by_domain_[*many->domain->ascii]);
    }
  }
}

bool Overlap::can_match(RuleRef rule) const {
  const auto& here = reach(rule);
  return here.possible && (here.identities.empty() || together(rule, rule));
}

bool Overlap::together(RuleRef a, RuleRef b) const {
  const auto& first = reach(a);
  const auto& second = reach(b);
  if (!at_one_moment(first, second)) return false;
  if (first.identities.empty() && second.identities.empty()) return true;
  return find_watcher(first, second) != nullptr || find_watcher(second, first) != nullptr ||
         admit_strangers(first, second);
}

std::optional<std::string> Overlap::common_watcher(RuleRef a, RuleRef b) const {
  if (!at_one_moment(reach(a), reach(b))) return std::nullopt;
  auto found = somebody_in(reach(a), reach(b));
  return found ? std::optional(std::move(found->words)) : std::nullopt;
}

Candidates Overlap::candidates(RuleRef rule) const {
  const auto& here = reach(rule);
  if (is_general(here)) return Candidates(std::span(all_));
  Rules& kept = candidates_[rule.document][rule.rule];
  if (!kept.empty()) return Candidates(std::span<const RuleRef>(kept));
  Rules found;
  Rules named = {rule};
  const auto take = [&](const auto& map, std::string_view key) {
    if (const auto entry = map.find(key); entry != map.end())
      named.insert(named.end(), entry->second.begin(), entry->second.end());
  };
  for (const auto& matcher : here.identities.front().condition().matchers) {
    if (const auto* one = std::get_if<policy::One>(&matcher)) {
      take(by_core_, one->id.core);
      if (one->id.domain) take(manies_by_domain_, *one->id.domain);
    } else if (const auto* many = std::get_if<policy::Many>(&matcher); many != nullptr && many->domain->ascii) {
      take(manies_by_domain_, *many->domain->ascii);
      take(ones_by_domain_, *many->domain->ascii);
    }
  }
  std::ranges::sort(named);
  std::ranges::set_union(general_, named, std::back_inserter(found));
  found.erase(std::unique(found.begin(), found.end()), found.end());
  if (found.size() > kMostKept) return Candidates(std::move(found));
  kept = std::move(found);
  return Candidates(std::span<const RuleRef>(kept));
}

std::optional<RuleRef> Companions::first_with(RuleRef rule) const {
  const auto is_one = [&](RuleRef other) { return std::ranges::binary_search(rules_, other); };
  if (is_one(rule) && overlaps_->can_match(rule)) return rule;
  const bool general = overlaps_->is_general(rule);
  for (const auto other : general ? Candidates(std::span(rules_)) : overlaps_->candidates(rule))
    if (other != rule && (general || is_one(other)) && overlaps_->together(rule, other)) return other;
  return std::nullopt;
}

}  // namespace presproof::lint
