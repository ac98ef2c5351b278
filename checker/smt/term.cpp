#include "smt/term.h"

#include <algorithm>
#include <utility>

namespace presproof::smt {
namespace {

std::uint64_t hash_of(std::span<const Term> terms) {
  std::uint64_t hash = 0x9E3779B97F4A7C15ULL + terms.size();
  for (const Term term : terms) {
    hash ^= term.code + 0x9E3779B97F4A7C15ULL;
    hash *= 0xBF58476D1CE4E5B9ULL;
    hash ^= hash >> 29;
  }
  return hash;
}

}  // namespace

TermStore::TermStore() : nodes_(1) {}

Term TermStore::variable(std::string name) {
  const auto node = static_cast<std::uint32_t>(nodes_.size());
  nodes_.push_back({static_cast<std::uint32_t>(names_.size()), kVariable, 0});
  names_.push_back(std::move(name));
  return Term{node << 1};
}

std::span<const Term> TermStore::operands(std::uint32_t node) const {
  const Node& found = nodes_[node];
  if (found.count == kVariable) return {};
  return {operands_.data() + found.first, found.count};
}

Term TermStore::all_of(std::vector<Term> terms) {
  std::erase(terms, kTrue);
  std::sort(terms.begin(), terms.end());
  terms.erase(std::unique(terms.begin(), terms.end()), terms.end());
  for (std::size_t i = 0; i < terms.size(); ++i) {
    if (terms[i] == kFalse) return kFalse;
    // A term and its negation are neighbours in the order of codes.
    if (i > 0 && terms[i] == !terms[i - 1]) return kFalse;
  }
  if (terms.empty()) return kTrue;
  if (terms.size() == 1) return terms.front();
  const std::uint64_t hash = hash_of(terms);
  const auto [place, is_new] = by_hash_.try_emplace(hash, 0);
  for (std::uint32_t node = place->second; node != 0; node = nodes_[node].next) {
    const auto known = operands(node);
    if (std::equal(known.begin(), known.end(), terms.begin(), terms.end())) return Term{node << 1};
  }
  const auto node = static_cast<std::uint32_t>(nodes_.size());
  nodes_.push_back({static_cast<std::uint32_t>(operands_.size()), static_cast<std::uint32_t>(terms.size()), place->second});
  operands_.insert(operands_.end(), terms.begin(), terms.end());
  place->second = node;
  return Term{node << 1};
}

Term TermStore::any_of(std::vector<Term> terms) {
  for (Term& term : terms) term = !term;
  return !all_of(std::move(terms));
}

std::vector<std::uint32_t> TermStore::nodes_below(std::span<const Term> roots) const {
  std::vector<bool> seen(nodes_.size());
  std::vector<std::uint32_t> found;
  const auto see = [&](Term term) {
    if (seen[term.node()]) return;
    seen[term.node()] = true;
    found.push_back(term.node());
  };
  for (const Term root : roots) see(root);
  for (std::size_t i = 0; i < found.size(); ++i) {
    for (const Term operand : operands(found[i])) see(operand);
  }
  std::sort(found.begin(), found.end());
  return found;
}

void TermStore::evaluate(std::span<const std::uint32_t> nodes, Valuation& values) const {
  values.resize(nodes_.size());
  for (const std::uint32_t node : nodes) {
    if (is_variable(node)) continue;
    const auto terms = operands(node);
    values[node] = std::all_of(terms.begin(), terms.end(), [&](Term term) { return holds(values, term); });
  }
}

std::vector<Term> TermStore::implicant(Term root, const Valuation& values) const {
  std::vector<bool> seen(nodes_.size());
  std::vector<Term> literals;
  std::vector<Term> to_explain = {root};
  while (!to_explain.empty()) {
    const Term term = to_explain.back();
    to_explain.pop_back();
    if (seen[term.node()]) continue;
    seen[term.node()] = true;
    if (is_variable(term.node())) {
      literals.push_back(term);
      continue;
    }
    const auto terms = operands(term.node());
    if (!term.negated()) {
      to_explain.insert(to_explain.end(), terms.begin(), terms.end());
      continue;
    }
    // One false operand explains a false conjunction; one that is explained already costs nothing.
    const auto is_false = [&](Term operand) { return !holds(values, operand); };
    auto reason = std::find_if(terms.begin(), terms.end(), [&](Term operand) { return is_false(operand) && seen[operand.node()]; });
    if (reason == terms.end()) reason = std::find_if(terms.begin(), terms.end(), is_false);
    if (reason != terms.end()) to_explain.push_back(!*reason);
  }
  std::sort(literals.begin(), literals.end());
  return literals;
}

}  // namespace presproof::smt
