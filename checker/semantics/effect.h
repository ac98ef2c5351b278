#pragma once

#include <cstdint>
#include <optional>

#include "policy/rule_set.h"
#include "semantics/decision.h"
#include "semantics/evaluator.h"

namespace presproof::semantics {

/// What rules give that match: RFC 4745 section 10.2. Booleans OR, enumerations and integers their maximum; what a
/// rule does not say counts as the lowest value. Sets are not in here but stay with their rules, so that an effect is
/// small and giving two together is quick.
struct Effect {
  /// One boolean of RFC 6772 sections 6.1 and 6.4 over some rules.
  struct Said {
    bool yes = false;
    bool no = false;
    bool nothing = false;  ///< by a rule that does not speak of it
  };

  policy::SubHandling sub_handling = policy::SubHandling::block;
  policy::UserInput user_input = policy::UserInput::none;
  geo::CivicLevel civic = geo::CivicLevel::none;
  std::uint8_t all_components = 0;  ///< a bit for each ComponentKind
  std::uint16_t attributes = 0;     ///< a bit for each AttributePermission
  bool all_attributes = false;
  bool has_sets = false;  ///< selectors, unknown attributes or texts
  Said retransmission;
  Said rule_reference;
  bool has_radius = false;
  bool has_retention = false;
  double radius_m = 0;
  const policy::GeodeticGrant::Rounding* rounding = nullptr;  ///< in the rule; null when the radius is RFC 6772's
  std::int64_t retention_s = 0;

  /// What both give. Neither the order nor repetitions matter.
  void include(const Effect& other, const engine::Readings& readings);
  /// Everything but the sets.
  void write_to(Permissions& permissions, const engine::Readings& readings) const;
};

/// Of one matching rule, which must outlive the effect.
[[nodiscard]] Effect effect_of(const policy::Rule& rule, const Options& options);

}  // namespace presproof::semantics
