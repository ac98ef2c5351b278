#include "smt/prover.h"

#include <algorithm>
#include <set>

#include "base/fault.h"
#include "base/overloaded.h"
#include "smt/decode.h"
#include "smt/prover_search.h"

namespace presproof::smt {

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

SecondState& Prover::second_state(property::Secret secret) {
  auto& known = second_states_[secret];
  if (!known) known = std::make_unique<SecondState>(terms_, state_, secret);
  return *known;
}

const std::vector<std::uint32_t>& Prover::classes_of(const property::Group& group) {
  const auto [place, is_new] = classes_.try_emplace(&group);
  if (is_new) {
    const auto consider = [&](std::uint32_t number) {
      if (partition_.contains(group, partition_.classes()[number])) place->second.push_back(number);
    };
    const auto all = static_cast<std::uint32_t>(partition_.classes().size());
    if (part_) std::for_each(part_->watchers.begin(), part_->watchers.end(), consider);
    for (std::uint32_t number = 0; !part_ && number < all; ++number) consider(number);
  }
  return place->second;
}

bool Prover::includes_unauthenticated(const property::Group& group) {
  const auto& classes = classes_of(group);
  return std::any_of(classes.begin(), classes.end(), [&](std::uint32_t number) { return !partition_.classes()[number].authenticated(); });
}

bool Prover::includes_unauthenticated(const property::Property& property) {
  const property::Group* other = property::other_group(property);
  return includes_unauthenticated(*property.group) || (other != nullptr && includes_unauthenticated(*other));
}

Prover::Question Prover::question(const property::Property& property, Goal goal, const engine::Readings& readings, ClaimTerms& terms) {
  if (property.two_run) return two_run_question(property, goal, readings, terms);
  const Term guards[] = {compile_guard(property, false, terms_, state_), compile_guard(property, true, terms_, state_)};
  const ClaimTerms::Compiled claim = terms.compile(shape_of(property.claim, usage_, readings));
  // Whom the engine takes for somebody else lacks what is asked of those who are written as they are named; that counts where something is shown.
  std::optional<ClaimTerms::Compiled> shown;
  if (is_for_those_as_named(property, usage_, readings)) shown = terms.compile(shape_of({property::Operator::atom, property::AnythingShown{}, {}}, usage_, readings));
  Question question;
  std::set<Term> seen;
  const auto& classes = classes_of(*property.group);
  for (const std::uint32_t number : classes) {
    const WatcherClass& watcher = partition_.classes()[number];
    Term term = guards[watcher.authenticated() || seeded(Fault::prover_guard_of_authenticated) ? 1 : 0];
    if (goal != Goal::guard && term != kFalse) {
      const Term claimed = terms.term(claim, watcher, readings.empty_identity_is_unauthenticated());
      term = terms_.both(term, goal == Goal::claim ? claimed : !claimed);
      if (shown && watcher.spelt_otherwise) term = terms_.both(term, terms.term(*shown, watcher, readings.empty_identity_is_unauthenticated()));
    }
    if (term != kFalse && seen.insert(term).second) question.classes.push_back({term, number, number});
  }
  question.empty_group = classes.empty();
  return question;
}

std::vector<CircleId> Prover::circles_below(std::span<const Term> roots, const SecondState* second) const {
  return circles_among(terms_.nodes_below(roots), second);
}

std::vector<CircleId> Prover::circles_among(std::span<const std::uint32_t> nodes, const SecondState* second) const {
  std::vector<CircleId> circles;
  for (const std::uint32_t node : nodes) {
    if (const auto id = state_.circle_of(node)) circles.push_back(*id);
    if (second == nullptr) continue;
    if (const auto id = second->circle_of(node)) circles.push_back(*id);
  }
  std::sort(circles.begin(), circles.end());
  circles.erase(std::unique(circles.begin(), circles.end()), circles.end());
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

std::vector<Term> Prover::on_the_map(std::span<const CircleId> circles) {
  std::vector<Term> terms;
  if (circles.size() <= kFewCircles) return terms;
  if (!map_) map_ = std::make_unique<PlaceGrid>(terms_);
  for (const CircleId id : circles) terms.push_back(terms_.either(!state_.inside_circle(id), map_->touches(state_.circle(id))));
  return terms;
}

Term Prover::condition(RuleNumber rule) {
  const RuleCondition& condition = conditions_[rule];
  return terms_.both(state_.time_in(condition.cells), condition.rest);
}

Term Prover::some_of(std::span<const RuleNumber> rules) { return RuleDisjunction::merge(rules, conditions_, terms_, state_); }

bool Prover::some_state_of(std::span<const policy::State> states, std::span<const Term> terms,
                           const std::function<bool(const Valuation&)>& wanted) const {
  const auto nodes = terms_.nodes_below(terms);
  const auto circles = circles_among(nodes);
  Valuation values(terms_.size());
  values[0] = true;
  return std::any_of(states.begin(), states.end(), [&](const policy::State& state) {
    state_.assign(state, circles, values);
    terms_.evaluate(nodes, values);
    return wanted(values);
  });
}

policy::State Prover::state_in(const Valuation& values, const std::optional<geo::Position>& place) const {
  policy::State state;
  state.time = readable_instant(state_.cells(), state_.cell_in(values));
  state.sphere = state_.sphere_in(values);
  state.location.civic = state_.civic_in(values);
  if (place) state.location.geodetic = *place;
  return state;
}

std::optional<Candidate> Prover::decoded(const Question& question, const ClassQuery& query, const Valuation& values,
                                         const std::optional<geo::Position>& place, const std::optional<geo::Position>& second_place) {
  if (question.runs == Runs::two_states) return decoded_pair(question, query, values, place, second_place);
  policy::State state = state_in(values, place);
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
  Candidate found{{partition_.classes()[query.watcher].watcher(), simplified(std::move(state), state_.cells(), accepts)}};
  if (question.runs == Runs::two_watchers) found.second = policy::Request{partition_.classes()[query.other].watcher(), found.request.state};
  return found;
}

Outcome Prover::some_state(Term term, const Limits& limits) {
  if (term == kTrue) return Outcome::sat;
  if (term == kFalse) return Outcome::unsat;
  Question question;
  question.classes = {{term, 0, 0}};  // of any watcher: the term is about states alone
  QueryLog unwritten;
  const Answer answer = Search{*this, question, limits, unwritten}.run();
  return std::visit(Overloaded{[](const Candidate&) { return Outcome::sat; }, [](const Nothing&) { return Outcome::unsat; },
                               [](const Undecided&) { return Outcome::unknown; }},
                    answer);
}

Answer Prover::find(const property::Property& property, Goal goal, const engine::Readings& readings, const Limits& limits, QueryLog& log) {
  return answer(question(property, goal, readings, claim_terms_), limits, log);
}

Answer Prover::answer(const Question& asked, const Limits& limits, QueryLog& log) {
  // Where an engine's identities could not be written anew, an example may be one of somebody else.
  if (ground_->watchers.seen && !ground_->watchers.seen->complete) return Undecided{std::string(kNotAllWatchers)};
  const auto& classes = asked.classes;
  const auto certain = std::find_if(classes.begin(), classes.end(), [](const ClassQuery& query) { return query.term == kTrue; });
  if (certain != classes.end()) {
    Valuation values(terms_.size());
    values[0] = true;
    if (auto found = decoded(asked, *certain, values, std::nullopt, std::nullopt)) return *found;
  }
  Answer answer = Nothing{asked.empty_group};
  if (!classes.empty()) {
    // Readings that make no difference here lead to the same query.
    QuestionKey key{classes, asked.runs, asked.second};
    if (const auto known = answered_.find(key); known != answered_.end()) return known->second;
    answer = Search{*this, asked, limits, log}.run();
    if (!std::holds_alternative<Undecided>(answer)) answered_.emplace(std::move(key), answer);
  }
  if (std::holds_alternative<Nothing>(answer) && !partition_.complete()) {
    return Undecided{std::string(kNotAllWatchers)};
  }
  return answer;
}

}  // namespace presproof::smt
