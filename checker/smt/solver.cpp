#include "smt/solver.h"

#include <z3++.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <mutex>

#include <fmt/format.h>

#include "smt/smtlib.h"

namespace presproof::smt {
namespace {

constexpr unsigned kNoTimeout = 0xFFFFFFFF;

void set_limits(z3::solver& solver, z3::context& context, const Limits& limits) {
  z3::params params(context);
  unsigned timeout_ms = kNoTimeout;
  if (limits.deadline) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(*limits.deadline - std::chrono::steady_clock::now());
    timeout_ms = static_cast<unsigned>(std::clamp<std::int64_t>(left.count(), 1, 1'000'000'000));
  }
  params.set("timeout", timeout_ms);
  params.set("rlimit", limits.rlimit);
  solver.set(params);
}

Outcome outcome_of(z3::check_result result) {
  switch (result) {
    case z3::sat: return Outcome::sat;
    case z3::unsat: return Outcome::unsat;
    case z3::unknown: break;
  }
  return Outcome::unknown;
}

/// Terms as Z3 expressions, each once.
class Translation {
 public:
  Translation(z3::context& context, const TermStore& terms) : context_(&context), terms_(&terms), nodes_(context) {
    nodes_.push_back(context.bool_val(true));
  }

  z3::expr operator()(Term term) {
    const std::array roots = {term};
    if (term.node() >= known_.size() || !known_[term.node()]) {
      for (const std::uint32_t node : terms_->nodes_below(roots)) make(node);
    }
    return sign(term);
  }
  [[nodiscard]] z3::expr variable(std::uint32_t node) const { return nodes_[static_cast<int>(place_[node])]; }

 private:
  z3::expr sign(Term term) const {
    const z3::expr node = nodes_[static_cast<int>(place_[term.node()])];
    return term.negated() ? !node : node;
  }
  void make(std::uint32_t node) {
    if (known_.size() < terms_->size()) {
      known_.resize(terms_->size());
      place_.resize(terms_->size());
    }
    if (node == 0) known_[0] = true;
    if (known_[node]) return;
    known_[node] = true;
    place_[node] = nodes_.size();
    if (terms_->is_variable(node)) {
      nodes_.push_back(context_->bool_const(std::string(terms_->name(node)).c_str()));
      return;
    }
    z3::expr_vector operands(*context_);
    for (const Term operand : terms_->operands(node)) operands.push_back(sign(operand));
    nodes_.push_back(z3::mk_and(operands));
  }

  z3::context* context_;
  const TermStore* terms_;
  z3::expr_vector nodes_;
  std::vector<bool> known_;
  std::vector<unsigned> place_;
};

class Z3Solver final : public Solver {
 public:
  Z3Solver(z3::context& context, const TermStore& terms, Translation& translate)
      : context_(&context), terms_(&terms), translate_(&translate), solver_(context, "QF_FD") {}

  void add(Term term) override {
    solver_.add((*translate_)(term));
    roots_.push_back(term);
  }
  Outcome check(const Limits& limits) override { return check({}, limits); }
  Outcome check(std::span<const Term> assumptions, const Limits& limits) override {
    if (limits.passed()) return Outcome::unknown;
    assumptions_.assign(assumptions.begin(), assumptions.end());
    z3::expr_vector assumed(*context_);
    for (const Term term : assumptions) assumed.push_back((*translate_)(term));
    set_limits(solver_, *context_, limits);
    return outcome_of(assumptions.empty() ? solver_.check() : solver_.check(assumed));
  }
  [[nodiscard]] std::vector<Term> core() const override {
    const z3::expr_vector needed = solver_.unsat_core();
    std::vector<Term> terms;
    for (const Term term : assumptions_) {
      const z3::expr expr = (*translate_)(term);
      for (unsigned i = 0; i < needed.size(); ++i) {
        if (z3::eq(needed[static_cast<int>(i)], expr)) {
          terms.push_back(term);
          break;
        }
      }
    }
    return terms;
  }
  void read_model(Valuation& values) const override {
    values.assign(terms_->size(), false);
    values[0] = true;
    const z3::model model = solver_.get_model();
    for (const std::uint32_t node : terms_->nodes_below(roots_)) {
      if (terms_->is_variable(node)) values[node] = model.eval(translate_->variable(node), true).is_true();
    }
  }

 private:
  z3::context* context_;
  const TermStore* terms_;
  Translation* translate_;
  z3::solver solver_;
  std::vector<Term> roots_;
  std::vector<Term> assumptions_;
};

/// Z3 sets itself up with its first context, and two first ones at once would meet in that.
void set_up_z3() {
  static std::once_flag once;
  std::call_once(once, [] { const z3::context first; });
}

}  // namespace

struct SolverFactory::Impl {
  const TermStore& terms;
  z3::context context;
  Translation translate;
  explicit Impl(const TermStore& the_terms) : terms(the_terms), translate(context, the_terms) {}
};

SolverFactory::SolverFactory(const TermStore& terms) {
  set_up_z3();
  impl_ = std::make_unique<Impl>(terms);
}
SolverFactory::~SolverFactory() = default;

std::unique_ptr<Solver> SolverFactory::solver() { return std::make_unique<Z3Solver>(impl_->context, impl_->terms, impl_->translate); }

Outcome SolverFactory::find_point(std::span<const HalfSpace> bounds, const Limits& limits, geo::UnitVector& point) {
  if (limits.passed()) return Outcome::unknown;
  z3::context& context = impl_->context;
  z3::solver solver = z3::tactic(context, "qfnra-nlsat").mk_solver();
  const std::array coordinates = {context.real_const("x"), context.real_const("y"), context.real_const("z")};
  solver.add(coordinates[0] * coordinates[0] + coordinates[1] * coordinates[1] + coordinates[2] * coordinates[2] == 1);
  for (const HalfSpace& half : bounds) {
    z3::expr product = context.real_val(exact_rational(half.axis[0]).c_str()) * coordinates[0];
    for (std::size_t i = 1; i < 3; ++i) product = product + context.real_val(exact_rational(half.axis[i]).c_str()) * coordinates[i];
    const z3::expr bound = context.real_val(exact_rational(half.bound).c_str());
    if (half.at_least) {
      solver.add(half.strict ? product > bound : product >= bound);
    } else {
      solver.add(half.strict ? product < bound : product <= bound);
    }
  }
  set_limits(solver, context, limits);
  const Outcome outcome = outcome_of(solver.check());
  if (outcome != Outcome::sat) return outcome;
  const z3::model model = solver.get_model();
  for (std::size_t i = 0; i < 3; ++i) {
    // A trailing `?` says that the expansion goes on.
    const std::string digits = model.eval(coordinates[i], true).get_decimal_string(40);
    point[i] = std::strtod(digits.c_str(), nullptr);
  }
  return outcome;
}

std::string SolverFactory::version() {
  unsigned major = 0;
  unsigned minor = 0;
  unsigned build = 0;
  unsigned revision = 0;
  Z3_get_version(&major, &minor, &build, &revision);
  return fmt::format("{}.{}.{}", major, minor, build);
}

Outcome check_smt2(const std::string& text) {
  z3::context context;
  z3::solver solver(context);
  solver.from_string(text.c_str());
  return outcome_of(solver.check());
}

}  // namespace presproof::smt
