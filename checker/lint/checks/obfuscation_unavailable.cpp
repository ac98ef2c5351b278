#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "geo/position.h"
#include "lint/checks/checks.h"

namespace presproof::lint {
namespace {

/// Beyond it the bands of the obfuscation grid end.
constexpr double kLastLatitudeDeg = 70;
/// The least radius of curvature of WGS 84 (of the meridian, at the equator): no geodesic spans a larger angle for its
/// length.
constexpr double kLeastCurvatureRadiusM = 6335439;

bool wholly_beyond(const geo::Circle& circle) {
  const double span_deg = circle.radius_m / kLeastCurvatureRadiusM * 180 / std::numbers::pi;
  return std::abs(circle.center.latitude) - span_deg > kLastLatitudeDeg;
}

/// Granting a blurred location, and never an exact one.
bool only_blurs(const policy::Rule& rule) {
  bool blurs = false;
  for (const auto& permission : rule.permissions) {
    const auto* location = std::get_if<policy::ProvideLocation>(&permission.what);
    if (location == nullptr || !location->geodetic) continue;
    const auto& geodetic = *location->geodetic;
    if (!geodetic.radius_m || *geodetic.radius_m <= 0 || geodetic.rounding) return false;
    blurs = true;
  }
  return blurs;
}

}  // namespace

/// RFC 6772 section 6.5.2 needs a grid of nearly equal landmarks, which the meridians near the poles do not allow.
void check_obfuscation_unavailable(const Context& context, diag::Sink& sink) {
  each_rule(context.policy, [&](policy::RuleRef, const policy::Rule& rule) {
    if (!only_blurs(rule)) return;
    each_condition<policy::LocationCondition>(rule, [&](const policy::LocationCondition& condition) {
      for (const auto& location : condition.locations) {
        const auto* circle = std::get_if<geo::Circle>(&location.where);
        if (circle == nullptr || !wholly_beyond(*circle)) continue;
        sink.report(
            finding(diag::Code::obfuscation_unavailable, rule, location.span,
                    fmt::format("this circle lies beyond {} degrees of latitude, where no location can be blurred: {} "
                                "discloses nothing geodetic there",
                                kLastLatitudeDeg, name_of(rule)),
                    "grant a civic location there with `provide-civic`, or an exact one if that is meant"));
      }
    });
  });
}

}  // namespace presproof::lint
