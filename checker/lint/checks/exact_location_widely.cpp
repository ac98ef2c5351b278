#include <fmt/format.h>

#include "lint/checks/checks.h"
#include "lint/disclosure.h"

namespace presproof::lint {

/// Location is exact with radius 0 (<provide-location/>) or at civic level full. In a location server's rules only whole
/// domains are looked at: that anybody or every authenticated watcher gets a location was reported as such.
void check_exact_location_widely(const Context& context, diag::Sink& sink) {
  const auto& disclosures = context.disclosures();
  const bool presence = context.options.usage == policy::Usage::presence;
  each_rule(context.policy, [&](policy::RuleRef ref, const policy::Rule& rule) {
    const auto& given = disclosures.of(ref);
    if (!given.exact_geodetic() && given.civic_level != geo::CivicLevel::full) return;
    const auto crowd = disclosures.reached(ref, kAnyComponent, crowd_in);
    if (!crowd || (!presence && crowd->size != Crowd::Size::domain)) return;
    const auto* place = given.exact_geodetic() ? given.geodetic : given.civic;
    sink.report(finding(diag::Code::exact_location_widely, rule, place->span,
                        fmt::format("{} gives {} to {}", name_of(rule), location_words(given), crowd->words),
                        "blur it with a `radius` or a civic level such as `city`, or name with `one` whom the exact "
                        "location is for"));
  });
}

}  // namespace presproof::lint
