#include "smt/rule_conditions.h"

#include "base/fault.h"
#include "base/overloaded.h"

namespace presproof::smt {
namespace {

Term any_sphere(const policy::SphereCondition& sphere, engine::SphereTest test, TermStore& terms, SymbolicState& state) {
  std::vector<Term> tokens;
  if (test == engine::SphereTest::text_or_undefined) tokens.push_back(state.sphere_is(std::nullopt));
  for (const std::string& token : sphere.tokens) tokens.push_back(state.sphere_is(token));
  if (test == engine::SphereTest::none_of_the_tokens) return !terms.any_of(std::move(tokens));
  return seeded(Fault::conditions_every_sphere_token) ? terms.all_of(std::move(tokens)) : terms.any_of(std::move(tokens));
}

Term any_location(const policy::LocationCondition& location, TermStore& terms, SymbolicState& state) {
  std::vector<Term> alternatives;
  for (const policy::LocationAlternative& alternative : location.locations) {
    if (seeded(Fault::conditions_first_location_only) && !alternatives.empty()) break;
    alternatives.push_back(std::visit(Overloaded{
                                          [&](const geo::Circle& circle) { return state.inside(circle); },
                                          [&](const policy::CivicLocation& civic) { return state.inside(civic.fields); },
                                          [](const policy::UnknownLocation&) { return kFalse; },
                                      },
                                      alternative.where));
  }
  return terms.any_of(std::move(alternatives));
}

CellSet any_time(const policy::ValidityCondition& validity, const SymbolicState& state) {
  std::vector<CellSet::Range> ranges;
  for (const policy::ValidityPair& pair : validity.pairs) {
    if (pair.from && pair.until) ranges.push_back(state.cells().between(*pair.from, *pair.until));
  }
  return CellSet(std::move(ranges));
}

Term unknown_condition(const engine::Profile& profile) {
  switch (profile.unknown_condition) {
    case engine::UnknownConditionIs::not_met: return kFalse;  // RFC 4745 section 10.1
    case engine::UnknownConditionIs::not_seen: return kTrue;
  }
  return kFalse;
}

using Guard = property::Formula<property::GuardAtom>;

Term compile_atom(const property::GuardAtom& atom, bool authenticated, SymbolicState& state) {
  return std::visit(
      Overloaded{
          [&](const property::SphereIs& sphere) { return state.sphere_is(sphere.value); },
          [&](const property::Inside& inside) {
            return std::visit(Overloaded{
                                  [&](const geo::Circle& circle) { return state.inside(circle); },
                                  [&](const property::CivicRegion& civic) { return state.inside(civic.fields); },
                              },
                              inside.region);
          },
          [&](const property::Authenticated&) { return authenticated || seeded(Fault::conditions_everybody_is_authenticated) ? kTrue : kFalse; },
      },
      atom);
}

Term compile_guard(const Guard& guard, bool authenticated, TermStore& terms, SymbolicState& state) {
  if (guard.op == property::Operator::atom) return compile_atom(guard.atom, authenticated, state);
  std::vector<Term> operands;
  for (const Guard& operand : guard.operands) operands.push_back(compile_guard(operand, authenticated, terms, state));
  switch (guard.op) {
    case property::Operator::not_: return !operands.front();
    case property::Operator::or_: return terms.any_of(std::move(operands));
    default: return terms.all_of(std::move(operands));
  }
}

}  // namespace

RuleCondition compile_conditions(const policy::Rule& rule, const engine::Profile& profile, TermStore& terms, SymbolicState& state) {
  RuleCondition result{state.cells().all(), kTrue};
  std::vector<Term> rest;
  for (const policy::Condition& condition : rule.conditions) {
    std::visit(Overloaded{
                   [](const policy::IdentityCondition&) {},
                   [&](const policy::SphereCondition& sphere) { rest.push_back(any_sphere(sphere, profile.sphere, terms, state)); },
                   [&](const policy::ValidityCondition& validity) {
                     if (seeded(Fault::conditions_last_validity_wins)) result.cells = state.cells().all();
                     result.cells = result.cells.intersect(any_time(validity, state));
                   },
                   [&](const policy::LocationCondition& location) { rest.push_back(any_location(location, terms, state)); },
                   [&](const policy::UnknownCondition&) { rest.push_back(unknown_condition(profile)); },
               },
               condition);
  }
  result.rest = terms.all_of(std::move(rest));
  return result;
}

std::vector<RuleCondition> compile_conditions(const RuleTable& rules, const engine::Profile& profile, TermStore& terms,
                                              SymbolicState& state) {
  std::vector<RuleCondition> conditions;
  conditions.reserve(rules.size());
  for (RuleNumber number = 0; number < rules.size(); ++number) conditions.push_back(compile_conditions(rules.rule(number), profile, terms, state));
  return conditions;
}

Term compile_guard(const property::Property& property, bool authenticated, TermStore& terms, SymbolicState& state) {
  CellSet cells = state.cells().all();
  for (const property::Interval& interval : property.during) cells = cells.intersect(state.between(interval.from, interval.until));
  std::vector<Term> all = {state.time_in(cells)};
  for (const Guard& guard : property.guards) all.push_back(compile_guard(guard, authenticated, terms, state));
  return terms.all_of(std::move(all));
}

}  // namespace presproof::smt
