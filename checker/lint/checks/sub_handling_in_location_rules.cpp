#include <fmt/format.h>

#include "lint/checks/checks.h"

namespace presproof::lint {

/// RFC 6772 defines no action: a location server grants what the matching rules' transformations say.
void check_sub_handling_in_location_rules(const Context& context, diag::Sink& sink) {
  if (context.options.usage != policy::Usage::geolocation) return;
  each_rule(context.policy, [&](policy::RuleRef, const policy::Rule& rule) {
    for (const auto& permission : rule.permissions) {
      const auto* value = std::get_if<policy::SubHandling>(&permission.what);
      if (value == nullptr) continue;
      sink.report(finding(diag::Code::sub_handling_in_location_rules, rule, permission.span,
                          fmt::format("the `{}` of {} has no effect: a location server knows no `sub-handling`",
                                      policy::to_string(*value), name_of(rule)),
                          *value == policy::SubHandling::allow
                              ? "remove the element, unless a presence agent uses the same document"
                              : "leave these watchers out of the rules that give them location"));
    }
  });
}

}  // namespace presproof::lint
