#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/lexical.h"
#include "base/overloaded.h"
#include "smt/decode.h"
#include "smt/prover.h"
#include "smt/view_shapes.h"

/// Questions over two runs, and their answers as two states.
namespace presproof::smt {

using property::Secret;

/// What a class of watchers gets, as a term for each statement of view_shapes.h; equal lists are equal views.
struct Prover::TwoRuns {
  Prover& prover;
  const property::Property& property;
  const engine::Readings& readings;
  ClaimTerms& terms;
  std::array<Term, 2> guards = {};  ///< of the unauthenticated, of the others
  std::vector<ClaimTerms::Compiled> statements = {};
  Question question = {};
  std::set<Term> seen = {};

  void begin(const std::vector<ClaimShape>& shapes) {
    for (const bool authenticated : {false, true}) {
      guards[authenticated ? 1 : 0] = compile_guard(property, authenticated, prover.terms_, prover.state_);
    }
    for (const ClaimShape& shape : shapes) statements.push_back(terms.compile(shape));
  }
  [[nodiscard]] const WatcherClass& watcher(std::uint32_t number) const { return prover.partition_.classes()[number]; }
  [[nodiscard]] Term guard(std::uint32_t number) const { return guards[watcher(number).authenticated() ? 1 : 0]; }
  [[nodiscard]] Term term(const ClaimTerms::Compiled& statement, std::uint32_t number) {
    return terms.term(statement, watcher(number), readings.empty_identity_is_unauthenticated());
  }
  [[nodiscard]] std::vector<Term> view(std::uint32_t number) {
    std::vector<Term> result;
    for (const ClaimTerms::Compiled& statement : statements) result.push_back(term(statement, number));
    // An error is another answer than all of these.
    for (const Refusal refusal : {Refusal::scheme, Refusal::no_user}) result.push_back(watcher(number).refusal == refusal ? kTrue : kFalse);
    return result;
  }
  [[nodiscard]] std::size_t width_of_view() const { return statements.size() + 2; }
  [[nodiscard]] Term differ(Term a, Term b) {
    if (a == b) return kFalse;
    return prover.terms_.either(prover.terms_.both(a, !b), prover.terms_.both(!a, b));
  }
  [[nodiscard]] Term differ(std::span<const Term> a, std::span<const Term> b) {
    std::vector<Term> differences;
    for (std::size_t i = 0; i < a.size(); ++i) differences.push_back(differ(a[i], b[i]));
    return prover.terms_.any_of(std::move(differences));
  }
  void add(std::vector<Term> all, std::uint32_t first, std::uint32_t second) {
    const Term term = prover.terms_.all_of(std::move(all));
    if (term != kFalse && seen.insert(term).second) question.classes.push_back({term, first, second});
  }

  /// The classes of a group, those without an identity apart: the guard may tell the two kinds apart.
  [[nodiscard]] std::array<std::vector<std::uint32_t>, 2> kinds_of(const property::Group& group) {
    std::array<std::vector<std::uint32_t>, 2> kinds;
    for (const std::uint32_t number : prover.classes_of(group)) kinds[watcher(number).authenticated() ? 1 : 0].push_back(number);
    return kinds;
  }

  /// To get the same is transitive. So every two watchers of two non-empty sets with one guard each get the same when all of the one get
  /// what a fixed one of the other gets, and the other way round: as many comparisons as there are watchers.
  void compare_watchers(const property::Group& group, const property::Group& other, Goal goal) {
    question.runs = Runs::two_watchers;
    question.empty_group = prover.classes_of(group).empty() || prover.classes_of(other).empty();
    for (const auto& firsts : kinds_of(group)) {
      for (const auto& seconds : kinds_of(other)) {
        if (firsts.empty() || seconds.empty()) continue;
        const Term both = prover.terms_.both(guard(firsts.front()), guard(seconds.front()));
        if (both == kFalse) continue;
        if (goal == Goal::guard) {
          add({both}, firsts.front(), seconds.front());
          continue;
        }
        const std::vector<Term> of_first = view(firsts.front());
        const std::vector<Term> of_second = view(seconds.front());
        for (const std::uint32_t number : firsts) add({both, differ(view(number), of_second)}, number, seconds.front());
        for (const std::uint32_t number : seconds) add({both, differ(of_first, view(number))}, firsts.front(), number);
      }
    }
  }

  /// That two states differ in the sphere; two that nobody names can, too.
  [[nodiscard]] Term spheres_differ(SecondState& second) {
    const Term another = prover.state_.sphere_is_another();
    const std::vector<Term> first = prover.state_.variables_of(Secret::sphere);
    return prover.terms_.either(differ(first, second.of(first)), prover.terms_.both(another, second.of(another)));
  }
  /// That the document of the first run shows the secret itself, and another one of the second. Where a target is there is always another place
  /// for it beside.
  [[nodiscard]] Term shown(Secret secret, std::uint32_t number, SecondState& second) {
    if (secret == Secret::sphere) {
      return prover.terms_.both(term(terms.compile(shows_sphere(prover.usage_, readings)), number), spheres_differ(second));
    }
    if (secret == Secret::location) return term(terms.compile(shows_location(prover.usage_, readings)), number);
    return kFalse;
  }

  void compare_states(Secret secret, Goal goal) {
    const auto& classes = prover.classes_of(*property.group);
    question.empty_group = classes.empty();
    if (goal == Goal::guard && secret != Secret::sphere) {
      // A guard can pin the sphere to one value; of times and places there are always two.
      for (const std::uint32_t number : classes) add({guard(number)}, number, number);
      return;
    }
    SecondState& second = prover.second_state(secret);
    question.runs = Runs::two_states;
    question.second = &second;
    const std::array<Term, 2> second_guards = {second.of(guards[0]), second.of(guards[1])};
    const auto second_guard = [&](std::uint32_t number) { return second_guards[watcher(number).authenticated() ? 1 : 0]; };
    if (goal == Goal::guard) {
      const Term apart = spheres_differ(second);
      for (const std::uint32_t number : classes) add({guard(number), second_guard(number), apart}, number, number);
      return;
    }
    // All views at once, so that what they share is renamed once.
    std::vector<Term> firsts;
    for (const std::uint32_t number : classes) {
      const std::vector<Term> all = view(number);
      firsts.insert(firsts.end(), all.begin(), all.end());
    }
    const std::vector<Term> seconds = second.of(firsts);
    const std::size_t size = width_of_view();
    for (std::size_t i = 0; i < classes.size(); ++i) {
      const Term apart = differ(std::span(firsts).subspan(i * size, size), std::span(seconds).subspan(i * size, size));
      const Term told = prover.terms_.either(apart, shown(secret, classes[i], second));
      add({guard(classes[i]), second_guard(classes[i]), told}, classes[i], classes[i]);
    }
  }
};

Prover::Question Prover::two_run_question(const property::Property& property, Goal goal, const engine::Readings& readings, ClaimTerms& terms) {
  TwoRuns runs{*this, property, readings, terms};
  std::visit(Overloaded{
                 [&](const property::SameAs& same) {
                   runs.begin(same.content ? view_shapes(partition_.rules(), usage_, readings) : response_shapes(partition_.rules(), usage_));
                   runs.compare_watchers(*property.group, *same.other, goal);
                 },
                 [&](const property::RevealsNothingAbout& reveals) {
                   // States in which the sub-handling differs never look the same, so that it differs is all that there is to find.
                   const bool handling = reveals.secret == Secret::handling;
                   runs.begin(handling ? handling_shapes(partition_.rules(), usage_) : view_shapes(partition_.rules(), usage_, readings));
                   runs.compare_states(reveals.secret, goal);
                 },
             },
             *property.two_run);
  return std::move(runs.question);
}

std::vector<Term> Prover::pair_terms(const PairGoal& goal, std::span<const ClassPair> pairs, const engine::Readings& readings) {
  const property::Property everybody;
  TwoRuns runs{*this, everybody, readings, claim_terms_};
  const std::vector<ClaimShape> responses = response_shapes(partition_.rules(), usage_);
  if (goal.apart == PairGoal::Apart::response) runs.begin(responses);
  if (goal.apart == PairGoal::Apart::document) runs.begin(view_shapes(partition_.rules(), usage_, readings));
  const auto compiled = [&](const std::optional<property::Formula<property::ClaimAtom>>& claim) {
    return claim ? std::optional(claim_terms_.compile(shape_of(*claim, usage_, readings))) : std::nullopt;
  };
  const auto first_claim = compiled(goal.first);
  const auto second_claim = compiled(goal.second);
  // The second run's terms of all pairs at once: its claim, then its view.
  std::vector<Term> seconds;
  for (const ClassPair& pair : pairs) {
    seconds.push_back(second_claim ? runs.term(*second_claim, pair.second) : kTrue);
    const std::vector<Term> view = runs.view(pair.second);
    seconds.insert(seconds.end(), view.begin(), view.end());
  }
  if (goal.secret) seconds = second_state(*goal.secret).of(seconds);
  const std::size_t size = runs.width_of_view();
  std::vector<Term> result;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const std::span<const Term> of_second = std::span(seconds).subspan(i * (size + 1), size + 1);
    std::vector<Term> all = {of_second.front()};
    if (first_claim) all.push_back(runs.term(*first_claim, pairs[i].first));
    if (goal.apart != PairGoal::Apart::no_matter) {
      const std::vector<Term> first = runs.view(pairs[i].first);
      const auto apart = [&](std::size_t from, std::size_t count) {
        return runs.differ(std::span(first).subspan(from, count), of_second.subspan(1 + from, count));
      };
      // A view begins with the response.
      const Term response = apart(0, responses.size());
      all.push_back(goal.apart == PairGoal::Apart::response ? response : terms_.both(!response, apart(0, size)));
    }
    result.push_back(terms_.all_of(std::move(all)));
  }
  return result;
}

Answer Prover::find_pair(const PairGoal& goal, ClassPair pair, Term term, const Limits& limits) {
  Question asked;
  if (term != kFalse) asked.classes = {{term, pair.first, pair.second}};
  asked.runs = goal.secret ? Runs::two_states : Runs::two_watchers;
  asked.second = goal.secret ? &second_state(*goal.secret) : nullptr;
  QueryLog unwritten;
  return answer(asked, limits, unwritten);
}

namespace {

std::vector<StatePart> parts_of(Secret secret) {
  switch (secret) {
    case Secret::sphere: return {StatePart::sphere};
    case Secret::time: return {StatePart::time};
    case Secret::location: return {StatePart::geodetic, StatePart::civic};
    case Secret::handling: break;
  }
  return {StatePart::sphere, StatePart::time, StatePart::geodetic, StatePart::civic};
}

bool differ_in(Secret secret, const policy::State& first, const policy::State& second) {
  switch (secret) {
    case Secret::sphere:
      return first.sphere.has_value() != second.sphere.has_value() ||
             (first.sphere && to_lower_ascii(*first.sphere) != to_lower_ascii(*second.sphere));
    case Secret::time: return first.time != second.time;
    case Secret::location: return first.location != second.location;
    case Secret::handling: break;
  }
  return first != second;
}

/// Another place for the target: far away, right beside, or where nobody names the difference.
std::optional<policy::State> elsewhere(const policy::State& state, const Accepts& accepts) {
  std::vector<geo::Position> places = {{50, 10}, {0, 0}, {-30, 150}, {40, -75}};
  const auto* here = state.location.geodetic ? std::get_if<geo::Position>(&*state.location.geodetic) : nullptr;
  if (here != nullptr) {
    for (const double degrees : {1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6}) {
      const double latitude = here->latitude > 0 ? here->latitude - degrees : here->latitude + degrees;
      const double longitude = here->longitude > 0 ? here->longitude - degrees : here->longitude + degrees;
      places.insert(places.end(), {{latitude, here->longitude}, {here->latitude, longitude}});
    }
  }
  policy::State other = state;
  for (const geo::Position& place : places) {
    other.location.geodetic = place;
    if (accepts(other)) return other;
  }
  other = state;
  if (!other.location.civic) other.location.civic.emplace();
  (*other.location.civic)["LOC"] += "elsewhere";
  if (accepts(other)) return other;
  return std::nullopt;
}

}  // namespace

std::optional<Candidate> Prover::decoded_pair(const Question& question, const ClassQuery& query, const Valuation& values,
                                              const std::optional<geo::Position>& place, const std::optional<geo::Position>& second_place) {
  const SecondState& copies = *question.second;
  const Secret secret = copies.secret();
  StatePair pair{state_in(values, place), state_in(copies.read(values), copies.moves() ? second_place : place)};
  if (secret == Secret::sphere && pair.second.sphere == pair.first.sphere) pair.second.sphere = state_.another_sphere(pair.first.sphere);

  const std::array roots = {query.term};
  const std::vector<std::uint32_t> nodes = terms_.nodes_below(roots);
  const std::vector<CircleId> circles = circles_below(roots, &copies);
  Valuation concrete(terms_.size());
  Valuation of_second(terms_.size());
  concrete[0] = true;
  const auto accepts = [&](const policy::State& first, const policy::State& second) {
    if (!differ_in(secret, first, second)) return false;
    state_.assign(second, circles, of_second);
    copies.write(of_second, concrete);
    state_.assign(first, circles, concrete);
    terms_.evaluate(nodes, concrete);
    return holds(concrete, query.term);
  };
  if (secret == Secret::location && pair.first.location == pair.second.location) {
    const auto other = elsewhere(pair.first, [&](const policy::State& second) { return accepts(pair.first, second); });
    if (!other) return std::nullopt;
    pair.second = *other;
  }
  if (!accepts(pair.first, pair.second)) return std::nullopt;
  pair = simplified(std::move(pair), parts_of(secret), state_.cells(), accepts);
  const policy::Watcher watcher = partition_.classes()[query.watcher].watcher();
  return Candidate{{watcher, std::move(pair.first)}, policy::Request{watcher, std::move(pair.second)}};
}

}  // namespace presproof::smt
