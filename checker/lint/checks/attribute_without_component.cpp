#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <vector>

#include "lint/checks/checks.h"

namespace presproof::lint {
namespace {

using policy::RuleRef;

std::string names_of(const std::vector<const AttributeGrant*>& attributes) {
  std::vector<std::string_view> names;
  for (const auto* attribute : attributes)
    if (std::ranges::find(names, attribute->permission) == names.end()) names.push_back(attribute->permission);
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i)
    text += fmt::format("{}`{}`", i == 0 ? "" : i + 1 == names.size() ? " and " : ", ", names[i]);
  return text;
}

std::string permissions_for(const Components& carriers) {
  std::string text;
  for (std::size_t kind = 0; kind < policy::kComponentKinds; ++kind)
    if (carriers[kind]) text += fmt::format("{}`{}`", text.empty() ? "" : " or ", policy::kProvideComponentNames[kind]);
  return text;
}

}  // namespace

/// RFC 5025 section 3.3.2: an attribute permission shows the attribute within a component, which needs its own
/// permission (section 3.3.1). Reported when no rule that can match together with this one, for anybody, grants a
/// component that can carry it.
void check_attribute_without_component(const Context& context, diag::Sink& sink) {
  if (context.options.usage != policy::Usage::presence) return;
  const auto& overlaps = context.overlaps();
  std::vector<Companions> showing(policy::kComponentKinds, Companions(overlaps));
  each_rule(context.policy, [&](RuleRef ref, const policy::Rule& rule) {
    const auto components = grants_of(rule).components;
    for (std::size_t kind = 0; kind < policy::kComponentKinds; ++kind)
      if (components[kind]) showing[kind].add(ref);
  });
  using enum diag::Code;
  const Explained explained(sink, {wrong_namespace, invalid_value, missing_attribute, unexpected_content,
                                   unknown_attribute_prefixed, allow_shows_nothing});
  each_rule(context.policy, [&](RuleRef ref, const policy::Rule& rule) {
    const auto grants = grants_of(rule);
    if (grants.attributes.empty() || explained.contains(rule) || !overlaps.can_match(ref)) return;
    std::map<Components, std::vector<const AttributeGrant*>> by_carriers;
    for (const auto& attribute : grants.attributes) by_carriers[attribute.carriers].push_back(&attribute);
    for (const auto& [carriers, attributes] : by_carriers) {
      bool shown = false;
      for (std::size_t kind = 0; kind < policy::kComponentKinds; ++kind)
        shown = shown || (carriers[kind] && showing[kind].first_with(ref));
      if (shown) continue;
      const bool several = attributes.size() > 1;
      sink.report(finding(attribute_without_component, rule, attributes.front()->span,
                          fmt::format("{} {} nothing: {} shown only within {}, and no rule shows one to these watchers",
                                      names_of(attributes), several ? "show" : "shows", several ? "they are" : "it is",
                                      to_words(carriers)),
                          fmt::format("add {}", permissions_for(carriers))));
    }
  });
}

}  // namespace presproof::lint
