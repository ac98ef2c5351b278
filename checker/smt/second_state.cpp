#include "smt/second_state.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace presproof::smt {

SecondState::SecondState(TermStore& terms, const SymbolicState& state, property::Secret secret) : terms_(&terms), state_(&state), secret_(secret) {
  for (const Term variable : state.variables_of(secret)) copy(variable);
}

void SecondState::copy(Term variable) {
  const std::uint32_t node = variable.node();
  if (copies_.contains(node)) return;
  const auto secret = property::kSecretWords[static_cast<std::size_t>(secret_)];
  const Term own = terms_->variable(fmt::format("second.{}.{}", secret, terms_->name(node)));
  copies_.emplace(node, own);
  if (const auto circle = state_->circle_of(node)) circles_.emplace(own.node(), *circle);
}

std::vector<Term> SecondState::of(std::span<const Term> terms) {
  const auto of_node = [&](Term term) {
    const Term renamed = *renamed_[term.node()];
    return term.negated() ? !renamed : renamed;
  };
  const std::vector<std::uint32_t> nodes = terms_->nodes_below(terms);
  renamed_.resize(std::max(renamed_.size(), terms_->size()));
  for (const std::uint32_t node : nodes) {
    if (renamed_[node]) continue;
    const Term self{node << 1};
    if (node == 0) {
      renamed_[node] = self;
    } else if (terms_->is_variable(node)) {
      const auto own = copies_.find(node);
      renamed_[node] = own == copies_.end() ? self : own->second;
    } else {
      const auto known = terms_->operands(node);
      std::vector<Term> operands(known.begin(), known.end());
      bool changed = false;
      for (Term& operand : operands) {
        const Term other = of_node(operand);
        changed |= other != operand;
        operand = other;
      }
      renamed_[node] = changed ? terms_->all_of(std::move(operands)) : self;
    }
  }
  std::vector<Term> result;
  result.reserve(terms.size());
  for (const Term term : terms) result.push_back(of_node(term));
  return result;
}

Term SecondState::of(Term term) {
  const std::array one = {term};
  return of(one).front();
}

std::optional<CircleId> SecondState::circle_of(std::uint32_t node) const {
  const auto found = circles_.find(node);
  if (found == circles_.end()) return std::nullopt;
  return found->second;
}

Valuation SecondState::read(const Valuation& values) const {
  Valuation second = values;
  for (const auto& [node, own] : copies_) second[node] = holds(values, own);
  return second;
}

void SecondState::write(const Valuation& second, Valuation& values) const {
  for (const auto& [node, own] : copies_) values[own.node()] = second[node];
}

}  // namespace presproof::smt
