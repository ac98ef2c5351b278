#include <array>

#include "semantics/combine.h"

namespace presproof::semantics {
namespace {

/// Whether one rule alone gives what the combined permission holds; false where that is the default.
using Gives = bool (*)(const Permissions& one, const Permissions& combined);

template <policy::ComponentKind Kind>
bool gives_components(const Permissions& one, const Permissions&) {
  return one.components[static_cast<std::size_t>(Kind)].any();
}

template <policy::AttributePermission Attribute>
bool gives_attribute(const Permissions& one, const Permissions&) {
  return one.attributes[static_cast<std::size_t>(Attribute)];
}

bool gives_location(const Permissions& one, const Permissions& combined) {
  const ProvidedLocation& given = one.location;
  const ProvidedLocation& all = combined.location;
  const bool geodetic = all.radius_m && given.radius_m == all.radius_m && given.rounding == all.rounding;
  return geodetic || (all.civic != geo::CivicLevel::none && given.civic == all.civic);
}

struct Row {
  std::string_view name;
  Gives gives;
};

using policy::AttributePermission;
using policy::ComponentKind;

/// In the order of the contract's `permissions`.
constexpr std::array kRows = {
    Row{"sub-handling",
        [](const Permissions& one, const Permissions& combined) {
          return combined.sub_handling != policy::SubHandling::block && one.sub_handling == combined.sub_handling;
        }},
    Row{"provide-devices", gives_components<ComponentKind::device>},
    Row{"provide-persons", gives_components<ComponentKind::person>},
    Row{"provide-services", gives_components<ComponentKind::service>},
    Row{"provide-activities", gives_attribute<AttributePermission::activities>},
    Row{"provide-class", gives_attribute<AttributePermission::class_>},
    Row{"provide-deviceID", gives_attribute<AttributePermission::device_id>},
    Row{"provide-mood", gives_attribute<AttributePermission::mood>},
    Row{"provide-place-is", gives_attribute<AttributePermission::place_is>},
    Row{"provide-place-type", gives_attribute<AttributePermission::place_type>},
    Row{"provide-privacy", gives_attribute<AttributePermission::privacy>},
    Row{"provide-relationship", gives_attribute<AttributePermission::relationship>},
    Row{"provide-sphere", gives_attribute<AttributePermission::sphere>},
    Row{"provide-status-icon", gives_attribute<AttributePermission::status_icon>},
    Row{"provide-time-offset", gives_attribute<AttributePermission::time_offset>},
    Row{"provide-user-input",
        [](const Permissions& one, const Permissions& combined) {
          return combined.user_input != policy::UserInput::none && one.user_input == combined.user_input;
        }},
    Row{"provide-note", gives_attribute<AttributePermission::note>},
    Row{"provide-unknown-attribute",
        [](const Permissions& one, const Permissions&) { return !one.unknown_attributes.empty(); }},
    Row{"provide-all-attributes", [](const Permissions& one, const Permissions&) { return one.all_attributes; }},
    Row{"provide-location", gives_location},
    Row{"set-retransmission-allowed",
        [](const Permissions& one, const Permissions& combined) {
          return combined.set_retransmission_allowed &&
                 one.set_retransmission_allowed == combined.set_retransmission_allowed;
        }},
    Row{"set-retention-expiry",
        [](const Permissions& one, const Permissions& combined) {
          return combined.set_retention_expiry_s && one.set_retention_expiry_s == combined.set_retention_expiry_s;
        }},
    Row{"set-note-well", [](const Permissions& one, const Permissions&) { return !one.set_note_well.empty(); }},
    Row{"keep-rule-reference",
        [](const Permissions& one, const Permissions& combined) {
          return combined.keep_rule_reference && one.keep_rule_reference == combined.keep_rule_reference;
        }},
};

constexpr auto names_of_rows() {
  std::array<std::string_view, kRows.size()> names{};
  for (std::size_t i = 0; i < kRows.size(); ++i) names[i] = kRows[i].name;
  return names;
}
constexpr auto kNames = names_of_rows();

}  // namespace

std::map<std::string, std::vector<policy::RuleRef>, std::less<>> granted_by(const Permissions& combined,
                                                                            const policy::Policy& policy,
                                                                            std::span<const policy::RuleRef> matched,
                                                                            const Options& options) {
  std::map<std::string, std::vector<policy::RuleRef>, std::less<>> result;
  for (const policy::RuleRef ref : matched) {
    const policy::Rule* rule = &rule_at(policy, ref);
    const Permissions one = combine({&rule, 1}, options);
    for (const Row& row : kRows) {
      if (row.gives(one, combined)) result[std::string(row.name)].push_back(ref);
    }
  }
  return result;
}

std::span<const std::string_view> permission_names() { return kNames; }

}  // namespace presproof::semantics
