#include "diff/shown.h"

#include <algorithm>
#include <limits>
#include <tuple>
#include <vector>

#include <fmt/format.h>

#include "base/overloaded.h"
#include "xml/namespaces.h"

namespace presproof::diff {
namespace {

using semantics::Decision;
using claims::ClaimContext;

bool holds(property::ClaimAtom atom, const Decision& decision, const claims::ClaimContext& context) {
  property::Formula<property::ClaimAtom> claim;
  claim.atom = std::move(atom);
  return claims::claim_holds(claim, decision, context);
}
bool is_allowed(const Decision& decision, const claims::ClaimContext& context) {
  return holds(property::Handling{property::Comparison::at_least, policy::SubHandling::allow}, decision, context);
}
bool shows_anything(const Decision& decision, const claims::ClaimContext& context) {
  return context.usage == policy::Usage::geolocation ? is_allowed(decision, context) : holds(property::AnythingShown{}, decision, context);
}
bool is_published(const Decision& decision, const claims::ClaimContext& context) {
  if (context.usage == policy::Usage::geolocation) return false;
  const auto& permissions = decision.permissions;
  if (context.readings.all_attributes_include_location() && permissions.all_attributes) return true;
  return context.readings.unknown_attribute_location_honoured() &&
         permissions.unknown_attributes.contains({std::string(xml::ns::kGeopriv), "geopriv"});
}

auto fineness(double radius_m, const std::optional<policy::GeodeticGrant::Rounding>& rounding) {
  return std::tuple(radius_m, rounding.has_value(), rounding ? rounding->latitude_deg.value_or(0) : 0,
                    rounding ? rounding->longitude_deg.value_or(0) : 0);
}

bool is_as_fine(const smt::AsFineAs& wanted, const Decision& decision, const claims::ClaimContext& context) {
  if (!shows_anything(decision, context)) return false;
  if (is_published(decision, context)) return true;
  const auto& location = decision.permissions.location;
  if (!location.radius_m) return false;
  const auto own = fineness(*location.radius_m, location.rounding);
  const auto limit = fineness(wanted.radius_m, wanted.rounding);
  return wanted.strictly ? own < limit : own <= limit;
}

std::optional<bool> boolean(const smt::BooleanSet& wanted, const Decision& decision) {
  return wanted.rule_reference ? decision.permissions.keep_rule_reference : decision.permissions.set_retransmission_allowed;
}

std::string handling_word(const Decision& decision, const claims::ClaimContext& context) {
  if (context.usage == policy::Usage::geolocation) return is_allowed(decision, context) ? "allow" : "block";
  return std::string(policy::to_string(decision.permissions.sub_handling));
}

std::string geodetic_words(const Decision& decision, const claims::ClaimContext& context) {
  if (!shows_anything(decision, context)) return "no position";
  if (is_published(decision, context)) return "exact position";
  const auto& location = decision.permissions.location;
  if (!location.radius_m) return "no position";
  if (location.rounding) {
    return fmt::format("rounded to {} by {} degrees", location.rounding->latitude_deg.value_or(0), location.rounding->longitude_deg.value_or(0));
  }
  return *location.radius_m == 0 ? "exact position" : fmt::format("radius {} m", *location.radius_m);
}

std::string civic_words(const Decision& decision, const claims::ClaimContext& context) {
  if (!shows_anything(decision, context)) return "civic none";
  const auto level = is_published(decision, context) ? geo::CivicLevel::full : decision.permissions.location.civic;
  return fmt::format("civic {}", geo::to_string(level));
}

std::string component_words(policy::ComponentKind kind, const Decision& decision, const claims::ClaimContext& context) {
  const auto& provided = decision.permissions.components[static_cast<std::size_t>(kind)];
  if (!holds(property::ComponentShown{kind, std::nullopt}, decision, context)) return "none";
  if (provided.all) return "all";
  std::vector<std::string> parts;
  for (std::size_t selector = 0; selector < policy::kSelectorKinds; ++selector) {
    for (const std::string& value : provided.values[selector]) parts.push_back(fmt::format("{} {}", policy::kSelectorNames[selector], value));
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::string user_input_word(const Decision& decision, const claims::ClaimContext& context) {
  auto shown = policy::UserInput::none;
  for (const auto level : {policy::UserInput::bare, policy::UserInput::thresholds, policy::UserInput::full}) {
    if (holds(property::UserInputShown{level}, decision, context)) shown = level;
  }
  return std::string(policy::to_string(shown));
}

std::string retention_words(const Decision& decision, const claims::ClaimContext& context) {
  if (!is_allowed(decision, context) || !decision.permissions.set_retention_expiry_s) return "none";
  return fmt::format("{} s", *decision.permissions.set_retention_expiry_s);
}

std::string claim_words(const property::ClaimAtom& atom, const Decision& decision, const claims::ClaimContext& context) {
  const auto yes_or_no = [&] { return holds(atom, decision, context) ? "true" : "false"; };
  return std::visit(Overloaded{
                        [&](const property::Handling&) { return handling_word(decision, context); },
                        [&](const property::ComponentShown& shown) { return component_words(shown.kind, decision, context); },
                        [&](const property::UserInputShown&) { return user_input_word(decision, context); },
                        [&](const property::LocationShown&) { return civic_words(decision, context); },
                        [&](const property::RetentionLongerThan&) { return retention_words(decision, context); },
                        [&](const property::UnknownAttributeShown& shown) { return fmt::format("{{{}}}{} {}", shown.ns, shown.name, yes_or_no()); },
                        [&](const auto&) { return std::string(yes_or_no()); },
                    },
                    atom);
}

}  // namespace

bool is_observed(const smt::Observation& observation, const Decision& decision, const claims::ClaimContext& context) {
  return std::visit(Overloaded{
                        [&](const property::ClaimAtom& atom) { return holds(atom, decision, context); },
                        [&](const smt::AsFineAs& wanted) { return is_as_fine(wanted, decision, context); },
                        [&](const smt::BooleanSet& wanted) {
                          const auto value = boolean(wanted, decision);
                          return is_allowed(decision, context) && (wanted.to_true ? value == true : value != false);
                        },
                        [&](const smt::NoteWell& wanted) {
                          return is_allowed(decision, context) && decision.permissions.set_note_well.contains(wanted.note);
                        },
                    },
                    observation.what);
}

std::string value_shown(const smt::Observation& observation, const Decision& decision, const claims::ClaimContext& context) {
  return std::visit(Overloaded{
                        [&](const property::ClaimAtom& atom) { return claim_words(atom, decision, context); },
                        [&](const smt::AsFineAs&) { return geodetic_words(decision, context); },
                        [&](const smt::BooleanSet& wanted) {
                          const auto value = boolean(wanted, decision);
                          if (!is_allowed(decision, context) || !value) return std::string("unchanged");
                          return std::string(*value ? "true" : "false");
                        },
                        [&](const smt::NoteWell& wanted) {
                          return is_observed(observation, decision, context) ? fmt::format("text \"{}\"", wanted.note.text) : std::string("none");
                        },
                    },
                    observation.what);
}

std::string detail_of(std::string_view before, std::string_view after) {
  constexpr std::string_view radius = "radius ";
  if (before.starts_with(radius) && after.starts_with(radius)) after.remove_prefix(radius.size());
  return fmt::format("{} -> {}", before, after);
}

}  // namespace presproof::diff
