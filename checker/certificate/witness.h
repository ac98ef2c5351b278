#pragma once

#include <map>
#include <optional>
#include <vector>

#include "engine/readings.h"
#include "policy/request.h"
#include "policy/rule_set.h"
#include "property/property.h"
#include "semantics/evaluator.h"
#include "verify/verify.h"

/// Concrete requests that show something, under every combination of readings, and so clear of the rims of circles that this can be seen
/// without measuring exactly.
namespace presproof::certificate {

/// The readings that claims over one run can see; every combination that is not fixed.
inline constexpr std::array<engine::Reading, 5> kSeenReadings = {
    engine::Reading::geo_radius, engine::Reading::all_attributes_location, engine::Reading::unknown_attribute_location,
    engine::Reading::geo_radius_absent, engine::Reading::empty_identity};
[[nodiscard]] std::vector<engine::Readings> combinations(const engine::FixedReadings& fixed);

struct Witness {
  policy::Request request;
  bool empty_identity = false;  ///< the reading that it is meant for; matters to the unauthenticated alone
  std::vector<policy::RuleRef> matched;
};

class WitnessFinder {
 public:
  /// All must outlive it.
  WitnessFinder(const policy::Policy& policy, const property::Properties& properties, const verify::Options& options);

  /// Requests in the group and guard whose claim has this value, so many that one does so under each combination of readings;
  /// `first` is tried before the prover is asked. Nothing when none was found that is clear of all rims.
  [[nodiscard]] std::optional<std::vector<Witness>> showing(std::size_t property, bool claim, const std::optional<policy::Request>& first);
  /// One in the group and guard.
  [[nodiscard]] std::optional<Witness> watched(std::size_t property);

 private:
  [[nodiscard]] std::optional<Witness> shows(const property::Property& property, bool claim, policy::Request request,
                                             const engine::Readings& readings);
  [[nodiscard]] bool holds(const property::Property& property, bool claim, const policy::Request& request, const engine::Readings& readings);
  [[nodiscard]] std::optional<policy::Request> ask(std::size_t property, bool claim, const engine::Readings& readings);
  [[nodiscard]] const semantics::Evaluator& evaluator(const engine::Readings& readings);

  const policy::Policy& policy_;
  const property::Properties& properties_;
  const verify::Options& options_;
  std::vector<geo::Circle> circles_;
  std::map<engine::Readings, semantics::Evaluator> evaluators_;
  std::vector<std::optional<policy::Request>> watched_;
};

}  // namespace presproof::certificate
