#pragma once

#include <optional>
#include <string>

#include "geo/position.h"
#include "policy/request.h"
#include "presence/document.h"
#include "semantics/filter.h"

namespace presproof::semantics {

/// What is left of a <geopriv>: RFC 6772 section 6 for one watcher.
///
/// A shape or a civic address goes out as published when the permission does not reduce it, reduced otherwise.
/// Whatever else stands in <location-info> (a relative or dynamic location, another namespace's) cannot be reduced: it
/// needs the unreduced grant, exact and full. <method> and <provided-by> tell how and by whom a location was found, which
/// can tell more than a reduced location does (RFC 4119 section 2.2.3): they go with a location that is reduced or
/// partly withheld; so do elements of other namespaces without the unreduced grant.
class LocationFilter {
 public:
  LocationFilter(const Permissions& permissions, const policy::State& state, const Options& options,
                 const FilterOptions& filter_options, std::string presentity);

  /// Nothing when no location is left.
  [[nodiscard]] std::optional<presence::Element> reduce(const presence::Element& geopriv) const;

 private:
  [[nodiscard]] std::optional<presence::Element> reduce_shape(const geo::Shape& shape,
                                                              const presence::Element& source) const;
  [[nodiscard]] std::optional<presence::Element> reduce_civic(const geo::CivicAddress& address,
                                                              const presence::Element& source) const;
  [[nodiscard]] std::optional<presence::Element> reduce_location(const presence::Element& location) const;
  /// <location-info> with what is left in it; `whole` becomes false when something was reduced or withheld.
  [[nodiscard]] std::optional<presence::Element> reduce_location_info(const presence::Element& location_info,
                                                                      bool& whole) const;
  /// Of a <geopriv> that does not go out as published.
  [[nodiscard]] std::optional<presence::Element> reduce_children(const presence::Element& geopriv) const;
  [[nodiscard]] bool unreduced() const;

  const Permissions& permissions_;
  const policy::State& state_;
  FilterOptions filter_options_;
  std::string presentity_;
  bool as_published_;
};

}  // namespace presproof::semantics
