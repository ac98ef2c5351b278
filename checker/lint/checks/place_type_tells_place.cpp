#include <fmt/format.h>

#include "lint/checks/checks.h"
#include "lint/disclosure.h"

namespace presproof::lint {

/// RFC 4480 section 3.7: `airport`, `hospital`, `stadium`. There are few of a kind within a circle of some kilometres, so
/// that the kind of place tells which one it is. place-is (section 3.6: noisy, dark) tells no place.
void check_place_type_tells_place(const Context& context, diag::Sink& sink) {
  if (context.options.usage != policy::Usage::presence) return;
  const auto& disclosures = context.disclosures();
  const double fine_m = context.options.thresholds.fine_radius_m;
  each_rule(context.policy, [&](policy::RuleRef ref, const policy::Rule& rule) {
    const auto* permission = disclosures.of(ref).attribute(policy::AttributePermission::place_type);
    if (permission == nullptr) return;
    const auto coarse = coarse_watcher(disclosures, context.overlaps(), ref, kPersonComponent, fine_m);
    if (!coarse) return;
    const auto& by = disclosures.of(coarse->by);
    auto found = finding(diag::Code::place_type_tells_place, rule, permission->span,
                         fmt::format("{} shows {} the type of place, beside {}{}: an airport or a hospital there is easily "
                                     "found",
                                     name_of(rule), coarse->whom.words, location_words(by),
                                     coarse->by == ref ? "" : " from " + name_of(policy::rule_at(context.policy, coarse->by))),
                         "remove it, or accept that it undoes the blurring");
    found.related.push_back({by.finest_location()->span, "the coarse location"});
    sink.report(std::move(found));
  });
}

}  // namespace presproof::lint
