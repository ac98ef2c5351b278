#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "policy/rule_set.h"
#include "policy/vocabulary.h"

/// What the rules combine to for one request: a mask over any document, never a document.
namespace presproof::semantics {

/// The union of the provide-devices, -persons or -services of the matching rules.
struct ProvidedComponents {
  bool all = false;
  std::array<std::set<std::string>, policy::kSelectorKinds> values;
  [[nodiscard]] bool any() const;
  friend bool operator==(const ProvidedComponents&, const ProvidedComponents&) = default;
};

/// The combined provide-location: nothing, exact (0) or a radius; and the civic level.
struct ProvidedLocation {
  std::optional<double> radius_m;
  /// Set when the radius is an older dialect's rounding.
  std::optional<policy::GeodeticGrant::Rounding> rounding;
  geo::CivicLevel civic = geo::CivicLevel::none;
  friend bool operator==(const ProvidedLocation&, const ProvidedLocation&) = default;
};

/// RFC 4745 section 10.2's combined permissions; provide-all-attributes is not expanded into the others.
struct Permissions {
  policy::SubHandling sub_handling = policy::SubHandling::block;
  std::array<ProvidedComponents, policy::kComponentKinds> components;
  std::array<bool, policy::kAttributePermissions> attributes{};
  policy::UserInput user_input = policy::UserInput::none;
  std::set<std::pair<std::string, std::string>> unknown_attributes;  ///< (namespace, name)
  bool all_attributes = false;
  ProvidedLocation location;
  std::optional<bool> set_retransmission_allowed;
  std::optional<std::int64_t> set_retention_expiry_s;
  std::set<policy::SetNoteWell> set_note_well;
  std::optional<bool> keep_rule_reference;
  friend bool operator==(const Permissions&, const Permissions&) = default;
};

/// RFC 5025 section 3.2.1; absent in geolocation usage.
struct Response {
  int code = 403;
  std::string_view reason;
  friend bool operator==(const Response&, const Response&) = default;
};

struct Decision {
  std::vector<policy::RuleRef> matched;  ///< by document as given, then position
  Permissions permissions;
  /// Name of the permission (`sub-handling`, `provide-persons`, ...) to the rules that gave it its value, for each one above its
  /// default. Empty when decided without traces.
  std::map<std::string, std::vector<policy::RuleRef>, std::less<>> granted_by;
  std::optional<Response> response;
  std::string_view subscription_state;  ///< empty in geolocation usage, and when an engine answers with an error
  /// Of the rule that decided, for engines that take away what these name.
  std::vector<policy::WrittenElement> transformations = {};
};

}  // namespace presproof::semantics
