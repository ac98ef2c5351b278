#include <fmt/format.h>

#include "lint/checks/checks.h"

namespace presproof::lint {

/// RFC 4745 section 7.1.1: without an <identity> "other conditions in the rule apply to any user, authenticated or
/// not". In presence usage a rule opens the door with `allow`; a location server grants by any matching rule.
void check_open_to_unauthenticated(const Context& context, diag::Sink& sink) {
  const bool presence = context.options.usage == policy::Usage::presence;
  each_rule(context.policy, [&](policy::RuleRef ref, const policy::Rule& rule) {
    const auto& reach = context.overlaps().reach(ref);
    if (!reach.identities.empty() || !reach.possible) return;
    const auto grants = grants_of(rule);
    const auto* opening = presence ? grants.handling : grants.location;
    if (opening == nullptr || (presence && grants.sub_handling != policy::SubHandling::allow)) return;
    sink.report(
        finding(diag::Code::open_to_unauthenticated, rule, opening->span,
                fmt::format("{} has no identity condition: it {} anybody, even a watcher who is not authenticated",
                            name_of(rule), presence ? "allows" : "gives location to"),
                "add an `identity` that names whom the rule is for; `<many/>` is at least limited to "
                "authenticated watchers"));
  });
}

}  // namespace presproof::lint
