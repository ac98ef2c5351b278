#include "repair/search.h"

#include <algorithm>

#include "repair/candidates.h"
#include "semantics/evaluator.h"
#include "claims/claim.h"

namespace presproof::repair {
namespace {

/// The first candidates of a node when the search is deep.
constexpr std::size_t kWidthWhenDeep = 6;
constexpr std::size_t kMaxSolutions = 64;

/// Whether one decision tells if the property is broken.
bool is_over_one_run(const property::Property& property) {
  const auto* location = std::get_if<property::LocationShown>(&property.claim.atom);
  return !property.two_run && (location == nullptr || !location->over_time);
}

}  // namespace

Search::Search(const property::Property& property, const property::Properties& declared, const verify::Options& options, const Bounds& bounds)
    : property_(property), asked_{{property}, declared.persons}, options_(options), bounds_(bounds) {
  options_.smt2_directory.clear();
}

std::vector<Solution> Search::run(const policy::Policy& policy, const verify::Result& result) {
  second_ = result.second;
  for (std::size_t depth = 1; depth <= bounds_.edits && found_.empty() && !exhausted(); ++depth) explore(policy, *result.counterexample, depth);
  return std::move(found_);
}

std::vector<policy::RuleRef> Search::rules_behind(const policy::Policy& policy, const verify::Counterexample& example) const {
  auto rules = claims::rules_concerned(property_.claim, example.decision, {policy, options_.usage, example.readings});
  if (property_.two_run) {
    std::vector<policy::RuleRef> matched = example.decision.matched;
    if (second_) matched.insert(matched.end(), second_->decision.matched.begin(), second_->decision.matched.end());
    std::sort(matched.begin(), matched.end());
    matched.erase(std::unique(matched.begin(), matched.end()), matched.end());
    return matched;
  }
  // A claim that fails for want of a permission may be mended at any rule that matches.
  if (property_.quantifier == property::Quantifier::always) rules = example.decision.matched;
  return rules;
}

void Search::explore(const policy::Policy& policy, const verify::Counterexample& example, std::size_t depth) {
  std::vector<Edit> edits = candidates(policy, property_, options_.usage, rules_behind(policy, example), example.request);
  if (depth > 2 && edits.size() > kWidthWhenDeep) edits.resize(kWidthWhenDeep);
  for (const Edit& edit : edits) {
    if (exhausted() || found_.size() >= kMaxSolutions) return;
    attempt(policy, edit, example, depth);
  }
}

void Search::attempt(const policy::Policy& policy, const Edit& edit, const verify::Counterexample& example, std::size_t depth) {
  policy::Policy edited = policy;
  apply(edit, edited);
  edits_.push_back(edit);
  verify::Counterexample next = example;
  if (is_over_one_run(property_) && breaks(edited, next)) {
    // Another rule breaks it, too.
    if (depth > 1) explore(edited, next, depth - 1);
  } else {
    ++proofs_;
    const verify::Result result = verify::verify(edited, asked_, options_).front();
    if (result.verdict == verify::Verdict::proved) {
      found_.push_back({edits_, std::move(edited)});
    } else if (depth > 1 && result.counterexample) {
      second_ = result.second;
      explore(edited, *result.counterexample, depth - 1);
    }
  }
  edits_.pop_back();
}

bool Search::breaks(const policy::Policy& policy, verify::Counterexample& example) const {
  const semantics::Evaluator evaluator(policy, {options_.usage, options_.profile, example.readings});
  example.decision = evaluator.decide(example.request);
  const bool claim = claims::claim_holds(property_.claim, example.decision, {policy, options_.usage, example.readings});
  return property_.quantifier == property::Quantifier::always ? !claim : claim;
}

}  // namespace presproof::repair
