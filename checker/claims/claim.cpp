#include "claims/claim.h"

#include <algorithm>
#include <set>
#include <string_view>

#include "base/fault.h"
#include "base/overloaded.h"
#include "uri/uri.h"
#include "xml/namespaces.h"

namespace presproof::claims {
namespace {

using policy::AttributePermission;
using policy::ComponentKind;

bool is_geopriv(const property::UnknownAttributeShown& claim) { return claim.name == "geopriv" && claim.ns == xml::ns::kGeopriv; }

const property::LocationShown kAnyLocation{std::numeric_limits<double>::infinity(), geo::CivicLevel::country};

/// One decision as claims see it.
class Disclosed {
 public:
  Disclosed(const semantics::Decision& decision, const ClaimContext& context)
      : decision_(decision), permissions_(decision.permissions), context_(context), presence_(context.usage == policy::Usage::presence) {}

  bool operator()(const property::Handling& claim) const {
    switch (claim.comparison) {
      case property::Comparison::exactly: return handling() == claim.value;
      case property::Comparison::at_least: return handling() >= claim.value;
      case property::Comparison::at_most: return handling() <= claim.value;
    }
    return false;
  }
  bool operator()(const property::ComponentShown& claim) const {
    if (!shows_presence()) return false;
    if (!claim.selector) return shows(claim.kind);
    const semantics::ProvidedComponents& provided = permissions_.components[static_cast<std::size_t>(claim.kind)];
    const auto& values = provided.values[static_cast<std::size_t>(claim.selector->kind)];
    return provided.all || std::any_of(values.begin(), values.end(), [&](const std::string& value) { return selects(*claim.selector, value); });
  }
  bool operator()(const property::AttributeShown& claim) const {
    return shows_presence() && (seeded(Fault::claim_attribute_without_its_component) ? shows_anything() : in_its_component(claim.attribute)) &&
           (permissions_.all_attributes || permissions_.attributes[static_cast<std::size_t>(claim.attribute)]);
  }
  bool operator()(const property::UserInputShown& claim) const {
    return shows_presence() && shows_anything() && (permissions_.all_attributes || permissions_.user_input >= claim.at_least);
  }
  bool operator()(const property::UnknownAttributeShown& claim) const {
    if (is_geopriv(claim)) return (*this)(kAnyLocation);
    return shows_presence() && shows_anything() && (permissions_.all_attributes || permissions_.unknown_attributes.contains({claim.ns, claim.name}));
  }
  bool operator()(const property::AllAttributesShown&) const { return shows_presence() && shows_anything() && permissions_.all_attributes; }
  bool operator()(const property::AnythingShown&) const {
    return presence_ ? shows_presence() && shows_anything() : (*this)(kAnyLocation);
  }
  bool operator()(const property::LocationShown& claim) const {
    if (!granted() || (presence_ && !shows_anything())) return false;
    if (presence_ && location_goes_out_as_published(permissions_, context_.readings) && is_shown(claim, 0, geo::CivicLevel::full)) return true;
    return is_shown(claim, permissions_.location.radius_m, permissions_.location.civic);
  }
  bool operator()(const property::RetransmissionAllowed&) const { return granted() && permissions_.set_retransmission_allowed == true; }
  bool operator()(const property::RetentionLongerThan& claim) const {
    return granted() && permissions_.set_retention_expiry_s && *permissions_.set_retention_expiry_s > claim.seconds;
  }
  bool operator()(const property::RuleMatches& claim) const {
    return std::any_of(decision_.matched.begin(), decision_.matched.end(),
                       [&](policy::RuleRef ref) { return rule_at(context_.policy, ref).id == claim.id; });
  }

 private:
  /// A location server has no sub-handling: it grants when a rule matches.
  [[nodiscard]] policy::SubHandling handling() const {
    if (presence_) return permissions_.sub_handling;
    return decision_.matched.empty() ? policy::SubHandling::block : policy::SubHandling::allow;
  }
  [[nodiscard]] bool granted() const { return handling() == policy::SubHandling::allow; }
  [[nodiscard]] bool shows_presence() const { return presence_ && granted(); }
  [[nodiscard]] bool shows(ComponentKind kind) const { return permissions_.components[static_cast<std::size_t>(kind)].any(); }
  [[nodiscard]] bool shows_anything() const { return shows(ComponentKind::device) || shows(ComponentKind::person) || shows(ComponentKind::service); }

  [[nodiscard]] bool in_its_component(AttributePermission attribute) const {
    switch (attribute) {
      case AttributePermission::activities:
      case AttributePermission::mood:
      case AttributePermission::place_is:
      case AttributePermission::place_type:
      case AttributePermission::sphere:
      case AttributePermission::time_offset: return shows(ComponentKind::person);
      case AttributePermission::device_id:
      case AttributePermission::relationship: return shows(ComponentKind::service);
      case AttributePermission::privacy:
      case AttributePermission::status_icon: return shows(ComponentKind::person) || shows(ComponentKind::service);
      case AttributePermission::class_:
      case AttributePermission::note: return shows_anything();
    }
    return false;
  }
  [[nodiscard]] static bool selects(const property::ComponentShown::Selector& selector, const std::string& value) {
    if (value == selector.value) return true;
    const bool is_uri = selector.kind == policy::SelectorKind::device_id || selector.kind == policy::SelectorKind::service_uri;
    return is_uri && uri::equivalent(uri::parse(value), uri::parse(selector.value));
  }
  [[nodiscard]] static bool is_shown(const property::LocationShown& claim, std::optional<double> radius_m, geo::CivicLevel civic) {
    if (claim.geodetic_below_m && radius_m && *radius_m < *claim.geodetic_below_m) return true;
    if (seeded(Fault::claim_radius_included) && radius_m && radius_m == claim.geodetic_below_m) return true;
    return claim.civic_at_least && *claim.civic_at_least != geo::CivicLevel::none && civic >= *claim.civic_at_least;
  }

  const semantics::Decision& decision_;
  const semantics::Permissions& permissions_;
  const ClaimContext& context_;
  bool presence_;
};

/// Names of the permissions that the claim speaks of, as in `granted_by`.
void add_permissions(const property::ClaimAtom& atom, std::set<std::string_view>& names) {
  const auto add = [&](std::initializer_list<std::string_view> more) { names.insert(more); };
  const auto add_attribute = [&](std::string_view name) { add({"sub-handling", name, "provide-all-attributes"}); };
  std::visit(Overloaded{
                 [&](const property::Handling&) { add({"sub-handling"}); },
                 [&](const property::ComponentShown& claim) {
                   add({"sub-handling", policy::kProvideComponentNames[static_cast<std::size_t>(claim.kind)]});
                 },
                 [&](const property::AttributeShown& claim) {
                   add_attribute(policy::kAttributePermissionNames[static_cast<std::size_t>(claim.attribute)]);
                 },
                 [&](const property::UserInputShown&) { add_attribute("provide-user-input"); },
                 [&](const property::UnknownAttributeShown& claim) {
                   add_attribute("provide-unknown-attribute");
                   if (is_geopriv(claim)) add({"provide-location"});
                 },
                 [&](const property::AllAttributesShown&) { add({"sub-handling", "provide-all-attributes"}); },
                 [&](const property::AnythingShown&) { add({"sub-handling", "provide-devices", "provide-persons", "provide-services"}); },
                 [&](const property::LocationShown&) { add({"sub-handling", "provide-location"}); },
                 [&](const property::RetransmissionAllowed&) { add({"sub-handling", "set-retransmission-allowed"}); },
                 [&](const property::RetentionLongerThan&) { add({"sub-handling", "set-retention-expiry"}); },
                 [](const property::RuleMatches&) {},
             },
             atom);
}

void collect(const property::Formula<property::ClaimAtom>& claim, std::set<std::string_view>& permissions, std::set<std::string_view>& ids) {
  for (const auto& operand : claim.operands) collect(operand, permissions, ids);
  if (claim.op != property::Operator::atom) return;
  add_permissions(claim.atom, permissions);
  if (const auto* rule = std::get_if<property::RuleMatches>(&claim.atom)) ids.insert(rule->id);
}

bool speaks_of_location(const property::Formula<property::ClaimAtom>& claim) {
  if (claim.op != property::Operator::atom) return std::any_of(claim.operands.begin(), claim.operands.end(), speaks_of_location);
  return std::holds_alternative<property::LocationShown>(claim.atom);
}

}  // namespace

bool location_goes_out_as_published(const semantics::Permissions& permissions, const engine::Readings& readings) {
  const bool all_attributes_include_location = readings.all_attributes_include_location() || seeded(Fault::claim_location_as_published_always);
  if (all_attributes_include_location && permissions.all_attributes) return true;
  return readings.unknown_attribute_location_honoured() && permissions.unknown_attributes.contains({std::string(xml::ns::kGeopriv), "geopriv"});
}

bool claim_holds(const property::Formula<property::ClaimAtom>& claim, const semantics::Decision& decision, const ClaimContext& context) {
  const auto operand_holds = [&](const auto& operand) { return claim_holds(operand, decision, context); };
  switch (claim.op) {
    case property::Operator::atom: return std::visit(Disclosed(decision, context), claim.atom);
    case property::Operator::and_: return std::all_of(claim.operands.begin(), claim.operands.end(), operand_holds);
    case property::Operator::or_: return std::any_of(claim.operands.begin(), claim.operands.end(), operand_holds);
    case property::Operator::not_: return !operand_holds(claim.operands.front());
  }
  return false;
}

std::vector<policy::RuleRef> rules_concerned(const property::Formula<property::ClaimAtom>& claim, const semantics::Decision& decision,
                                             const ClaimContext& context) {
  std::set<std::string_view> permissions;
  std::set<std::string_view> ids;
  collect(claim, permissions, ids);
  if (speaks_of_location(claim) && context.usage == policy::Usage::presence) {
    if (context.readings.all_attributes_include_location()) permissions.insert("provide-all-attributes");
    if (context.readings.unknown_attribute_location_honoured()) permissions.insert("provide-unknown-attribute");
  }
  std::set<policy::RuleRef> rules;
  for (const std::string_view permission : permissions) {
    const auto given = decision.granted_by.find(permission);
    if (given != decision.granted_by.end()) rules.insert(given->second.begin(), given->second.end());
  }
  for (const policy::RuleRef ref : decision.matched) {
    if (ids.contains(rule_at(context.policy, ref).id)) rules.insert(ref);
  }
  if (rules.empty()) rules.insert(decision.matched.begin(), decision.matched.end());
  return {rules.begin(), rules.end()};
}

}  // namespace presproof::claims
