#include "smt/guard_filter.h"

#include <algorithm>
#include <optional>
#include <string>

#include "base/lexical.h"
#include "base/overloaded.h"
#include "geo/cap.h"

namespace presproof::smt {
namespace {

using Guard = property::Formula<property::GuardAtom>;

/// Whether the guard can be true, and whether it can be false, in a sphere, whatever holds beside it.
struct Possible {
  bool be_true = true;
  bool be_false = true;
};

Possible in_sphere(const Guard& guard, const std::optional<std::string>& sphere) {
  if (guard.op == property::Operator::atom) {
    const auto* claimed = std::get_if<property::SphereIs>(&guard.atom);
    if (claimed == nullptr) return {};
    const bool holds = claimed->value && sphere ? equal_ignoring_case(*claimed->value, *sphere) : !claimed->value && !sphere;
    return {holds, !holds};
  }
  Possible first = in_sphere(guard.operands.front(), sphere);
  if (guard.op == property::Operator::not_) return {first.be_false, first.be_true};
  for (std::size_t i = 1; i < guard.operands.size(); ++i) {
    const Possible other = in_sphere(guard.operands[i], sphere);
    const bool conjunction = guard.op == property::Operator::and_;
    first.be_true = conjunction ? first.be_true && other.be_true : first.be_true || other.be_true;
    first.be_false = conjunction ? first.be_false || other.be_false : first.be_false && other.be_false;
  }
  return first;
}

/// The regions that the target is in whenever the guard holds.
void collect_regions(const Guard& guard, std::vector<const geo::Circle*>& circles, std::vector<const geo::CivicAddress*>& addresses) {
  if (guard.op == property::Operator::and_) {
    for (const Guard& operand : guard.operands) collect_regions(operand, circles, addresses);
  }
  if (guard.op != property::Operator::atom) return;
  const auto* inside = std::get_if<property::Inside>(&guard.atom);
  if (inside == nullptr) return;
  if (const auto* circle = std::get_if<geo::Circle>(&inside->region)) circles.push_back(circle);
  if (const auto* civic = std::get_if<property::CivicRegion>(&inside->region)) addresses.push_back(&civic->fields);
}

/// Whether an address can have the fields of both.
bool agree(const geo::CivicAddress& a, const geo::CivicAddress& b) {
  return std::all_of(a.begin(), a.end(), [&](const auto& field) {
    const auto other = b.find(field.first);
    return other == b.end() || other->second == field.second;
  });
}

}  // namespace

GuardFilter::GuardFilter(const Ground& ground, const property::Property& property)
    : ground_(&ground),
      property_(&property),
      cells_(ground.state.cells().all()),
      known_(std::make_unique<std::atomic<std::uint8_t>[]>(ground.partition.rules().size())) {
  for (const property::Interval& interval : property.during) cells_ = cells_.intersect(ground.state.between(interval.from, interval.until));
  for (const Guard& guard : property.guards) collect_regions(guard, inside_, civic_);
}

bool GuardFilter::may_match(RuleNumber rule) const {
  std::uint8_t known = known_[rule].load(std::memory_order_relaxed);
  if (known == kUnknown) {
    known = decide(rule) ? kYes : kNo;
    known_[rule].store(known, std::memory_order_relaxed);
  }
  return known == kYes;
}

bool GuardFilter::decide(RuleNumber rule) const {
  if (ground_->conditions[rule].cells.intersect(cells_).empty()) return false;
  const auto& conditions = ground_->partition.rules().rule(rule).conditions;
  return std::all_of(conditions.begin(), conditions.end(), [&](const policy::Condition& condition) { return may_hold(condition); });
}

bool GuardFilter::may_hold(const policy::Condition& condition) const {
  if (const auto* sphere = std::get_if<policy::SphereCondition>(&condition)) {
    return std::any_of(sphere->tokens.begin(), sphere->tokens.end(), [&](const std::string& token) {
      return std::all_of(property_->guards.begin(), property_->guards.end(), [&](const Guard& guard) { return in_sphere(guard, token).be_true; });
    });
  }
  if (const auto* location = std::get_if<policy::LocationCondition>(&condition)) {
    return std::any_of(location->locations.begin(), location->locations.end(), [&](const auto& alternative) { return may_be_at(alternative); });
  }
  return true;
}

bool GuardFilter::may_be_at(const policy::LocationAlternative& alternative) const {
  return std::visit(Overloaded{
                        [&](const geo::Circle& circle) {
                          return std::none_of(inside_.begin(), inside_.end(), [&](const geo::Circle* region) {
                            return geo::relation(circle, *region) == geo::CircleRelation::disjoint;
                          });
                        },
                        [&](const policy::CivicLocation& civic) {
                          return std::all_of(civic_.begin(), civic_.end(), [&](const geo::CivicAddress* fields) { return agree(civic.fields, *fields); });
                        },
                        [](const policy::UnknownLocation&) { return false; },
                    },
                    alternative.where);
}

}  // namespace presproof::smt
