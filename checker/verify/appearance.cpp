#include "verify/appearance.h"

#include <limits>

#include "property/property.h"

namespace presproof::verify {
namespace {

/// What the plain reading of claims says.
class Seen {
 public:
  Seen(const semantics::Decision& decision, const claims::ClaimContext& context) : decision_(decision), context_(context) {}
  [[nodiscard]] bool operator()(property::ClaimAtom atom) const {
    return claims::claim_holds({property::Operator::atom, std::move(atom), {}}, decision_, context_);
  }

 private:
  const semantics::Decision& decision_;
  const claims::ClaimContext& context_;
};

void add_presence(Appearance& appearance, const Seen& seen, const semantics::Permissions& permissions) {
  for (std::size_t i = 0; i < policy::kAttributePermissions; ++i) {
    appearance.attributes.push_back(seen(property::AttributeShown{static_cast<policy::AttributePermission>(i)}));
  }
  for (const policy::UserInput level : {policy::UserInput::bare, policy::UserInput::thresholds, policy::UserInput::full}) {
    appearance.attributes.push_back(seen(property::UserInputShown{level}));
  }
  const bool everything = seen(property::AllAttributesShown{});
  appearance.attributes.push_back(everything);
  for (std::size_t i = 0; i < policy::kComponentKinds; ++i) {
    if (!seen(property::ComponentShown{static_cast<policy::ComponentKind>(i), {}})) continue;
    appearance.components[i] = permissions.components[i];
    if (appearance.components[i].all) appearance.components[i].values = {};
  }
  if (!everything && seen(property::AnythingShown{})) appearance.unknown_attributes = permissions.unknown_attributes;
}

void add_location(Appearance& appearance, const Seen& seen, const semantics::Permissions& permissions) {
  if (seen(property::LocationShown{property::kExactRadiusOnly, {}})) {
    appearance.geodetic = GeodeticShown{};
  } else if (seen(property::LocationShown{std::numeric_limits<double>::infinity(), {}})) {
    appearance.geodetic = GeodeticShown{permissions.location.radius_m.value_or(0), permissions.location.rounding};
  }
  for (std::size_t i = 1; i < geo::kCivicLevelNames.size(); ++i) {
    const auto level = static_cast<geo::CivicLevel>(i);
    if (seen(property::LocationShown{{}, level})) appearance.civic = level;
  }
  if (!appearance.geodetic && appearance.civic == geo::CivicLevel::none) return;
  appearance.retransmission_allowed = permissions.set_retransmission_allowed;
  appearance.retention_s = permissions.set_retention_expiry_s;
  appearance.note_well = permissions.set_note_well;
  appearance.keep_rule_reference = permissions.keep_rule_reference;
}

}  // namespace

Appearance appearance_of(const semantics::Decision& decision, const claims::ClaimContext& context) {
  const Seen seen(decision, context);
  Appearance appearance;
  if (decision.response) appearance.code = decision.response->code;
  appearance.subscription_state = decision.subscription_state;
  appearance.granted = seen(property::Handling{property::Comparison::exactly, policy::SubHandling::allow});
  if (!appearance.granted) {
    // A polite block and a grant have the same code and state, and different documents.
    appearance.attributes = {seen(property::Handling{property::Comparison::exactly, policy::SubHandling::polite_block})};
    return appearance;
  }
  if (context.usage == policy::Usage::presence) add_presence(appearance, seen, decision.permissions);
  add_location(appearance, seen, decision.permissions);
  return appearance;
}

}  // namespace presproof::verify
