#include <fmt/format.h>

#include <algorithm>

#include "lint/checks/checks.h"

namespace presproof::lint {
namespace {

struct Published {
  bool geodetic = false;
  bool civic = false;
};

Published published_by(std::span<const presence::Document> documents) {
  Published published;
  for (const auto& document : documents) {
    const auto location = presence::location_of(document);
    published.geodetic = published.geodetic || location.geodetic;
    published.civic = published.civic || location.civic;
  }
  return published;
}

template <class Kind>
bool asks_for(const policy::LocationCondition& condition) {
  return std::ranges::any_of(condition.locations,
                             [](const auto& location) { return std::holds_alternative<Kind>(location.where); });
}

}  // namespace

/// RFC 6772 section 4: a condition is about where the target is known to be.
void check_condition_on_unpublished_place(const Context& context, diag::Sink& sink) {
  if (context.subject.presences.empty()) return;
  const auto published = published_by(context.subject.presences);
  each_rule(context.policy, [&](policy::RuleRef, const policy::Rule& rule) {
    each_condition<policy::LocationCondition>(rule, [&](const policy::LocationCondition& condition) {
      const bool circle = asks_for<geo::Circle>(condition);
      const bool civic = asks_for<policy::CivicLocation>(condition);
      if ((!circle && !civic) || (circle && published.geodetic) || (civic && published.civic)) return;
      const bool none = !published.geodetic && !published.civic;
      const auto what = none ? "location" : circle ? "geodetic location" : "civic address";
      sink.report(finding(diag::Code::condition_on_unpublished_place, rule, condition.span,
                          fmt::format("no presence document has a {}, so {} never matches", what, name_of(rule)),
                          fmt::format("publish a {} that the server can compare, or remove the condition", what)));
    });
  });
}

}  // namespace presproof::lint
