#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Propositional terms: variables, conjunctions and signs, each distinct term once (hash-consing, Ershov 1958), folded as they are
/// built. Equal terms have equal handles, so that classes of watchers with the same query collapse before a solver runs; what is
/// trivially true or false never reaches it. A disjunction is a negated conjunction (and-inverter graphs).
namespace presproof::smt {

/// A handle into a TermStore: number of the node and, in the lowest bit, the sign.
struct Term {
  std::uint32_t code = 0;
  [[nodiscard]] constexpr std::uint32_t node() const { return code >> 1; }
  [[nodiscard]] constexpr bool negated() const { return (code & 1) != 0; }
  constexpr Term operator!() const { return Term{code ^ 1}; }
  friend constexpr auto operator<=>(const Term&, const Term&) = default;
};
inline constexpr Term kTrue{0};
inline constexpr Term kFalse{1};

/// A truth value for each node of a store, by number.
using Valuation = std::vector<bool>;
[[nodiscard]] inline bool holds(const Valuation& values, Term term) { return values[term.node()] != term.negated(); }

/// A store can stand on a base, which is not changed any more: it has the base's terms and adds its own. That costs nothing to begin, so that
/// each question can have a store of its own, and what it finds depends on no other question.
class TermStore {
 public:
  TermStore();
  /// On `base`, which must outlive it, gains no more terms, and stands on no other.
  explicit TermStore(const TermStore* base);

  /// A new variable; names are for people and for SMT-LIB, and are unique.
  [[nodiscard]] Term variable(std::string name);
  [[nodiscard]] Term all_of(std::vector<Term> terms);
  [[nodiscard]] Term any_of(std::vector<Term> terms);
  [[nodiscard]] Term both(Term a, Term b) { return all_of({a, b}); }
  [[nodiscard]] Term either(Term a, Term b) { return any_of({a, b}); }

  [[nodiscard]] std::size_t size() const { return base_size_ + nodes_.size(); }
  [[nodiscard]] bool is_variable(std::uint32_t node) const { return at(node).count == kVariable; }
  [[nodiscard]] std::string_view name(std::uint32_t node) const { return of(node).names_[at(node).first]; }
  /// Of a conjunction; empty for variables and the constant.
  [[nodiscard]] std::span<const Term> operands(std::uint32_t node) const;

  /// The nodes that the terms are made of, ascending: operands come before what uses them.
  [[nodiscard]] std::vector<std::uint32_t> nodes_below(std::span<const Term> roots) const;
  /// Computes the values of the conjunctions among `nodes` (ascending) from those of the variables.
  void evaluate(std::span<const std::uint32_t> nodes, Valuation& values) const;
  /// Literals over variables, each true under `values`, that make `root` true on their own. `root` must hold.
  [[nodiscard]] std::vector<Term> implicant(Term root, const Valuation& values) const;

 private:
  static constexpr std::uint32_t kVariable = 0xFFFFFFFF;
  struct Node {
    std::uint32_t first = 0;  ///< of the operands, or the name's number
    std::uint32_t count = 0;
    std::uint32_t hash = 0;   ///< of a conjunction
  };
  [[nodiscard]] const TermStore& of(std::uint32_t node) const { return node < base_size_ ? *base_ : *this; }
  [[nodiscard]] const Node& at(std::uint32_t node) const { return node < base_size_ ? base_->nodes_[node] : nodes_[node - base_size_]; }
  /// The number of that conjunction; 0 when it is not in this store, its base aside.
  [[nodiscard]] std::uint32_t find(std::span<const Term> terms, std::uint32_t hash) const;
  void index(std::uint32_t node, std::uint32_t hash);

  const TermStore* base_ = nullptr;
  std::uint32_t base_size_ = 0;
  std::vector<Node> nodes_;
  std::vector<Term> operands_;
  std::vector<std::string> names_;
  std::vector<std::uint32_t> slots_;  ///< conjunctions by hash, linear probing; 0 is free, their number a power of two
  std::size_t conjunctions_ = 0;
};

}  // namespace presproof::smt
