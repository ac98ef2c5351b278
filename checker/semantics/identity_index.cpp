#include "semantics/identity_index.h"

#include <algorithm>

#include "base/fault.h"
#include "base/overloaded.h"

namespace presproof::semantics {
namespace {

/// A rule may name an identity twice; numbers ascend, so only the last can be the same. Either naming is enough.
void append_once(IdentityIndex::Candidates& candidates, IdentityIndex::Candidate candidate) {
  if (candidates.empty() || candidates.back().rule != candidate.rule) {
    candidates.push_back(candidate);
  } else {
    candidates.back().identity_holds |= candidate.identity_holds;
  }
}

}  // namespace

void IdentityIndex::add(const policy::Rule& rule, RuleNumber number) {
  const policy::IdentityCondition* first = nullptr;
  bool only_one = true;
  for (const policy::Condition& condition : rule.conditions) {
    const auto* identity = std::get_if<policy::IdentityCondition>(&condition);
    if (identity == nullptr) continue;
    only_one = first == nullptr;
    // Conditions are ANDed: what does not meet one identity condition cannot match.
    if (first == nullptr) first = identity;
  }
  if (first == nullptr) {
    everybody_.push_back({number, true});
  } else {
    add(*first, number, only_one);
  }
}

void IdentityIndex::add(const policy::IdentityCondition& condition, RuleNumber number, bool only_one) {
  if (condition.unauthenticated || (condition.matchers.empty() && readings_.empty_identity_is_unauthenticated())) {
    append_once(unauthenticated_, {number, only_one});
  }
  for (const policy::IdentityMatcher& matcher : condition.matchers) {
    std::visit(Overloaded{
                   [&](const policy::One& one) {
                     // Equal cores are enough when one of the URIs has nothing beside its core.
                     append_once(by_core_[one.id.core], {number, only_one && one.id.others.empty()});
                   },
                   [&](const policy::Many& many) { add(many, number, only_one); },
                   [](const policy::UnknownIdentity&) {},
               },
               matcher);
  }
}

void IdentityIndex::add(const policy::Many& many, RuleNumber number, bool only_one) {
  if (many.never) return;
  const Candidate candidate{number, only_one && (many.excepts.empty() || seeded(Fault::index_trusted_despite_excepts))};
  if (!many.domain) {
    append_once(authenticated_, candidate);
  } else if (many.domain->ascii) {
    append_once(by_domain_[seeded(Fault::index_domain_as_written) ? many.domain->text : *many.domain->ascii], candidate);
  }
}

std::vector<IdentityIndex::RuleNumber> IdentityIndex::candidates(const policy::Watcher& watcher) const {
  std::vector<RuleNumber> numbers;
  for_each_candidate(watcher, [&](const Candidate& candidate) { numbers.push_back(candidate.rule); });
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  return numbers;
}

}  // namespace presproof::semantics
