#include <fmt/format.h>

#include <span>

#include "lint/checks/checks.h"

namespace presproof::lint {
namespace {

/// The first permission that shows or says something; null when there is none.
const policy::Permission* first_transformation(const policy::Rule& rule) {
  for (const auto& permission : rule.permissions) {
    const auto grants = grants_of(std::span(&permission, 1));
    if (grants.sub_handling == policy::SubHandling::block && !grants.nothing()) return &permission;
  }
  return nullptr;
}

}  // namespace

/// RFC 5025 section 3.2.1: only `allow` gives a watcher the document that the transformations shape. A polite block
/// shows one without them, block and confirm show none. Reported when no rule that can match together with this one,
/// for anybody, allows.
void check_transformations_without_allow(const Context& context, diag::Sink& sink) {
  if (context.options.usage != policy::Usage::presence) return;
  const auto& overlaps = context.overlaps();
  Companions allowing(overlaps);
  each_rule(context.policy, [&](policy::RuleRef ref, const policy::Rule& rule) {
    if (grants_of(rule).sub_handling == policy::SubHandling::allow) allowing.add(ref);
  });
  using enum diag::Code;
  const Explained explained(sink, {wrong_namespace, invalid_value, unexpected_content, unknown_attribute_prefixed,
                                   unknown_permission, rule_never_matches, rule_redundant});
  each_rule(context.policy, [&](policy::RuleRef ref, const policy::Rule& rule) {
    const auto grants = grants_of(rule);
    if (grants.sub_handling == policy::SubHandling::allow || explained.contains(rule)) return;
    const auto* first = first_transformation(rule);
    if (first == nullptr || !overlaps.can_match(ref) || allowing.first_with(ref)) return;
    const auto gives = grants.handling == nullptr ? std::string("has no `sub-handling`")
                                                  : fmt::format("gives `{}`", policy::to_string(grants.sub_handling));
    sink.report(
        finding(transformations_without_allow, rule, first->span,
                fmt::format("{} shows nothing of what its transformations grant: it {}, and no rule gives these "
                            "watchers `allow`",
                            name_of(rule), gives),
                grants.handling == nullptr ? "add an action `sub-handling` with the value `allow`"
                                           : "write `allow`, or remove the transformations"));
  });
}

}  // namespace presproof::lint
