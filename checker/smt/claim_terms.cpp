#include "smt/claim_terms.h"

#include <algorithm>

#include "base/fault.h"

namespace presproof::smt {

ClaimTerms::Compiled ClaimTerms::compile(const ClaimShape& shape) {
  Compiled compiled{shape.op, nullptr, {}};
  for (const ClaimShape& operand : shape.operands) compiled.operands.push_back(compile(operand));
  if (shape.op == property::Operator::atom) {
    auto& known = thresholds_[shape.atom];
    if (!known) known = std::make_unique<SomeMatching>(shape.atom, *partition_, *conditions_, *terms_, *state_, filter_);
    compiled.some = known.get();
  }
  return compiled;
}

Term ClaimTerms::term(const Compiled& claim, const WatcherClass& watcher, bool empty_identity) {
  if (claim.some != nullptr) return claim.some->for_class(watcher, empty_identity);
  std::vector<Term> operands;
  for (const Compiled& operand : claim.operands) operands.push_back(term(operand, watcher, empty_identity));
  switch (claim.op) {
    case property::Operator::not_: return !operands.front();
    case property::Operator::or_: return seeded(Fault::terms_and_for_or) ? terms_->all_of(std::move(operands)) : terms_->any_of(std::move(operands));
    default: return terms_->all_of(std::move(operands));
  }
}

bool ClaimTerms::mentions(const Compiled& claim, RuleNumber rule) {
  if (claim.some != nullptr) return claim.some->relevant(rule);
  return std::any_of(claim.operands.begin(), claim.operands.end(), [&](const Compiled& operand) { return mentions(operand, rule); });
}

}  // namespace presproof::smt
