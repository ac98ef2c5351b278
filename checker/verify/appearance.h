#pragma once

#include <array>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "geo/civic.h"
#include "policy/rule_set.h"
#include "semantics/decision.h"
#include "claims/claim.h"

namespace presproof::verify {

/// How a geodetic location is shown: exactly (0), as the circle of a radius, or rounded.
struct GeodeticShown {
  double radius_m = 0;
  std::optional<policy::GeodeticGrant::Rounding> rounding;
  friend bool operator==(const GeodeticShown&, const GeodeticShown&) = default;
};

/// What a watcher can see of a decision, given a presence document that has everything: two decisions that look the same are equal
/// here, and only those. What is granted but cannot be seen (mood without a person, anything of a polite block) is left out. Where the
/// shown circle lies is not part of it, only how large it is.
struct Appearance {
  std::optional<int> code;
  std::string_view subscription_state;
  bool granted = false;
  std::vector<bool> attributes;  ///< what claims about attributes say
  std::array<semantics::ProvidedComponents, policy::kComponentKinds> components;
  std::set<std::pair<std::string, std::string>> unknown_attributes;
  std::optional<GeodeticShown> geodetic;
  geo::CivicLevel civic = geo::CivicLevel::none;
  /// <usage-rules>, which stand beside a location.
  std::optional<bool> retransmission_allowed;
  std::optional<std::int64_t> retention_s;
  std::set<policy::SetNoteWell> note_well;
  std::optional<bool> keep_rule_reference;
  friend bool operator==(const Appearance&, const Appearance&) = default;
};

[[nodiscard]] Appearance appearance_of(const semantics::Decision& decision, const claims::ClaimContext& context);

}  // namespace presproof::verify
