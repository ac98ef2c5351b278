#include <fmt/format.h>

#include "lint/checks/checks.h"
#include "lint/disclosure.h"

namespace presproof::lint {
namespace {

/// Half the width of a time zone of one hour at 50 degrees of latitude: 15 degrees of longitude are 1075 km there.
constexpr double kHalfTimeZone_m = 500'000;

}  // namespace

/// RFC 4480 section 3.13: the offset from UTC where the person is, and a description such as `America/New_York`. Where the
/// location is finer than a time zone it tells nothing new.
void check_time_offset_tells_place(const Context& context, diag::Sink& sink) {
  if (context.options.usage != policy::Usage::presence) return;
  const auto& disclosures = context.disclosures();
  each_rule(context.policy, [&](policy::RuleRef ref, const policy::Rule& rule) {
    const auto* permission = disclosures.of(ref).attribute(policy::AttributePermission::time_offset);
    if (permission == nullptr) return;
    const auto coarse = coarse_watcher(disclosures, context.overlaps(), ref, kPersonComponent, kHalfTimeZone_m);
    if (!coarse) return;
    const auto& by = disclosures.of(coarse->by);
    auto found = finding(diag::Code::time_offset_tells_place, rule, permission->span,
                         fmt::format("{} shows {} the time zone where the presentity is, but they get only {} from {}",
                                     name_of(rule), coarse->whom.words, location_words(by),
                                     coarse->by == ref ? "it" : name_of(policy::rule_at(context.policy, coarse->by))),
                         "remove it, or give a location as fine as a time zone if that is meant");
    found.related.push_back({by.finest_location()->span, "the coarse location"});
    sink.report(std::move(found));
  });
}

}  // namespace presproof::lint
