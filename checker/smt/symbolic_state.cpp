#include "smt/symbolic_state.h"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "base/fault.h"
#include "base/lexical.h"
#include "base/overloaded.h"
#include "diag/error.h"
#include "geo/geodesic.h"

namespace presproof::smt {
namespace {

constexpr std::uint32_t kUndefined = 0;
constexpr std::uint32_t kAnother = 1;
constexpr std::uint32_t kFirstNamed = 2;

auto key_of(const geo::Circle& circle) {
  // Adding zero makes -0.0 the same as 0.0.
  const double radius_m = seeded(Fault::state_circles_of_one_center_merged) ? 0 : circle.radius_m + 0.0;
  return std::pair(std::pair(circle.center.latitude + 0.0, circle.center.longitude + 0.0), radius_m);
}

/// What guards name, sorted.
struct NamedByGuards {
  std::set<std::string> spheres;
  std::map<decltype(key_of(geo::Circle{})), geo::Circle> circles;
  std::set<geo::CivicAddress> addresses;

  void add(const property::Formula<property::GuardAtom>& guard) {
    for (const auto& operand : guard.operands) add(operand);
    if (guard.op != property::Operator::atom) return;
    std::visit(Overloaded{
                   [&](const property::SphereIs& sphere) {
                     if (sphere.value) spheres.insert(*sphere.value);
                   },
                   [&](const property::Inside& inside) {
                     if (const auto* circle = std::get_if<geo::Circle>(&inside.region)) circles.emplace(key_of(*circle), *circle);
                     if (const auto* address = std::get_if<property::CivicRegion>(&inside.region)) addresses.insert(address->fields);
                   },
                   [](const property::Authenticated&) {},
               },
               guard.atom);
  }
};

}  // namespace

Vocabulary::Vocabulary(const policy::Policy& policy, const property::Properties& properties) {
  for (const policy::RuleSet& document : policy.documents) {
    for (const policy::Rule& rule : document.rules) add(rule);
  }
  add(properties);
}

void Vocabulary::add_sphere(const std::string& value) {
  if (known_spheres_.emplace(to_lower_ascii(value), true).second) spheres.push_back(value);
}

void Vocabulary::add(const geo::Circle& circle) {
  if (known_circles_.emplace(key_of(circle), true).second) circles.push_back(circle);
}

void Vocabulary::add(const geo::CivicAddress& fields) {
  for (const auto& [field, text] : fields) civic[field].push_back(text);
}

void Vocabulary::add(const policy::Rule& rule) {
  for (const policy::Condition& condition : rule.conditions) {
    std::visit(Overloaded{
                   [](const policy::IdentityCondition&) {},
                   [&](const policy::SphereCondition& sphere) {
                     for (const std::string& token : sphere.tokens) add_sphere(token);
                   },
                   [&](const policy::ValidityCondition& validity) {
                     for (const policy::ValidityPair& pair : validity.pairs) {
                       if (pair.from && pair.until) breakpoints.insert(breakpoints.end(), {*pair.from, *pair.until});
                     }
                   },
                   [&](const policy::LocationCondition& location) {
                     for (const policy::LocationAlternative& alternative : location.locations) {
                       if (const auto* circle = std::get_if<geo::Circle>(&alternative.where)) add(*circle);
                       if (const auto* address = std::get_if<policy::CivicLocation>(&alternative.where)) add(address->fields);
                     }
                   },
                   [](const policy::UnknownCondition&) {},
               },
               condition);
  }
}

void Vocabulary::add(const property::Properties& properties) {
  NamedByGuards named;
  for (const property::Property& property : properties.properties) {
    for (const property::Interval& interval : property.during) {
      breakpoints.insert(breakpoints.end(), {interval.from, seeded(Fault::state_end_of_during_cuts_nothing) ? interval.from : interval.until});
    }
    for (const auto& guard : property.guards) named.add(guard);
  }
  for (const std::string& sphere : named.spheres) add_sphere(sphere);
  for (const auto& [key, circle] : named.circles) add(circle);
  for (const geo::CivicAddress& fields : named.addresses) add(fields);
  for (auto& [field, texts] : civic) {
    std::sort(texts.begin(), texts.end());
    texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
  }
}

SymbolicState::SymbolicState(TermStore& terms, const policy::Policy& policy, const property::Properties& properties)
    : SymbolicState(terms, std::make_shared<Fixed>(policy, properties)) {}

SymbolicState::SymbolicState(TermStore& terms, const std::shared_ptr<Fixed>& fixed)
    : terms_(&terms),
      fixed_(fixed),
      vocabulary_(fixed->vocabulary),
      cells_(fixed->cells),
      inside_(fixed->inside),
      sphere_values_(fixed->sphere_values),
      bounds_(fixed->bounds),
      time_(terms, "time", cells_.count()),
      sphere_(terms, "sphere", kFirstNamed + static_cast<std::uint32_t>(vocabulary_.spheres.size())) {
  for (const std::string& sphere : vocabulary_.spheres) {
    const auto value = kFirstNamed + static_cast<std::uint32_t>(sphere_values_.size());
    fixed->sphere_values.emplace(to_lower_ascii(sphere), value);
  }
  for (const geo::Circle& circle : vocabulary_.circles) {
    const auto id = static_cast<CircleId>(inside_.size());
    fixed->inside.push_back(terms.variable(fmt::format("inside.{}", id)));
    fixed->circle_ids.emplace(key_of(circle), id);
    fixed->circle_nodes.push_back(inside_.back().node());
  }
  fixed->bounds = {time_.in_bounds(), sphere_.in_bounds()};
  for (const auto& [field, texts] : vocabulary_.civic) {
    FiniteVariable variable(terms, fmt::format("civic{}", civic_.size()), static_cast<std::uint32_t>(texts.size()) + 1);
    fixed->bounds.push_back(variable.in_bounds());
    civic_.emplace(field, CivicField{field, std::shared_ptr<const std::vector<std::string>>(fixed, &texts), std::move(variable)});
  }
}

SymbolicState::SymbolicState(TermStore& terms, const SymbolicState& base)
    : terms_(&terms),
      fixed_(base.fixed_),
      vocabulary_(base.vocabulary_),
      cells_(base.cells_),
      inside_(base.inside_),
      sphere_values_(base.sphere_values_),
      bounds_(base.bounds_),
      time_(base.time_.over(terms)),
      sphere_(base.sphere_.over(terms)) {
  for (const auto& [field, known] : base.civic_) civic_.emplace(field, CivicField{field, known.texts, known.variable.over(terms)});
}

CircleId SymbolicState::circle_id(const geo::Circle& circle) const {
  const auto found = fixed_->circle_ids.find(key_of(circle));
  if (found == fixed_->circle_ids.end()) throw diag::InternalError("a circle that was not collected");
  return found->second;
}

Term SymbolicState::sphere_is(const std::optional<std::string>& value) {
  const std::uint32_t undefined = seeded(Fault::state_undefined_sphere_is_another) ? kAnother : kUndefined;
  return sphere_.is(value ? sphere_values_.at(to_lower_ascii(*value)) : undefined);
}

Term SymbolicState::inside(const geo::CivicAddress& fields) {
  if (fields.empty()) return kFalse;  // a place without fields is nowhere, as in the policy reader
  std::vector<Term> all;
  for (const auto& [field, text] : fields) {
    CivicField& known = civic_.at(field);
    const auto place = std::lower_bound(known.texts->begin(), known.texts->end(), text);
    all.push_back(known.variable.is(static_cast<std::uint32_t>(place - known.texts->begin()) + 1));
  }
  return terms_->all_of(std::move(all));
}

std::optional<CircleId> SymbolicState::circle_of(std::uint32_t node) const {
  const auto& nodes = fixed_->circle_nodes;
  if (nodes.empty() || node < nodes.front() || node > nodes.back()) return std::nullopt;
  const auto found = std::lower_bound(nodes.begin(), nodes.end(), node);
  if (*found != node) return std::nullopt;
  return static_cast<CircleId>(found - nodes.begin());
}

std::optional<std::string> SymbolicState::sphere_in(const Valuation& values) const {
  const std::uint32_t value = sphere_.value_in(values);
  if (value == kUndefined) return std::nullopt;
  if (value != kAnother) return vocabulary_.spheres[value - kFirstNamed];
  return another_sphere(std::nullopt);
}

Term SymbolicState::sphere_is_another() { return sphere_.is(kAnother); }

std::string SymbolicState::another_sphere(const std::optional<std::string>& taken) const {
  std::string another = "elsewhere";
  for (int i = 2; sphere_values_.contains(another) || another == taken; ++i) another = fmt::format("elsewhere{}", i);
  return another;
}

std::vector<Term> SymbolicState::variables_of(property::Secret secret) const {
  const bool all = secret == property::Secret::handling;
  std::vector<Term> variables;
  const auto add = [&](const std::vector<Term>& more) { variables.insert(variables.end(), more.begin(), more.end()); };
  if (all || secret == property::Secret::time) add(time_.bits());
  if (all || secret == property::Secret::sphere) add(sphere_.bits());
  if (all || secret == property::Secret::location) {
    add(inside_);
    for (const auto& [name, field] : civic_) add(field.variable.bits());
  }
  return variables;
}

std::optional<geo::CivicAddress> SymbolicState::civic_in(const Valuation& values) const {
  geo::CivicAddress address;
  for (const auto& [name, field] : civic_) {
    if (const std::uint32_t value = field.variable.value_in(values); value > 0) address.emplace(name, (*field.texts)[value - 1]);
  }
  if (address.empty()) return std::nullopt;
  return address;
}

void SymbolicState::assign(const policy::State& state, std::span<const CircleId> relevant, Valuation& values) const {
  time_.set(cells_.cell_of(state.time), values);
  std::uint32_t sphere = kUndefined;
  if (state.sphere) {
    const auto named = sphere_values_.find(seeded(Fault::state_sphere_minding_case) ? *state.sphere : to_lower_ascii(*state.sphere));
    sphere = named == sphere_values_.end() ? kAnother : named->second;
  }
  sphere_.set(sphere, values);
  for (const auto& [name, field] : civic_) {
    std::uint32_t value = 0;
    if (state.location.civic && state.location.civic->contains(name)) {
      const std::string& text = state.location.civic->at(name);
      const auto place = std::lower_bound(field.texts->begin(), field.texts->end(), text);
      const bool named = place != field.texts->end() && (*place == text || seeded(Fault::state_next_civic_text_fits));
      if (named) value = static_cast<std::uint32_t>(place - field.texts->begin()) + 1;
    }
    field.variable.set(value, values);
  }
  for (const CircleId id : relevant) {
    const auto& shape = state.location.geodetic;
    values[inside_[id].node()] = shape && geo::completely_within(*shape, vocabulary_.circles[id]);
  }
}

}  // namespace presproof::smt
