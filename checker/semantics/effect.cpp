#include "semantics/effect.h"

#include <algorithm>
#include <tuple>

#include "base/fault.h"
#include "base/overloaded.h"

namespace presproof::semantics {
namespace {

template <class Enumeration>
constexpr unsigned bit(Enumeration value) {
  return 1U << static_cast<unsigned>(value);
}

/// From fine to coarse. Of equal radii the circle of RFC 6772 comes before the older dialect's rounding, so that the
/// result never depends on the order of the rules.
auto fineness(double radius_m, const policy::GeodeticGrant::Rounding* rounding) {
  return std::tuple(radius_m, rounding != nullptr, rounding != nullptr ? rounding->latitude_deg.value_or(0) : 0,
                    rounding != nullptr ? rounding->longitude_deg.value_or(0) : 0);
}

void include_radius(Effect& effect, double radius_m, const policy::GeodeticGrant::Rounding* rounding,
                    const engine::Readings& readings) {
  if (effect.has_radius) {
    const auto so_far = fineness(effect.radius_m, effect.rounding);
    const auto other = fineness(radius_m, rounding);
    // RFC 4745 section 4 (finest) against section 10.2's maximum (coarsest), where exact is the integer 0.
    const bool coarsest = readings.coarsest_radius() && !seeded(Fault::combine_finest_radius_always);
    if (coarsest ? other <= so_far : so_far <= other) return;
  }
  effect.has_radius = true;
  effect.radius_m = radius_m;
  effect.rounding = rounding;
}

void include_location(Effect& effect, const policy::ProvideLocation& granted, const engine::Readings& readings) {
  effect.civic = std::max(effect.civic, granted.civic);
  if (!granted.geodetic) return;
  if (!granted.geodetic->radius_m && readings.absent_radius_is_nothing() &&
      !seeded(Fault::combine_absent_radius_is_exact_always))
    return;
  const auto& rounding = granted.geodetic->rounding;
  include_radius(effect, granted.geodetic->radius_m.value_or(0), rounding ? &*rounding : nullptr, readings);
}

void include_retention(Effect& effect, std::int64_t seconds) {
  effect.retention_s = effect.has_retention ? std::max(effect.retention_s, seconds) : seconds;
  effect.has_retention = true;
}

void include_components(Effect& effect, const policy::ProvideComponents& granted) {
  if (granted.all) effect.all_components = static_cast<std::uint8_t>(effect.all_components | bit(granted.kind));
  if (seeded(Fault::combine_selectors_forgotten)) return;
  effect.has_sets |=
      std::any_of(granted.values.begin(), granted.values.end(), [](const auto& values) { return !values.empty(); });
}

/// RFC 5025's permissions, which the location server of RFC 6772 does not know.
void include_presence(Effect& effect, const policy::Permission& permission) {
  std::visit(Overloaded{
                 [&](policy::SubHandling value) { effect.sub_handling = std::max(effect.sub_handling, value); },
                 [&](policy::UserInput value) { effect.user_input = std::max(effect.user_input, value); },
                 [&](const policy::ProvideComponents& granted) { include_components(effect, granted); },
                 [&](const policy::ProvideAttribute& granted) {
                   if (!granted.value) return;
                   effect.attributes = static_cast<std::uint16_t>(effect.attributes | bit(granted.attribute));
                 },
                 [&](const policy::ProvideUnknownAttribute& granted) { effect.has_sets |= granted.value; },
                 [&](const policy::ProvideAllAttributes&) { effect.all_attributes = true; },
                 [](const auto&) {},
             },
             permission.what);
}

void include_said(Effect::Said& all, const Effect::Said& one) {
  all.yes |= one.yes;
  all.no |= one.no;
  all.nothing |= one.nothing;
}

std::optional<bool> combined(const Effect::Said& said, const engine::Readings& readings) {
  if (said.yes && !(said.no && seeded(Fault::combine_no_beats_yes))) return true;
  if (!said.no) return std::nullopt;
  // RFC 6772 sections 6.1 and 6.4 keep the document's value for a silent rule; RFC 4745 section 10.2 says false.
  if (said.nothing && !readings.set_boolean_absent_is_false()) return std::nullopt;
  return false;
}

}  // namespace

Effect effect_of(const policy::Rule& rule, const Options& options) {
  const bool presence = options.usage == policy::Usage::presence;
  Effect effect;
  // RFC 6772 knows no sub-handling: a rule that matches grants what it says.
  if (!presence) effect.sub_handling = policy::SubHandling::allow;
  for (const policy::Permission& permission : rule.permissions) {
    std::visit(Overloaded{
                   [&](const policy::ProvideLocation& granted) { include_location(effect, granted, options.readings); },
                   [&](const policy::SetRetransmissionAllowed& set) {
                     (set.value ? effect.retransmission.yes : effect.retransmission.no) = true;
                   },
                   [&](const policy::KeepRuleReference& keep) {
                     (keep.value ? effect.rule_reference.yes : effect.rule_reference.no) = true;
                   },
                   [&](const policy::SetRetentionExpiry& set) { include_retention(effect, set.seconds); },
                   [&](const policy::SetNoteWell&) { effect.has_sets = true; },
                   [&](const auto&) {
                     if (presence) include_presence(effect, permission);
                   },
               },
               permission.what);
  }
  for (Effect::Said* said : {&effect.retransmission, &effect.rule_reference}) said->nothing = !said->yes && !said->no;
  return effect;
}

void Effect::include(const Effect& other, const engine::Readings& readings) {
  sub_handling = seeded(Fault::combine_last_handling_wins) ? other.sub_handling
                                                           : std::max(sub_handling, other.sub_handling);
  user_input = std::max(user_input, other.user_input);
  civic = std::max(civic, other.civic);
  all_components = static_cast<std::uint8_t>(all_components | other.all_components);
  attributes = static_cast<std::uint16_t>(attributes | other.attributes);
  all_attributes |= other.all_attributes;
  has_sets |= other.has_sets;
  include_said(retransmission, other.retransmission);
  include_said(rule_reference, other.rule_reference);
  if (other.has_radius) include_radius(*this, other.radius_m, other.rounding, readings);
  if (other.has_retention) include_retention(*this, other.retention_s);
}

void Effect::write_to(Permissions& permissions, const engine::Readings& readings) const {
  permissions.sub_handling = sub_handling;
  permissions.user_input = user_input;
  for (std::size_t i = 0; i < policy::kComponentKinds; ++i) {
    permissions.components[i].all = (all_components & bit(i)) != 0;
  }
  for (std::size_t i = 0; i < policy::kAttributePermissions; ++i) {
    permissions.attributes[i] = (attributes & bit(i)) != 0;
  }
  permissions.all_attributes = all_attributes;
  permissions.location.civic = civic;
  permissions.location.radius_m = has_radius ? std::optional(radius_m) : std::nullopt;
  permissions.location.rounding = rounding != nullptr ? std::optional(*rounding) : std::nullopt;
  permissions.set_retention_expiry_s = has_retention ? std::optional(retention_s) : std::nullopt;
  permissions.set_retransmission_allowed = combined(retransmission, readings);
  permissions.keep_rule_reference = combined(rule_reference, readings);
}

}  // namespace presproof::semantics
