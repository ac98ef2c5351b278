#include "smt/term.h"

#include <algorithm>
#include <utility>

#include "diag/error.h"

namespace presproof::smt {
namespace {

std::uint32_t hash_of(std::span<const Term> terms) {
  std::uint64_t hash = 0x9E3779B97F4A7C15ULL + terms.size();
  for (const Term term : terms) {
    hash ^= term.code + 0x9E3779B97F4A7C15ULL;
    hash *= 0xBF58476D1CE4E5B9ULL;
    hash ^= hash >> 29;
  }
  return static_cast<std::uint32_t>(hash ^ hash >> 32);
}

}  // namespace

TermStore::TermStore() : nodes_(1) {}

TermStore::TermStore(const TermStore* base) : base_(base), base_size_(static_cast<std::uint32_t>(base->nodes_.size())) {
  if (base->base_ != nullptr) throw diag::InternalError("a store of terms stands on one that stands on another");
}

Term TermStore::variable(std::string name) {
  const auto node = static_cast<std::uint32_t>(size());
  nodes_.push_back({static_cast<std::uint32_t>(names_.size()), kVariable, 0});
  names_.push_back(std::move(name));
  return Term{node << 1};
}

std::span<const Term> TermStore::operands(std::uint32_t node) const {
  const Node& found = at(node);
  if (found.count == kVariable) return {};
  return {of(node).operands_.data() + found.first, found.count};
}

std::uint32_t TermStore::find(std::span<const Term> terms, std::uint32_t hash) const {
  if (slots_.empty()) return 0;
  for (std::size_t slot = hash & (slots_.size() - 1); slots_[slot] != 0; slot = (slot + 1) & (slots_.size() - 1)) {
    if (at(slots_[slot]).hash != hash) continue;
    const auto known = operands(slots_[slot]);
    if (std::equal(known.begin(), known.end(), terms.begin(), terms.end())) return slots_[slot];
  }
  return 0;
}

void TermStore::index(std::uint32_t node, std::uint32_t hash) {
  const auto put = [&](std::uint32_t number, std::uint32_t its_hash) {
    std::size_t slot = its_hash & (slots_.size() - 1);
    while (slots_[slot] != 0) slot = (slot + 1) & (slots_.size() - 1);
    slots_[slot] = number;
  };
  constexpr std::size_t fewest = 64;
  if (++conjunctions_ * 2 > slots_.size()) {
    std::vector<std::uint32_t> known(std::max(fewest, slots_.size() * 2));
    std::swap(known, slots_);
    for (const std::uint32_t number : known) {
      if (number != 0) put(number, at(number).hash);
    }
  }
  put(node, hash);
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
  const std::uint32_t hash = hash_of(terms);
  if (const std::uint32_t known = base_ == nullptr ? 0 : base_->find(terms, hash); known != 0) return Term{known << 1};
  if (const std::uint32_t known = find(terms, hash); known != 0) return Term{known << 1};
  const auto node = static_cast<std::uint32_t>(size());
  nodes_.push_back({static_cast<std::uint32_t>(operands_.size()), static_cast<std::uint32_t>(terms.size()), hash});
  operands_.insert(operands_.end(), terms.begin(), terms.end());
  index(node, hash);
  return Term{node << 1};
}

Term TermStore::any_of(std::vector<Term> terms) {
  for (Term& term : terms) term = !term;
  return !all_of(std::move(terms));
}

std::vector<std::uint32_t> TermStore::nodes_below(std::span<const Term> roots) const {
  std::vector<bool> seen(size());
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
  values.resize(size());
  for (const std::uint32_t node : nodes) {
    if (is_variable(node)) continue;
    const auto terms = operands(node);
    values[node] = std::all_of(terms.begin(), terms.end(), [&](Term term) { return holds(values, term); });
  }
}

std::vector<Term> TermStore::implicant(Term root, const Valuation& values) const {
  std::vector<bool> seen(size());
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
