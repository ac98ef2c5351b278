#include "smt/prover.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/overloaded.h"
#include "diag/error.h"
#include "smt/decode.h"

namespace presproof::smt {
namespace {

/// Up to this many circles every pair is compared beforehand; beyond it, circles that an answer was inside of.
constexpr std::size_t kFewCircles = 64;
/// Cores of more rules than this tell nobody anything and take long.
constexpr std::size_t kMaxCoreCandidates = 2000;
constexpr std::size_t kMaxMinimisedCore = 24;

std::string limit_reason(const Limits& limits) {
  return limits.passed() ? "the time limit was reached before an answer was found" : "the solver gave up within its limits";
}

}  // namespace

Prover::Prover(const policy::Policy& policy, const property::Properties& properties, policy::Usage usage, const engine::Profile& profile)
    : Prover(std::make_shared<const Ground>(policy, properties, usage, profile)) {}

Prover::Prover(std::shared_ptr<const Ground> ground, std::optional<Part> part)
    : ground_(std::move(ground)),
      part_(std::move(part)),
      usage_(ground_->usage),
      partition_(ground_->partition),
      conditions_(ground_->conditions),
      terms_(&ground_->terms),
      state_(terms_, ground_->state),
      claim_terms_(partition_, conditions_, terms_, state_, part_ ? part_->filter : nullptr) {}

Prover::~Prover() = default;

SolverFactory& Prover::solvers() {
  if (!solvers_) solvers_ = std::make_unique<SolverFactory>(terms_);
  return *solvers_;
}

Geometry& Prover::geometry() {
  if (!geometry_) geometry_ = std::make_unique<Geometry>(state_.vocabulary().circles, solvers());
  return *geometry_;
}

const std::vector<std::uint32_t>& Prover::classes_of(const property::Property& property) {
  const auto [place, is_new] = classes_.try_emplace(&property);
  if (is_new) {
    const auto consider = [&](std::uint32_t number) {
      if (partition_.contains(*property.group, partition_.classes()[number])) place->second.push_back(number);
    };
    const auto all = static_cast<std::uint32_t>(partition_.classes().size());
    if (part_) std::for_each(part_->watchers.begin(), part_->watchers.end(), consider);
    for (std::uint32_t number = 0; !part_ && number < all; ++number) consider(number);
  }
  return place->second;
}

bool Prover::includes_unauthenticated(const property::Property& property) {
  const auto& classes = classes_of(property);
  return std::any_of(classes.begin(), classes.end(), [&](std::uint32_t number) { return !partition_.classes()[number].authenticated(); });
}

std::vector<Prover::ClassQuery> Prover::queries(const property::Property& property, Goal goal, const engine::Readings& readings, ClaimTerms& terms) {
  const Term guards[] = {compile_guard(property, false, terms_, state_), compile_guard(property, true, terms_, state_)};
  const ClaimTerms::Compiled claim = terms.compile(shape_of(property.claim, usage_, readings));
  std::vector<ClassQuery> result;
  std::set<Term> seen;
  for (const std::uint32_t number : classes_of(property)) {
    const WatcherClass& watcher = partition_.classes()[number];
    Term term = guards[watcher.authenticated() ? 1 : 0];
    if (goal != Goal::guard && term != kFalse) {
      const Term claimed = terms.term(claim, watcher, readings.empty_identity_is_unauthenticated());
      term = terms_.both(term, goal == Goal::claim ? claimed : !claimed);
    }
    if (term != kFalse && seen.insert(term).second) result.push_back({term, number});
  }
  return result;
}

std::vector<CircleId> Prover::circles_below(std::span<const Term> roots) const {
  std::vector<CircleId> circles;
  for (const std::uint32_t node : terms_.nodes_below(roots)) {
    if (const auto id = state_.circle_of(node)) circles.push_back(*id);
  }
  return circles;
}

/// That no place has the pattern.
Term Prover::excluded(const Pattern& pattern) {
  std::vector<Term> clause;
  for (const CircleId id : pattern.inside) clause.push_back(!state_.inside_circle(id));
  for (const CircleId id : pattern.outside) clause.push_back(state_.inside_circle(id));
  return terms_.any_of(std::move(clause));
}

std::vector<Term> Prover::known_exclusions(std::span<const CircleId> circles) {
  std::vector<Term> terms;
  const auto here = [&](CircleId id) { return std::binary_search(circles.begin(), circles.end(), id); };
  for (const Pattern& pattern : learned_) {
    if (std::all_of(pattern.inside.begin(), pattern.inside.end(), here) && std::all_of(pattern.outside.begin(), pattern.outside.end(), here)) {
      terms.push_back(excluded(pattern));
    }
  }
  if (circles.size() > kFewCircles) return terms;
  for (std::size_t i = 0; i < circles.size(); ++i) {
    for (std::size_t j = i + 1; j < circles.size(); ++j) {
      for (const Pattern& pattern : geometry().exclusions(circles[i], circles[j])) terms.push_back(excluded(pattern));
    }
  }
  return terms;
}

Term Prover::condition(RuleNumber rule) {
  const RuleCondition& condition = conditions_[rule];
  return terms_.both(state_.time_in(condition.cells), condition.rest);
}

Term Prover::some_of(std::span<const RuleNumber> rules) { return RuleDisjunction::merge(rules, conditions_, terms_, state_); }

bool Prover::holds_at(Term term, const policy::State& state) const {
  const std::array roots = {term};
  Valuation values(terms_.size());
  values[0] = true;
  state_.assign(state, circles_below(roots), values);
  terms_.evaluate(terms_.nodes_below(roots), values);
  return holds(values, term);
}

std::optional<Candidate> Prover::decoded(const ClassQuery& query, const Valuation& values, const std::optional<geo::Position>& place) {
  policy::State state;
  state.time = readable_instant(state_.cells(), state_.cell_in(values));
  state.sphere = state_.sphere_in(values);
  state.location.civic = state_.civic_in(values);
  if (place) state.location.geodetic = *place;

  const std::array roots = {query.term};
  const std::vector<std::uint32_t> nodes = terms_.nodes_below(roots);
  const std::vector<CircleId> circles = circles_below(roots);
  Valuation concrete(terms_.size());
  concrete[0] = true;
  const auto accepts = [&](const policy::State& candidate) {
    state_.assign(candidate, circles, concrete);
    terms_.evaluate(nodes, concrete);
    return holds(concrete, query.term);
  };
  if (!accepts(state)) return std::nullopt;
  return Candidate{{partition_.classes()[query.watcher].watcher(), simplified(std::move(state), state_.cells(), accepts)}};
}

/// The refinement loop of one question.
struct Prover::Search {
  Prover& prover;
  const std::vector<ClassQuery>& queries;
  const Limits& limits;
  QueryLog& log;
  std::vector<Term> assertions = {};
  std::vector<CircleId> circles = {};
  std::unique_ptr<Solver> solver = {};
  std::set<CircleId> compared = {};  ///< circles that were compared with all others
  bool margin = false;
  bool undetermined = false;

  void add(Term term) {
    assertions.push_back(term);
    solver->add(term);
  }

  void begin() {
    std::vector<Term> alternatives;
    for (const ClassQuery& query : queries) alternatives.push_back(query.term);
    circles = prover.circles_below(alternatives);
    solver = prover.solvers().solver();
    add(prover.terms_.any_of(std::move(alternatives)));
    for (const Term bound : prover.state_.bounds()) add(bound);
    for (const Term term : prover.known_exclusions(circles)) add(term);
  }

  void exclude(const Impossible& impossible) {
    for (const Pattern& pattern : impossible.patterns) {
      add(prover.excluded(pattern));
      prover.learned_.push_back(pattern);
      for (const CircleId id : pattern.inside) {
        if (circles.size() <= kFewCircles || !compared.insert(id).second) continue;
        for (const CircleId other : circles) {
          if (other == id) continue;
          for (const Pattern& pair : prover.geometry().exclusions(id, other)) add(prover.excluded(pair));
        }
      }
    }
  }

  /// The first class that the model satisfies, and where the target is to be; nothing when no place has what it needs.
  std::optional<Candidate> candidate(Valuation& values) {
    std::vector<Term> roots;
    for (const ClassQuery& query : queries) roots.push_back(query.term);
    prover.terms_.evaluate(prover.terms_.nodes_below(roots), values);
    const auto query = std::find_if(queries.begin(), queries.end(), [&](const ClassQuery& each) { return holds(values, each.term); });
    if (query == queries.end()) throw diag::InternalError("the solver's model satisfies no class of watchers");
    Pattern pattern;
    for (const Term literal : prover.terms_.implicant(query->term, values)) {
      if (const auto id = prover.state_.circle_of(literal.node())) (literal.negated() ? pattern.outside : pattern.inside).push_back(*id);
    }
    std::optional<geo::Position> place;
    // Outside of everything: the location may be unknown.
    if (!pattern.inside.empty()) {
      place = placed(pattern);
      if (!place) return std::nullopt;
    }
    auto found = prover.decoded(*query, values, place);
    if (!found) throw diag::InternalError("a state that the solver found does not satisfy the terms it was found for");
    return found;
  }

  std::optional<geo::Position> placed(const Pattern& pattern) {
    const Placement placement = prover.geometry().place(pattern, limits, [&](std::span<const HalfSpace> bounds) { log.write(bounds); });
    return std::visit(Overloaded{
                          [](const geo::Position& found) { return std::optional(found); },
                          [&](const Impossible& impossible) {
                            exclude(impossible);
                            return std::optional<geo::Position>();
                          },
                          [&](const InMargin&) {
                            margin = true;
                            add(prover.excluded(pattern));
                            return std::optional<geo::Position>();
                          },
                          [&](const Undetermined&) {
                            undetermined = true;
                            add(prover.excluded(pattern));
                            return std::optional<geo::Position>();
                          },
                      },
                      placement);
  }

  Answer run() {
    begin();
    for (;;) {
      log.write(prover.terms_, assertions, prover.state_);
      const Outcome outcome = solver->check(limits);
      if (outcome == Outcome::unsat) break;
      if (outcome == Outcome::unknown) return Undecided{limit_reason(limits)};
      Valuation values;
      solver->read_model(values);
      if (auto found = candidate(values)) return *found;
    }
    if (undetermined) return Undecided{limit_reason(limits)};
    if (margin) return Undecided{"only a place at the very rim of a circle could show it, closer than is certain on WGS 84"};
    return Nothing{};
  }
};

Outcome Prover::some_state(Term term, const Limits& limits) {
  if (term == kTrue) return Outcome::sat;
  if (term == kFalse) return Outcome::unsat;
  const std::vector<ClassQuery> query = {{term, 0}};  // of any watcher: the term is about states alone
  QueryLog unwritten;
  const Answer answer = Search{*this, query, limits, unwritten}.run();
  return std::visit(Overloaded{[](const Candidate&) { return Outcome::sat; }, [](const Nothing&) { return Outcome::unsat; },
                               [](const Undecided&) { return Outcome::unknown; }},
                    answer);
}

Answer Prover::find(const property::Property& property, Goal goal, const engine::Readings& readings, const Limits& limits, QueryLog& log) {
  if (limits.passed()) return Undecided{limit_reason(limits)};
  const std::vector<ClassQuery> classes = queries(property, goal, readings, claim_terms_);
  const auto certain = std::find_if(classes.begin(), classes.end(), [](const ClassQuery& query) { return query.term == kTrue; });
  if (certain != classes.end()) {
    Valuation values(terms_.size());
    values[0] = true;
    if (auto found = decoded(*certain, values, std::nullopt)) return *found;
  }
  Answer answer = Nothing{classes_of(property).empty()};
  if (!classes.empty()) {
    // Readings that make no difference here lead to the same query.
    if (const auto known = answered_.find(classes); known != answered_.end()) return known->second;
    answer = Search{*this, classes, limits, log}.run();
    if (!std::holds_alternative<Undecided>(answer)) answered_.emplace(classes, answer);
  }
  if (std::holds_alternative<Nothing>(answer) && !partition_.complete()) {
    return Undecided{"URIs are named with so many parameters that not every watcher was considered"};
  }
  return answer;
}

std::vector<policy::RuleRef> Prover::rules_behind(const property::Property& property, Goal goal, const engine::Readings& readings,
                                                  const Limits& limits) {
  std::vector<RuleNumber> numbers = rules_in_play(property, readings);
  if (numbers.size() <= kMaxCoreCandidates && !queries(property, goal, readings, claim_terms_).empty()) {
    numbers = core(property, goal, readings, numbers, limits);
  }
  std::vector<policy::RuleRef> refs;
  for (const RuleNumber number : numbers) refs.push_back(partition_.rules().ref(number));
  return refs;
}

/// The rules of the group's watchers that give a part of what the claim speaks of.
std::vector<RuleNumber> Prover::rules_in_play(const property::Property& property, const engine::Readings& readings) {
  const ClaimTerms::Compiled claim = claim_terms_.compile(shape_of(property.claim, usage_, readings));
  std::vector<bool> in_play(partition_.rules().size());
  const auto play = [&](std::span<const RuleNumber> rules) {
    for (const RuleNumber rule : rules) in_play[rule] = in_play[rule] || ClaimTerms::mentions(claim, rule);
  };
  std::set<std::optional<DomainId>> shared;
  for (const std::uint32_t number : classes_of(property)) {
    const WatcherClass& watcher = partition_.classes()[number];
    if (!watcher.authenticated() || shared.insert(watcher.domain).second) {
      play(partition_.rules_of(watcher, readings.empty_identity_is_unauthenticated()));
    }
    play(watcher.own.added);
  }
  std::vector<RuleNumber> result;
  for (RuleNumber rule = 0; rule < in_play.size(); ++rule) {
    if (in_play[rule]) result.push_back(rule);
  }
  return result;
}

std::vector<RuleNumber> Prover::core(const property::Property& property, Goal goal, const engine::Readings& readings,
                                     std::span<const RuleNumber> in_play, const Limits& limits) {
  if (!named_terms_) {
    for (RuleNumber rule = 0; rule < conditions_.size(); ++rule) {
      const bool never = conditions_[rule].never();
      named_conditions_.push_back(never ? RuleCondition{{}, kFalse} : RuleCondition{state_.cells().all(), terms_.variable(fmt::format("rule.{}", rule))});
    }
    named_terms_ = std::make_unique<ClaimTerms>(partition_, named_conditions_, terms_, state_);
  }
  std::vector<Term> alternatives;
  for (const ClassQuery& query : queries(property, goal, readings, *named_terms_)) alternatives.push_back(query.term);
  const std::unique_ptr<Solver> solver = solvers().solver();
  std::vector<Term> roots = {terms_.any_of(std::move(alternatives))};
  solver->add(roots.front());
  for (const Term bound : state_.bounds()) solver->add(bound);
  // A rule counts when it matters that its condition is what it is.
  std::map<Term, RuleNumber> by_assumption;
  std::vector<Term> assumptions;
  for (const RuleNumber rule : in_play) {
    const Term assumption = terms_.variable(fmt::format("assume.{}.{}", rule, terms_.size()));
    const Term named = named_conditions_[rule].rest;
    const Term condition = terms_.both(state_.time_in(conditions_[rule].cells), conditions_[rule].rest);
    solver->add(terms_.any_of({!assumption, !named, condition}));
    solver->add(terms_.any_of({!assumption, named, !condition}));
    roots.push_back(condition);
    assumptions.push_back(assumption);
    by_assumption.emplace(assumption, rule);
  }
  for (const Term term : known_exclusions(circles_below(roots))) solver->add(term);
  if (solver->check(assumptions, limits) != Outcome::unsat) return {in_play.begin(), in_play.end()};
  std::vector<Term> needed = solver->core();
  for (std::size_t i = 0; needed.size() <= kMaxMinimisedCore && i < needed.size();) {
    std::vector<Term> fewer = needed;
    fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
    if (solver->check(fewer, limits) == Outcome::unsat) {
      needed = std::move(fewer);
    } else {
      ++i;
    }
  }
  std::vector<RuleNumber> rules;
  for (const Term assumption : needed) rules.push_back(by_assumption.at(assumption));
  std::sort(rules.begin(), rules.end());
  return rules;
}

}  // namespace presproof::smt
