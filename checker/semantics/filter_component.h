#pragma once

#include <optional>

#include "presence/document.h"
#include "semantics/filter_location.h"

namespace presproof::semantics {

/// What is left inside a selected component: RFC 5025 section 3.3.2. An element that nothing grants is removed, one
/// that is granted stays with all that is in it; a <geopriv> follows the location permission wherever it stands, inside
/// other elements too.
class ComponentFilter {
 public:
  ComponentFilter(const Permissions& permissions, const LocationFilter& location)
      : permissions_(permissions), location_(location) {}

  [[nodiscard]] presence::Element filter(const presence::Part& part) const;
  /// A granted element; nothing for a <geopriv> of which nothing is left.
  [[nodiscard]] std::optional<presence::Element> keep(const presence::Element& element) const;

 private:
  /// Where an element stands: directly in a component, or in the <status> there.
  struct Place {
    presence::PartKind component;
    bool in_status;
  };
  [[nodiscard]] std::optional<presence::Element> filter_child(const presence::Element& child, Place place) const;
  [[nodiscard]] presence::Element filter_status(const presence::Element& status, presence::PartKind component) const;
  [[nodiscard]] std::optional<presence::Element> filter_user_input(const presence::Element& user_input) const;
  [[nodiscard]] bool is_granted(const presence::Element& child, Place place) const;

  const Permissions& permissions_;
  const LocationFilter& location_;
};

/// The same for a location server, which knows RFC 6772 alone: the component with its location and what tells which
/// component it is and of when (id, timestamp, a device's deviceID). Nothing when no location is left in it.
[[nodiscard]] std::optional<presence::Element> location_only(const presence::Part& part,
                                                             const LocationFilter& location);

}  // namespace presproof::semantics
