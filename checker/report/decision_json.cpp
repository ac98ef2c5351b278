#include "report/decision_json.h"

#include <cmath>
#include <set>
#include <string>

#include "semantics/combine.h"

namespace presproof::report {
namespace {

using policy::AttributePermission;
using policy::ComponentKind;
using policy::SelectorKind;
using semantics::Permissions;

/// The selectors that RFC 5025 section 3.3.1 has for each kind of component.
const std::vector<SelectorKind>& selectors_of(ComponentKind kind) {
  using enum SelectorKind;
  static const std::array<std::vector<SelectorKind>, policy::kComponentKinds> kSelectors = {{
      {class_, occurrence_id, device_id},
      {class_, occurrence_id},
      {class_, occurrence_id, service_uri, service_uri_scheme},
  }};
  return kSelectors[static_cast<std::size_t>(kind)];
}

Json components_json(const semantics::ProvidedComponents& provided, ComponentKind kind) {
  Json object;
  object["all"] = provided.all;
  for (const SelectorKind selector : selectors_of(kind)) {
    const auto index = static_cast<std::size_t>(selector);
    object[std::string(policy::kSelectorNames[index])] = provided.values[index];
  }
  return object;
}

Json location_json(const semantics::ProvidedLocation& location) {
  Json geodetic = nullptr;
  if (location.radius_m) geodetic = Json{{"radius_m", number_json(*location.radius_m)}};
  if (location.radius_m && location.rounding) {
    const auto degrees = [](const std::optional<double>& step) { return step ? number_json(*step) : Json(nullptr); };
    geodetic["rounding_deg"] = Json{{"latitude", degrees(location.rounding->latitude_deg)},
                                    {"longitude", degrees(location.rounding->longitude_deg)}};
  }
  Json object;
  object["geodetic"] = std::move(geodetic);
  object["civic"] = geo::to_string(location.civic);
  return object;
}

template <class Value>
Json or_null(const std::optional<Value>& value) {
  return value ? Json(*value) : Json(nullptr);
}

Json note_well_json(const std::set<policy::SetNoteWell>& notes) {
  Json array = Json::array();
  for (const policy::SetNoteWell& note : notes) array.push_back(Json{{"lang", or_null(note.lang)}, {"text", note.text}});
  return array;
}

Json unknown_attributes_json(const std::set<std::pair<std::string, std::string>>& names) {
  Json array = Json::array();
  for (const auto& [ns, name] : names) array.push_back(Json{{"ns", ns}, {"name", name}});
  return array;
}

void put_attributes(Json& object, const Permissions& permissions) {
  for (std::size_t i = 0; i < policy::kAttributePermissions; ++i) {
    if (static_cast<AttributePermission>(i) == AttributePermission::note) {
      object["provide-user-input"] = policy::to_string(permissions.user_input);
    }
    object[std::string(policy::kAttributePermissionNames[i])] = permissions.attributes[i];
  }
}

}  // namespace

Json number_json(double number) {
  constexpr double kExact = 9007199254740992.0;  // 2 to the 53rd: beyond, doubles are integers that are not exact
  if (number == std::floor(number) && std::abs(number) <= kExact) return static_cast<std::int64_t>(number);
  return number;
}

Json watcher_json(const policy::Watcher& watcher) {
  std::set<std::string> identities;
  for (const uri::Uri& identity : watcher.identities) identities.insert(identity.text);
  Json object;
  object["authenticated"] = watcher.authenticated();
  object["identities"] = identities;
  return object;
}

Json matched_rules_json(const policy::Policy& policy, const std::vector<policy::RuleRef>& rules) {
  Json array = Json::array();
  for (const policy::RuleRef ref : rules) {
    const policy::Rule& rule = rule_at(policy, ref);
    Json object;
    object["file"] = policy.documents[ref.document].file;
    object["id"] = rule.id;
    object["line"] = rule.span.line;
    array.push_back(std::move(object));
  }
  return array;
}

Json permissions_json(const Permissions& permissions) {
  Json object;
  object["sub-handling"] = policy::to_string(permissions.sub_handling);
  for (std::size_t i = 0; i < policy::kComponentKinds; ++i) {
    object[std::string(policy::kProvideComponentNames[i])] =
        components_json(permissions.components[i], static_cast<ComponentKind>(i));
  }
  put_attributes(object, permissions);
  object["provide-unknown-attribute"] = unknown_attributes_json(permissions.unknown_attributes);
  object["provide-all-attributes"] = permissions.all_attributes;
  object["provide-location"] = location_json(permissions.location);
  object["set-retransmission-allowed"] = or_null(permissions.set_retransmission_allowed);
  object["set-retention-expiry"] = or_null(permissions.set_retention_expiry_s);
  object["set-note-well"] = note_well_json(permissions.set_note_well);
  object["keep-rule-reference"] = or_null(permissions.keep_rule_reference);
  return object;
}

Json granted_by_json(const policy::Policy& policy, const semantics::Decision& decision) {
  Json object = Json::object();
  for (const std::string_view name : semantics::permission_names()) {
    const auto found = decision.granted_by.find(name);
    if (found == decision.granted_by.end()) continue;
    std::set<std::string> ids;
    for (const policy::RuleRef ref : found->second) ids.insert(rule_at(policy, ref).id);
    object[std::string(name)] = ids;
  }
  return object;
}

std::string dump(const Json& json, bool one_line) {
  return json.dump(one_line ? -1 : 2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace presproof::report
