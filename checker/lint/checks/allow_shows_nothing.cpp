#include <fmt/format.h>

#include "lint/checks/checks.h"

namespace presproof::lint {

/// RFC 5025 section 3.3.1: only components with a permission are shown; without one the accepted watcher gets an empty
/// document. A rule is reported when no rule that can match together with it, for anybody, grants a component.
void check_allow_shows_nothing(const Context& context, diag::Sink& sink) {
  if (context.options.usage != policy::Usage::presence) return;
  const auto& overlaps = context.overlaps();
  Companions showing(overlaps);
  each_rule(context.policy, [&](policy::RuleRef ref, const policy::Rule& rule) {
    if (any(grants_of(rule).components)) showing.add(ref);
  });
  using enum diag::Code;
  const Explained explained(sink, {wrong_namespace, invalid_value, missing_attribute, unexpected_content,
                                   unknown_attribute_prefixed, unknown_permission});
  each_rule(context.policy, [&](policy::RuleRef ref, const policy::Rule& rule) {
    const auto grants = grants_of(rule);
    if (grants.sub_handling != policy::SubHandling::allow || any(grants.components)) return;
    if (explained.contains(rule) || !overlaps.can_match(ref) || showing.first_with(ref)) return;
    sink.report(
        finding(allow_shows_nothing, rule, grants.handling->span,
                fmt::format("{} allows the subscription, but no rule shows these watchers a device, person or service",
                            name_of(rule)),
                "add `provide-services`, `provide-persons` or `provide-devices`, or use `polite-block` to show "
                "nothing on purpose"));
  });
}

}  // namespace presproof::lint
