#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
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

class TermStore {
 public:
  TermStore();

  /// A new variable; names are for people and for SMT-LIB, and are unique.
  [[nodiscard]] Term variable(std::string name);
  [[nodiscard]] Term all_of(std::vector<Term> terms);
  [[nodiscard]] Term any_of(std::vector<Term> terms);
  [[nodiscard]] Term both(Term a, Term b) { return all_of({a, b}); }
  [[nodiscard]] Term either(Term a, Term b) { return any_of({a, b}); }

  [[nodiscard]] std::size_t size() const { return nodes_.size(); }
  [[nodiscard]] bool is_variable(std::uint32_t node) const { return nodes_[node].count == kVariable; }
  [[nodiscard]] std::string_view name(std::uint32_t node) const { return names_[nodes_[node].first]; }
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
    std::uint32_t next = 0;   ///< in the chain of equal hashes; 0 ends it
  };
  std::vector<Node> nodes_;
  std::vector<Term> operands_;
  std::vector<std::string> names_;
  std::unordered_map<std::uint64_t, std::uint32_t> by_hash_;
};

}  // namespace presproof::smt
