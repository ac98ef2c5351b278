#include "certificate/part.h"

#include <algorithm>

#include "base/lexical.h"
#include "base/overloaded.h"

namespace presproof::certificate {
namespace {

using property::Operator;

Condition atom(Atom value) { return {Operator::atom, std::move(value), {}}; }
Condition joined(Operator op, std::vector<Condition> operands) {
  if (operands.empty()) return atom(Constant{op == Operator::and_});
  return {op, {}, std::move(operands)};
}

Condition in_civic(const geo::CivicAddress& fields) {
  if (fields.empty()) return atom(Constant{false});
  std::vector<Condition> all;
  for (const auto& [field, text] : fields) all.push_back(atom(FieldIs{field, text}));
  return joined(Operator::and_, std::move(all));
}

Condition at_location(const policy::LocationAlternative& alternative, Circles& circles) {
  return std::visit(Overloaded{
                        [&](const geo::Circle& circle) { return atom(InCircle{circles.number_of(circle)}); },
                        [](const policy::CivicLocation& civic) { return in_civic(civic.fields); },
                        [](const policy::UnknownLocation&) { return atom(Constant{false}); },
                    },
                    alternative.where);
}

Condition on_state(const policy::Condition& condition, Circles& circles) {
  std::vector<Condition> ways;
  std::visit(Overloaded{
                 [&](const policy::IdentityCondition&) { ways.push_back(atom(Constant{true})); },
                 [&](const policy::SphereCondition& sphere) {
                   for (const std::string& token : sphere.tokens) ways.push_back(atom(SphereIs{to_lower_ascii(token)}));
                 },
                 [&](const policy::ValidityCondition& validity) {
                   for (const policy::ValidityPair& pair : validity.pairs) {
                     if (pair.from && pair.until) ways.push_back(atom(Times{*pair.from, *pair.until}));
                   }
                 },
                 [&](const policy::LocationCondition& location) {
                   for (const policy::LocationAlternative& alternative : location.locations) ways.push_back(at_location(alternative, circles));
                 },
                 [](const policy::UnknownCondition&) {},
             },
             condition);
  return joined(Operator::or_, std::move(ways));
}

Condition on_state(const property::Formula<property::GuardAtom>& guard, bool authenticated, Circles& circles) {
  if (guard.op != Operator::atom) {
    Condition result{guard.op, {}, {}};
    for (const auto& operand : guard.operands) result.operands.push_back(on_state(operand, authenticated, circles));
    return result;
  }
  return std::visit(Overloaded{
                        [](const property::SphereIs& sphere) { return atom(SphereIs{sphere.value ? to_lower_ascii(*sphere.value) : ""}); },
                        [&](const property::Inside& inside) {
                          if (const auto* circle = std::get_if<geo::Circle>(&inside.region)) return atom(InCircle{circles.number_of(*circle)});
                          return in_civic(std::get<property::CivicRegion>(inside.region).fields);
                        },
                        [&](const property::Authenticated&) { return atom(Constant{authenticated}); },
                    },
                    guard.atom);
}

}  // namespace

std::size_t Circles::number_of(const geo::Circle& circle) {
  const std::pair key(std::pair(circle.center.latitude + 0.0, circle.center.longitude + 0.0), circle.radius_m + 0.0);
  const auto [place, added] = numbers_.emplace(key, circles_.size());
  if (added) circles_.push_back(circle);
  return place->second;
}

Condition condition_of(const policy::Rule& rule, Circles& circles) {
  std::vector<Condition> all;
  for (const policy::Condition& condition : rule.conditions) all.push_back(on_state(condition, circles));
  return joined(Operator::and_, std::move(all));
}

Condition guard_of(const property::Property& property, bool authenticated, Circles& circles) {
  std::vector<Condition> all;
  for (const property::Interval& interval : property.during) all.push_back(atom(Times{interval.from, interval.until}));
  for (const auto& guard : property.guards) all.push_back(on_state(guard, authenticated, circles));
  return joined(Operator::and_, std::move(all));
}

Tri Part::value(const Atom& atom) const {
  return std::visit(
      Overloaded{
          [&](const Constant& constant) { return known(constant.value); },
          [&](const Times& times) {
            if (times.until <= from || until <= times.from || times.until <= times.from) return Tri::no;
            return times.from <= from && until <= times.until ? Tri::yes : Tri::maybe;
          },
          [&](const SphereIs& is) {
            if (sphere) return known(*sphere == is.value);
            return not_spheres.contains(is.value) ? Tri::no : Tri::maybe;
          },
          [&](const InCircle& in) {
            const auto found = inside.find(in.circle);
            return found == inside.end() ? Tri::maybe : known(found->second);
          },
          [&](const FieldIs& is) {
            const auto found = civic.find(is.field);
            if (found != civic.end()) return known(found->second == is.text);
            return not_civic.contains({is.field, is.text}) ? Tri::no : Tri::maybe;
          },
      },
      atom);
}

Tri Part::value(const Condition& condition) const {
  switch (condition.op) {
    case Operator::atom: return value(condition.atom);
    case Operator::not_: return !value(condition.operands.front());
    case Operator::and_:
    case Operator::or_: break;
  }
  const bool conjunction = condition.op == Operator::and_;
  Tri result = conjunction ? Tri::yes : Tri::no;
  for (const Condition& operand : condition.operands) {
    const Tri next = value(operand);
    result = conjunction ? std::min(result, next) : std::max(result, next);
    if (result == (conjunction ? Tri::no : Tri::yes)) break;
  }
  return result;
}

void Part::open_atoms(const Condition& condition, std::vector<const Atom*>& found) const {
  if (value(condition) != Tri::maybe) return;
  if (condition.op == Operator::atom) found.push_back(&condition.atom);
  for (const Condition& operand : condition.operands) open_atoms(operand, found);
}

}  // namespace presproof::certificate
