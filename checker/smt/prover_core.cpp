#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "smt/prover.h"
#include "smt/view_shapes.h"

/// What a proof rests on: an unsatisfiable core over the rules.
namespace presproof::smt {
namespace {

/// Cores of more rules than this tell nobody anything and take long.
constexpr std::size_t kMaxCoreCandidates = 2000;
constexpr std::size_t kMaxMinimisedCore = 24;

std::vector<ClaimShape> shapes_concerned(const property::Property& property, const RuleTable& rules, policy::Usage usage,
                                         const engine::Readings& readings) {
  if (!property.two_run) return {shape_of(property.claim, usage, readings)};
  if (const auto* same = std::get_if<property::SameAs>(&*property.two_run); same != nullptr && !same->content) return response_shapes(rules, usage);
  if (const auto* reveals = std::get_if<property::RevealsNothingAbout>(&*property.two_run); reveals != nullptr && reveals->secret == property::Secret::handling) {
    return handling_shapes(rules, usage);
  }
  return view_shapes(rules, usage, readings);
}

}  // namespace

std::vector<policy::RuleRef> Prover::rules_behind(const property::Property& property, Goal goal, const engine::Readings& readings,
                                                  const Limits& limits) {
  std::vector<RuleNumber> numbers = rules_in_play(property, readings);
  const bool rules_hinder = partition_.combining() != engine::Combining::all_matching_rules;
  const bool is_asked = rules_hinder || !question(property, goal, readings, claim_terms_).classes.empty();
  if (numbers.size() <= kMaxCoreCandidates && is_asked) numbers = core(property, goal, readings, numbers, limits);
  std::vector<policy::RuleRef> refs;
  for (const RuleNumber number : numbers) {
    // What an engine does where no rule matches is written nowhere.
    const policy::Rule& rule = partition_.rules().rule(number);
    if (rule.outcome == policy::Outcome::gives || rule.span.known()) refs.push_back(partition_.rules().ref(number));
  }
  return refs;
}

std::vector<RuleNumber> Prover::rules_in_play(const property::Property& property, const engine::Readings& readings) {
  std::vector<ClaimTerms::Compiled> claims;
  for (const ClaimShape& shape : shapes_concerned(property, partition_.rules(), usage_, readings)) claims.push_back(claim_terms_.compile(shape));
  std::vector<bool> in_play(partition_.rules().size());
  const bool any_counts = partition_.combining() != engine::Combining::all_matching_rules;
  const auto mentioned = [&](RuleNumber rule) {
    return any_counts || std::any_of(claims.begin(), claims.end(), [&](const auto& claim) { return ClaimTerms::mentions(claim, rule); });
  };
  const auto play = [&](std::span<const RuleNumber> rules) {
    for (const RuleNumber rule : rules) in_play[rule] = in_play[rule] || mentioned(rule);
  };
  std::set<std::optional<DomainId>> shared;
  std::vector<std::uint32_t> classes = classes_of(*property.group);
  if (const property::Group* other = property::other_group(property)) {
    const auto& others = classes_of(*other);
    classes.insert(classes.end(), others.begin(), others.end());
  }
  for (const std::uint32_t number : classes) {
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

/// Each rule's condition as a variable of its own.
ClaimTerms& Prover::named_terms() {
  if (!named_terms_) {
    for (RuleNumber rule = 0; rule < conditions_.size(); ++rule) {
      const bool never = conditions_[rule].never();
      named_conditions_.push_back(never ? RuleCondition{{}, kFalse} : RuleCondition{state_.cells().all(), terms_.variable(fmt::format("rule.{}", rule))});
    }
    named_terms_ = std::make_unique<ClaimTerms>(partition_, named_conditions_, terms_, state_);
  }
  return *named_terms_;
}

std::vector<RuleNumber> Prover::core(const property::Property& property, Goal goal, const engine::Readings& readings,
                                     std::span<const RuleNumber> in_play, const Limits& limits) {
  ClaimTerms& named_claims = named_terms();
  const auto* reveals = property.two_run ? std::get_if<property::RevealsNothingAbout>(&*property.two_run) : nullptr;
  SecondState* second = reveals != nullptr ? &second_state(reveals->secret) : nullptr;
  if (second != nullptr) {
    for (const RuleCondition& condition : named_conditions_) {
      if (condition.rest != kFalse) second->copy(condition.rest);
    }
  }
  std::vector<Term> alternatives;
  for (const ClassQuery& query : question(property, goal, readings, named_claims).classes) alternatives.push_back(query.term);
  const std::unique_ptr<Solver> solver = solvers().solver();
  std::vector<Term> facts = state_.bounds();
  std::vector<Term> roots = {terms_.any_of(std::move(alternatives))};
  solver->add(roots.front());
  // A rule counts when it matters that its condition is what it is.
  std::map<Term, RuleNumber> by_assumption;
  std::vector<Term> assumptions;
  for (const RuleNumber rule : in_play) {
    const Term assumption = terms_.variable(fmt::format("assume.{}.{}", rule, terms_.size()));
    const Term named = named_conditions_[rule].rest;
    const Term condition = terms_.both(state_.time_in(conditions_[rule].cells), conditions_[rule].rest);
    facts.push_back(terms_.any_of({!assumption, !named, condition}));
    facts.push_back(terms_.any_of({!assumption, named, !condition}));
    roots.push_back(condition);
    assumptions.push_back(assumption);
    by_assumption.emplace(assumption, rule);
  }
  const std::vector<CircleId> circles = circles_below(roots, second);
  for (const Term term : known_exclusions(circles)) facts.push_back(term);
  if (second != nullptr) {
    for (const Term term : second->of(facts)) facts.push_back(term);
  }
  if (second == nullptr || !second->moves()) {
    for (const Term term : on_the_map(circles)) facts.push_back(term);
  }
  for (const Term fact : facts) solver->add(fact);
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
