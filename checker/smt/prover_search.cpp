#include "smt/prover_search.h"

#include <algorithm>
#include <array>

#include "base/overloaded.h"
#include "diag/error.h"

namespace presproof::smt {

std::string limit_reason(const Limits& limits) {
  return limits.passed() ? "the time limit was reached before an answer was found" : "the solver gave up within its limits";
}

void Prover::Search::add(Term term) {
  assertions.push_back(term);
  solver->add(term);
}

void Prover::Search::add_excluded(const Pattern& pattern) {
  const Term term = prover.excluded(pattern);
  add(term);
  if (!one_place()) add(question.second->of(term));
}

void Prover::Search::begin() {
  std::vector<Term> alternatives;
  for (const ClassQuery& query : question.classes) alternatives.push_back(query.term);
  circles = prover.circles_below(alternatives, question.second);
  solver = prover.solvers().solver();
  for (std::size_t i = 0; i < selectors.size(); ++i) alternatives[i] = prover.terms_.both(selectors[i], alternatives[i]);
  add(prover.terms_.any_of(std::move(alternatives)));
  std::vector<Term> facts = prover.state_.bounds();
  for (const Term term : prover.known_exclusions(circles)) facts.push_back(term);
  for (const Term fact : facts) add(fact);
  if (one_place()) {
    for (const Term term : prover.on_the_map(circles)) add(term);
  }
  if (question.second == nullptr) return;
  const std::vector<Term> of_second = question.second->of(facts);
  for (std::size_t i = 0; i < facts.size(); ++i) {
    if (of_second[i] != facts[i]) add(of_second[i]);
  }
}

void Prover::Search::exclude(const Impossible& impossible, const ClassQuery& query) {
  for (const Pattern& pattern : impossible.patterns) {
    add_excluded(pattern);
    prover.learned_.push_back(pattern);
  }
  if (circles.size() <= kFewCircles) return;
  const std::array roots = {query.term};
  const std::vector<CircleId> near = prover.circles_below(roots, question.second);
  std::vector<PlaceGrid::Box> boxes;
  for (const CircleId id : near) boxes.push_back(PlaceGrid::box_of(prover.state_.circle(id)));
  const auto is_asked = [&](CircleId id) {
    return near.size() <= kFewCircles || std::any_of(impossible.patterns.begin(), impossible.patterns.end(), [&](const Pattern& pattern) {
             return std::find(pattern.inside.begin(), pattern.inside.end(), id) != pattern.inside.end();
           });
  };
  for (std::size_t i = 0; i < near.size(); ++i) {
    if (!is_asked(near[i])) continue;
    for (std::size_t j = 0; j < near.size(); ++j) {
      const auto pair = std::minmax(near[i], near[j]);
      const bool on_map = one_place() && PlaceGrid::apart(boxes[i], boxes[j]);
      if (i == j || on_map || !compared.insert(pair).second) continue;
      for (const Pattern& found : prover.geometry().exclusions(pair.first, pair.second)) add_excluded(found);
    }
  }
}

bool Prover::Search::find_place(const Pattern& pattern, const ClassQuery& query, std::optional<geo::Position>& place) {
  if (pattern.inside.empty()) return true;
  const Placement placement = prover.geometry().place(pattern, limits, [&](std::span<const HalfSpace> bounds, Outcome outcome) {
    log.write(bounds);
    log.answered(outcome, limits);
  });
  std::visit(Overloaded{
                 [&](const geo::Position& found) { place = found; },
                 [&](const Impossible& impossible) { exclude(impossible, query); },
                 [&](const InMargin&) {
                   margin = true;
                   add_excluded(pattern);
                 },
                 [&](const Undetermined&) {
                   undetermined = true;
                   add_excluded(pattern);
                 },
             },
             placement);
  return place.has_value();
}

/// The first class that the model satisfies, and where the target is to be; nothing when no place has what it needs.
std::optional<Candidate> Prover::Search::candidate(Valuation& values) {
  std::vector<Term> roots;
  for (const ClassQuery& query : question.classes) roots.push_back(query.term);
  prover.terms_.evaluate(prover.terms_.nodes_below(roots), values);
  const auto query = std::find_if(question.classes.begin(), question.classes.end(), [&](const ClassQuery& each) {
    const auto number = static_cast<std::size_t>(&each - question.classes.data());
    return holds(values, each.term) && (selectors.empty() || holds(values, selectors[number]));
  });
  if (query == question.classes.end()) throw diag::InternalError("the solver's model satisfies no class of watchers");
  Pattern first;
  Pattern second;
  for (const Term literal : prover.terms_.implicant(query->term, values)) {
    const auto note = [&](Pattern& pattern, CircleId id) { (literal.negated() ? pattern.outside : pattern.inside).push_back(id); };
    if (const auto id = prover.state_.circle_of(literal.node())) note(first, *id);
    if (question.second == nullptr) continue;
    if (const auto id = question.second->circle_of(literal.node())) note(second, *id);
  }
  std::optional<geo::Position> place;
  std::optional<geo::Position> second_place;
  if (!find_place(first, *query, place) || !find_place(second, *query, second_place)) return std::nullopt;
  auto found = prover.decoded(question, *query, values, place, second_place);
  if (!found) throw diag::InternalError("a state that the solver found does not satisfy the terms it was found for");
  return found;
}

Answer Prover::Search::run() {
  if (!solver) begin();
  for (;;) {
    log.write(prover.terms_, assertions, prover.state_);
    const Outcome outcome = solver->check(limits);
    log.answered(outcome, limits);
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

}  // namespace presproof::smt
