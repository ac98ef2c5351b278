#include "report/words.h"

#include <fmt/format.h>

#include "base/overloaded.h"
#include "diag/printable.h"

namespace presproof::report {
namespace {

using policy::Policy;
using policy::RuleRef;
using semantics::Decision;
using semantics::Permissions;

std::string position_words(geo::Position place) { return fmt::format("{} {}", place.latitude, place.longitude); }

std::string shape_words(const geo::Shape& shape) {
  return std::visit(Overloaded{[](const geo::Position& place) { return position_words(place); },
                               [](const geo::Circle& circle) {
                                 return fmt::format("within {} of {}", length_words(circle.radius_m), position_words(circle.center));
                               },
                               [](const geo::Ellipse& ellipse) { return "an ellipse around " + position_words(ellipse.center); },
                               [](const geo::Polygon& polygon) { return fmt::format("a polygon of {} corners", polygon.ring.size()); },
                               [](const geo::ArcBand& band) { return "an arc band around " + position_words(band.center); }},
                    shape);
}

std::string components_words(const semantics::ProvidedComponents& provided) {
  std::vector<std::string> parts;
  if (provided.all) parts.emplace_back("all");
  for (std::size_t kind = 0; kind < policy::kSelectorKinds; ++kind)
    for (const auto& value : provided.values[kind]) parts.push_back(fmt::format("{} {}", policy::kSelectorNames[kind], diag::printable(value)));
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::string location_permission_words(const semantics::ProvidedLocation& location) {
  std::vector<std::string> parts;
  if (location.radius_m)
    parts.push_back(*location.radius_m == 0 ? "exact position" : fmt::format("position within {}", length_words(*location.radius_m)));
  if (location.civic != geo::CivicLevel::none) parts.push_back(fmt::format("civic address to {}", geo::to_string(location.civic)));
  return fmt::format("{}", fmt::join(parts, ", "));
}

/// The value of a permission by its name in the contract, in words; empty where the name says it all.
std::string value_words(std::string_view name, const Permissions& permissions) {
  if (name == "sub-handling") return std::string(policy::to_string(permissions.sub_handling));
  for (std::size_t kind = 0; kind < policy::kComponentKinds; ++kind)
    if (name == policy::kProvideComponentNames[kind]) return components_words(permissions.components[kind]);
  if (name == "provide-user-input") return std::string(policy::to_string(permissions.user_input));
  if (name == "provide-location") return location_permission_words(permissions.location);
  if (name == "set-retransmission-allowed") return permissions.set_retransmission_allowed.value_or(false) ? "true" : "false";
  if (name == "keep-rule-reference") return permissions.keep_rule_reference.value_or(false) ? "true" : "false";
  if (name == "set-note-well") {
    std::vector<std::string> texts;
    for (const auto& note : permissions.set_note_well) texts.push_back(fmt::format("\"{}\"", diag::printable(note.text)));
    return fmt::format("{}", fmt::join(texts, ", "));
  }
  if (name == "set-retention-expiry") return fmt::format("{} s", permissions.set_retention_expiry_s.value_or(0));
  if (name == "provide-unknown-attribute") {
    std::vector<std::string> parts;
    for (const auto& [ns, local] : permissions.unknown_attributes) parts.push_back(fmt::format("{{{}}}{}", diag::printable(ns), diag::printable(local)));
    return fmt::format("{}", fmt::join(parts, ", "));
  }
  return {};
}

std::string rule_words(const Policy& policy, const std::vector<RuleRef>& rules) {
  std::vector<std::string> names;
  for (const auto& rule : rules) names.push_back(diag::printable(policy::rule_at(policy, rule).id));
  return fmt::format("{} {}", names.size() == 1 ? "rule" : "rules", fmt::join(names, ", "));
}

}  // namespace

std::string watcher_words(const policy::Watcher& watcher) {
  if (!watcher.authenticated()) return "unauthenticated";
  std::vector<std::string> names;
  for (const auto& identity : watcher.identities) names.push_back(diag::printable(identity.text));
  return fmt::format("{}", fmt::join(names, " with "));
}

std::string location_words(const policy::TargetLocation& location) {
  std::vector<std::string> parts;
  if (location.geodetic) parts.push_back(shape_words(*location.geodetic));
  if (location.civic) {
    std::vector<std::string> fields;
    for (const auto& [field, value] : *location.civic) fields.push_back(fmt::format("{} {}", diag::printable(field), diag::printable(value)));
    parts.push_back(fmt::format("civic {}", fields.empty() ? "address without fields" : fmt::format("{}", fmt::join(fields, ", "))));
  }
  return parts.empty() ? "unknown" : fmt::format("{}", fmt::join(parts, "; "));
}

std::vector<std::string> granted_words(const Policy& policy, const Decision& decision) {
  std::vector<std::string> lines;
  const auto add = [&](std::string_view name) {
    const auto found = decision.granted_by.find(name);
    if (found == decision.granted_by.end()) return;
    const auto value = value_words(name, decision.permissions);
    lines.push_back(fmt::format("{}{}{} ({})", name, value.empty() ? "" : " ", value, rule_words(policy, found->second)));
  };
  add("sub-handling");
  for (const auto& name : policy::kProvideComponentNames) add(name);
  for (const auto& name : policy::kAttributePermissionNames) add(name);
  for (const auto* name : {"provide-user-input", "provide-unknown-attribute", "provide-all-attributes", "provide-location",
                           "set-retransmission-allowed", "set-retention-expiry", "set-note-well", "keep-rule-reference"})
    add(name);
  return lines;
}

std::string length_words(double metres) {
  return metres >= 1000 ? fmt::format("{} km", metres / 1000) : fmt::format("{} m", metres);
}

std::string_view usage_word(policy::Usage usage) { return usage == policy::Usage::presence ? "presence" : "geolocation"; }

std::string shell_word(std::string_view text) {
  constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789@%+=:,./_-";
  if (!text.empty() && text.find_first_not_of(kPlain) == std::string_view::npos) return std::string(text);
  std::string quoted = "'";
  for (const char c : diag::printable(text)) c == '\'' ? quoted += "'\\''" : quoted += c;
  return quoted + "'";
}

}  // namespace presproof::report
