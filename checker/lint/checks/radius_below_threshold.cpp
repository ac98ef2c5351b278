#include <fmt/format.h>

#include <cmath>

#include "lint/checks/checks.h"
#include "lint/disclosure.h"
#include "property/property.h"

namespace presproof::lint {

/// RFC 6772 section 13.3: of the nominal area the algorithm may leave 0.13. The older dialect rounds instead, and is not
/// looked at.
void check_radius_below_threshold(const Context& context, diag::Sink& sink) {
  const double wanted_m = context.options.thresholds.effective_radius_m;
  if (wanted_m <= 0) return;
  const auto& disclosures = context.disclosures();
  const auto least = length_words(std::ceil(wanted_m / property::kEffectiveRadius));
  each_rule(context.policy, [&](policy::RuleRef ref, const policy::Rule& rule) {
    const auto& given = disclosures.of(ref);
    if (given.geodetic == nullptr || given.rounded) return;
    const double left_m = given.radius_m * property::kEffectiveRadius;
    if (left_m >= wanted_m || !disclosures.reached(ref, kAnyComponent)) return;
    auto message = given.radius_m == 0
                       ? fmt::format("{} gives the exact position", name_of(rule))
                       : fmt::format("{} gives a radius of {}, of which the algorithm may leave a circle of {:.0f} m",
                                     name_of(rule), length_words(given.radius_m), left_m);
    sink.report(finding(diag::Code::radius_below_threshold, rule, given.geodetic->span,
                        fmt::format("{}: less than the {} that are wanted", message, length_words(wanted_m)),
                        fmt::format("give a radius of {} or more", least)));
  });
}

}  // namespace presproof::lint
