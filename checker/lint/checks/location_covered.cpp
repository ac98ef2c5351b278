#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "geo/geodesic.h"
#include "lint/checks/checks.h"
#include "lint/condition_text.h"

namespace presproof::lint {
namespace {

using policy::LocationAlternative;

/// So many pairs of places are compared for a policy; beyond it nothing more is reported.
constexpr std::size_t kMostPairs = 500'000;
constexpr std::size_t kMostDistances = 20'000;
/// At the equator; no degree of latitude is shorter on WGS 84.
constexpr double kShortestDegreeM = 110'574;
/// What a circle needs to lie within another one of another centre.
constexpr double kRimM = 0.001;

bool within(const policy::CivicLocation& inner, const policy::CivicLocation& outer) {
  return inner.fields.size() >= outer.fields.size() && !outer.fields.empty() &&
         std::ranges::includes(inner.fields, outer.fields);
}

class CoveredLocations {
 public:
  explicit CoveredLocations(const Context& context) : context_(context) {}

  void run(diag::Sink& sink) {
    each_rule(context_.policy, [&](policy::RuleRef, const policy::Rule& rule) {
      each_condition<policy::LocationCondition>(rule, [&](const policy::LocationCondition& condition) {
        for (std::size_t i = 0; i < condition.locations.size(); ++i) {
          const auto* outer = covering(condition.locations, i);
          if (outer != nullptr) sink.report(report(rule, condition.locations[i], *outer));
        }
      });
    });
  }

 private:
  /// A place that the one at `inner` adds nothing to; of two equal ones the first covers the other.
  const LocationAlternative* covering(const std::vector<LocationAlternative>& places, std::size_t inner) {
    for (std::size_t outer = 0; outer < places.size(); ++outer) {
      if (outer == inner || ++pairs_ > kMostPairs) continue;
      const auto& a = places[inner];
      const auto& b = places[outer];
      const bool equal = a.where == b.where;
      // Labels may say the same place in two languages (RFC 6772 section 4, `xml:lang`).
      if (equal ? outer < inner && a.label == b.label && known(a) : within(a, b)) return &b;
    }
    return nullptr;
  }

  static bool known(const LocationAlternative& place) {
    return !std::holds_alternative<policy::UnknownLocation>(place.where);
  }

  bool within(const LocationAlternative& inner, const LocationAlternative& outer) {
    const auto* circle = std::get_if<geo::Circle>(&inner.where);
    const auto* around = std::get_if<geo::Circle>(&outer.where);
    if (circle != nullptr && around != nullptr) return within(*circle, *around);
    const auto* civic = std::get_if<policy::CivicLocation>(&inner.where);
    const auto* area = std::get_if<policy::CivicLocation>(&outer.where);
    return civic != nullptr && area != nullptr && lint::within(*civic, *area);
  }

  bool within(const geo::Circle& inner, const geo::Circle& outer) {
    const double room = outer.radius_m - inner.radius_m - kRimM;
    if (room < 0 || std::abs(inner.center.latitude - outer.center.latitude) * kShortestDegreeM > room) return false;
    return ++distances_ <= kMostDistances && geo::distance_m(inner.center, outer.center) <= room;
  }

  static diag::Diagnostic report(const policy::Rule& rule, const LocationAlternative& inner,
                                 const LocationAlternative& outer) {
    auto found = finding(
        diag::Code::location_covered, rule, inner.span,
        inner.where == outer.where
            ? fmt::format("this location is the same as the one in line {}", outer.span.line)
            : fmt::format("this location lies within the one in line {}, and adds nothing: one of them is enough "
                          "for the condition to hold",
                          outer.span.line),
        "remove it; when the smaller place is meant, remove the other one");
    found.related.push_back({outer.span, "the location that covers it"});
    return found;
  }

  const Context& context_;
  std::size_t pairs_ = 0;
  std::size_t distances_ = 0;
};

}  // namespace

/// RFC 6772 section 4: "<location> elements are combined using a logical OR".
void check_location_covered(const Context& context, diag::Sink& sink) { CoveredLocations(context).run(sink); }

bool fix_location_covered(const Fixing& fixing, text::TextChanges& changes) {
  const auto element = fixing.element();
  if (has_comment(fixing.text(), element)) return false;
  changes.remove(element);
  return true;
}

}  // namespace presproof::lint
