#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "geo/cap.h"
#include "smt/term.h"

/// Z3, behind values: nothing outside of this module sees its headers.
namespace presproof::smt {

enum class Outcome : std::uint8_t { sat, unsat, unknown };

/// How much a solver may do before it answers `unknown`.
struct Limits {
  std::optional<std::chrono::steady_clock::time_point> deadline;
  std::uint32_t rlimit = 0;  ///< Z3's deterministic resource count for each call; 0: none
  [[nodiscard]] bool passed() const { return deadline && std::chrono::steady_clock::now() >= *deadline; }
};

/// A half-space `axis . p >= bound` or `<= bound`, strict or not, that a place on the unit sphere must be in.
struct HalfSpace {
  geo::UnitVector axis{};
  double bound = 0;
  bool at_least = true;
  bool strict = false;
};

/// One propositional problem, which can be extended and asked again.
class Solver {
 public:
  virtual ~Solver() = default;
  virtual void add(Term term) = 0;
  [[nodiscard]] virtual Outcome check(const Limits& limits) = 0;
  /// Under assumptions; after `unsat` core() has those that were needed.
  [[nodiscard]] virtual Outcome check(std::span<const Term> assumptions, const Limits& limits) = 0;
  [[nodiscard]] virtual std::vector<Term> core() const = 0;
  /// After `sat`: the values of all variables that were added with any term.
  virtual void read_model(Valuation& values) const = 0;
};

/// Z3 4.8.12's incremental SAT solver for finite domains (QF_FD) and nlsat, in one context per object.
class SolverFactory {
 public:
  explicit SolverFactory(const TermStore& terms);
  ~SolverFactory();
  SolverFactory(const SolverFactory&) = delete;
  SolverFactory& operator=(const SolverFactory&) = delete;

  /// `terms` and this object must outlive it.
  [[nodiscard]] std::unique_ptr<Solver> solver();

  /// Whether a point of the unit sphere is in all half-spaces; after `sat`, `point` is one, up to rounding.
  [[nodiscard]] Outcome find_point(std::span<const HalfSpace> bounds, const Limits& limits, geo::UnitVector& point);

  [[nodiscard]] static std::string_view name() { return "z3"; }
  [[nodiscard]] static std::string version();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Reads SMT-LIB 2 text that ends in (check-sat) and answers it.
[[nodiscard]] Outcome check_smt2(const std::string& text);

}  // namespace presproof::smt
