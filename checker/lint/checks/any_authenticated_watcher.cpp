#include <fmt/format.h>

#include "lint/checks/checks.h"
#include "lint/disclosure.h"

namespace presproof::lint {
/// RFC 4745 section 7.1.3.1: <many/> matches any authenticated user, of whatever domain. With exceptions it is
/// except-as-block-list.
void check_any_authenticated_watcher(const Context& context, diag::Sink& sink) {
  const bool presence = context.options.usage == policy::Usage::presence;
  const auto somebody = stranger(std::nullopt);
  each_rule(context.policy, [&](policy::RuleRef ref, const policy::Rule& rule) {
    const auto& reach = context.overlaps().reach(ref);
    const auto* many = many_of_any_domain(rule);
    if (many == nullptr || excludes(*many) || !reach.possible || !reach.admits(somebody)) return;
    const auto grants = grants_of(rule);
    if (presence ? grants.sub_handling != policy::SubHandling::allow : grants.location == nullptr) return;
    sink.report(finding(
        diag::Code::any_authenticated_watcher, rule, many->span,
        fmt::format("{} {} every authenticated watcher of any domain", name_of(rule),
                    presence ? "allows" : "gives location to"),
        "name the watchers with `one`, or their domain with `many domain=\"...\"`"));
  });
}

}  // namespace presproof::lint
