#pragma once

#include <set>
#include <vector>

#include "engine/readings.h"
#include "policy/request.h"
#include "policy/rule_set.h"
#include "property/property.h"

namespace presproof::verify {

/// What in a policy readings are about.
struct AmbiguousParts {
  std::set<double> radii_m;  ///< of geodetic grants; one without a radius counts as exact, 0
  bool rounding = false;  ///< the older dialect's, of some geodetic grant
  bool radius_absent = false;
  bool all_attributes = false;
  bool unknown_geopriv = false;
  bool false_boolean = false;  ///< set-retransmission-allowed or keep-rule-reference is false in some rule
  bool empty_identity = false;
};
[[nodiscard]] AmbiguousParts ambiguous_parts(const policy::Policy& policy);

/// The readings that could change what some watcher is given. Not `pending-code`, which follows from the sub-handling.
[[nodiscard]] std::vector<engine::Reading> readings_of_content(const AmbiguousParts& policy, policy::Usage usage);

/// The readings that could change the property's verdict; every other one provably cannot. `pending-code` never does: no claim over one run sees
/// the response code, and of two runs whose codes differ the subscription states differ, too. `set-boolean-absent` matters to claims about
/// content and over time alone: no other tells false from absent. `group_has_unauthenticated`: or the one that it is compared with.
[[nodiscard]] std::vector<engine::Reading> relevant_readings(const AmbiguousParts& policy, const property::Property& property,
                                                             policy::Usage usage, bool group_has_unauthenticated);

}  // namespace presproof::verify
