#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

#include "policy/vocabulary.h"
#include "presence/document.h"

/// The presence attributes for which a specification says who may see them: RFC 5025 section 3.3.2 over PIDF (RFC
/// 3863), the data model (RFC 4479) and RPID (RFC 4480), and RFC 6772 over PIDF-LO (RFC 4119).
///
/// An element that is not in the table is unknown in the sense of RFC 5025 section 3.3.2.14: provide-unknown-attribute
/// may grant it. CIPID (RFC 4482) has no permission, so its elements are unknown ones. `<status>` is a container and
/// not an attribute: it is not in the table, its children stand for themselves.
namespace presproof::presence {

/// provide-user-input, an enumeration.
struct UserInputPermission {
  friend bool operator==(const UserInputPermission&, const UserInputPermission&) = default;
};
/// provide-location of RFC 6772.
struct LocationPermission {
  friend bool operator==(const LocationPermission&, const LocationPermission&) = default;
};
/// No permission of its own: shown where RFC 5025 section 3.3.2 always reports it; elsewhere provide-all-attributes
/// alone grants it.
struct NoPermission {
  friend bool operator==(const NoPermission&, const NoPermission&) = default;
};
using ElementPermission =
    std::variant<NoPermission, policy::AttributePermission, UserInputPermission, LocationPermission>;

struct KnownElement {
  std::string_view ns;
  std::string_view local;
  /// What grants it in a component that does not always report it.
  ElementPermission permission;
  /// The components whose watchers always see it; indexed by PartKind service, person, device.
  std::array<bool, 3> always_in = {false, false, false};

  /// RFC 5025 section 3.3.2: "certain information is always reported".
  [[nodiscard]] bool always_shown_in(PartKind component) const {
    const auto index = static_cast<std::size_t>(component);
    return index < always_in.size() && always_in[index];
  }
};

/// The row of an element, wherever it stands; nothing for an unknown one.
[[nodiscard]] std::optional<KnownElement> find_known(std::string_view ns, std::string_view local);

}  // namespace presproof::presence
