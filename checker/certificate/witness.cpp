#include "certificate/witness.h"

#include <algorithm>

#include "certificate/geometry.h"
#include "geo/geodesic.h"
#include "claims/claim.h"
#include "claims/scope.h"

namespace presproof::certificate {
namespace {

using property::Operator;

/// Whatever is decided is at least a block: so `sometimes` this asks for a watcher of the group and a state of the guard.
const property::Formula<property::ClaimAtom> kAlwaysTrue{Operator::atom, property::Handling{property::Comparison::at_least, policy::SubHandling::block}, {}};

void add_circles(const property::Formula<property::GuardAtom>& guard, std::vector<geo::Circle>& circles) {
  for (const auto& operand : guard.operands) add_circles(operand, circles);
  const auto* inside = guard.op == Operator::atom ? std::get_if<property::Inside>(&guard.atom) : nullptr;
  const auto* circle = inside != nullptr ? std::get_if<geo::Circle>(&inside->region) : nullptr;
  if (circle != nullptr) circles.push_back(*circle);
}

void add_circles(const policy::Rule& rule, std::vector<geo::Circle>& circles) {
  for (const policy::Condition& condition : rule.conditions) {
    const auto* location = std::get_if<policy::LocationCondition>(&condition);
    if (location == nullptr) continue;
    for (const auto& alternative : location->locations) {
      if (const auto* circle = std::get_if<geo::Circle>(&alternative.where)) circles.push_back(*circle);
    }
  }
}

}  // namespace

std::vector<engine::Readings> combinations(const engine::FixedReadings& fixed) {
  std::vector<engine::Readings> all = {engine::with_defaults(fixed)};
  for (const engine::Reading reading : kSeenReadings) {
    if (fixed[static_cast<std::size_t>(reading)]) continue;
    const std::size_t known = all.size();
    for (std::size_t i = 0; i < known; ++i) {
      all.push_back(all[i]);
      all.back().set(reading, true);
    }
  }
  return all;
}

WitnessFinder::WitnessFinder(const policy::Policy& policy, const property::Properties& properties, const verify::Options& options)
    : policy_(policy), properties_(properties), options_(options) {
  for (const policy::RuleSet& document : policy.documents) {
    for (const policy::Rule& rule : document.rules) add_circles(rule, circles_);
  }
  for (const property::Property& property : properties.properties) {
    for (const auto& guard : property.guards) add_circles(guard, circles_);
  }
}

const semantics::Evaluator& WitnessFinder::evaluator(const engine::Readings& readings) {
  const auto known = evaluators_.find(readings);
  if (known != evaluators_.end()) return known->second;
  semantics::Options how{options_.usage, options_.profile, readings};
  return evaluators_.emplace(readings, semantics::Evaluator(policy_, std::move(how))).first->second;
}

bool WitnessFinder::holds(const property::Property& property, bool claim, const policy::Request& request, const engine::Readings& readings) {
  if (!claims::in_group(*property.group, request.watcher) || !claims::guard_holds(property, request)) return false;
  return claims::claim_holds(property.claim, evaluator(readings).decide(request), {policy_, options_.usage, readings}) == claim;
}

/// The request, its target moved when it is near a rim: to centres, and to places well inside of or around circles.
std::optional<Witness> WitnessFinder::shows(const property::Property& property, bool claim, policy::Request request,
                                            const engine::Readings& readings) {
  const auto is_clear = [&](geo::Position place) {
    return std::all_of(circles_.begin(), circles_.end(), [&](const geo::Circle& circle) { return clear_of_rim(place, circle); });
  };
  const auto witness = [&] { return Witness{request, readings.empty_identity_is_unauthenticated(), evaluator(readings).decide(request).matched}; };
  if (!holds(property, claim, request, readings)) return std::nullopt;
  const auto* place = request.state.location.geodetic ? std::get_if<geo::Position>(&*request.state.location.geodetic) : nullptr;
  if (!request.state.location.geodetic || (place != nullptr && is_clear(*place))) return witness();
  constexpr std::size_t worth_trying = 50;
  for (std::size_t i = 0; i < std::min(circles_.size(), worth_trying); ++i) {
    for (const double factor : {0.0, 0.5, 0.9, 0.97, 1.03, 1.1, 2.0}) {
      for (int azimuth = 0; azimuth < 360; azimuth += factor == 0 ? 360 : 15) {
        const geo::Position moved = geo::destination(circles_[i].center, azimuth, circles_[i].radius_m * factor);
        request.state.location.geodetic = moved;
        if (is_clear(moved) && holds(property, claim, request, readings)) return witness();
      }
    }
  }
  return std::nullopt;
}

std::optional<policy::Request> WitnessFinder::ask(std::size_t property, bool claim, const engine::Readings& readings) {
  verify::Options how = options_;
  how.smt2_directory.clear();
  for (const engine::Reading reading : kSeenReadings) how.fixed[static_cast<std::size_t>(reading)] = readings.alternative(reading);
  property::Properties asked = properties_;  // all of them: the watchers are to be the same
  for (std::size_t i = 0; i < asked.properties.size(); ++i) {
    property::Property& each = asked.properties[i];
    each.quantifier = property::Quantifier::sometimes;
    if (i != property) each.claim = kAlwaysTrue;
    if (i == property && !claim) each.claim = {Operator::not_, {}, {properties_.properties[i].claim}};
  }
  const auto results = verify::verify(policy_, asked, how);
  if (!results[property].counterexample) return std::nullopt;
  return results[property].counterexample->request;
}

std::optional<std::vector<Witness>> WitnessFinder::showing(std::size_t property, bool claim, const std::optional<policy::Request>& first) {
  std::vector<Witness> found;
  for (const engine::Readings& readings : combinations(options_.fixed)) {
    const bool empty = readings.empty_identity_is_unauthenticated();
    const property::Property& about = properties_.properties[property];
    const auto does = [&](const Witness& witness) {
      return (witness.request.watcher.authenticated() || witness.empty_identity == empty) && holds(about, claim, witness.request, readings);
    };
    if (std::any_of(found.begin(), found.end(), does)) continue;
    std::optional<Witness> next;
    if (first) next = shows(about, claim, *first, readings);
    if (!next) {
      if (const auto request = ask(property, claim, readings)) next = shows(about, claim, *request, readings);
    }
    if (!next) return std::nullopt;
    found.push_back(std::move(*next));
  }
  return found;
}

std::optional<Witness> WitnessFinder::watched(std::size_t property) {
  if (watched_.empty()) {
    property::Properties asked = properties_;
    for (property::Property& each : asked.properties) {
      each.quantifier = property::Quantifier::sometimes;
      each.claim = kAlwaysTrue;
    }
    verify::Options how = options_;
    how.smt2_directory.clear();
    for (verify::Result& result : verify::verify(policy_, asked, how)) {
      watched_.emplace_back();
      if (result.counterexample) watched_.back() = std::move(result.counterexample->request);
    }
  }
  if (!watched_[property]) return std::nullopt;
  property::Property about = properties_.properties[property];
  about.claim = kAlwaysTrue;
  return shows(about, true, *watched_[property], engine::with_defaults(options_.fixed));
}

}  // namespace presproof::certificate
