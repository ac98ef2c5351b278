#include <fmt/format.h>

#include <algorithm>

#include "lint/attribute_value.h"
#include "lint/checks/checks.h"
#include "lint/removal.h"
#include "presence/known_elements.h"

namespace presproof::lint {
namespace {

/// An element that has a permission of its own is unknown-attribute-known's.
bool is_misnamed(const policy::Permission& permission) {
  const auto* unknown = std::get_if<policy::ProvideUnknownAttribute>(&permission.what);
  return unknown != nullptr && presence::find_known(unknown->ns, unknown->name).has_value();
}

}  // namespace

/// RFC 5025 section 3.3.2.15: "effectively a macro that expands into a set of" all the others.
void check_attribute_beside_all(const Context& context, diag::Sink& sink) {
  if (context.options.usage != policy::Usage::presence) return;
  each_rule(context.policy, [&](policy::RuleRef, const policy::Rule& rule) {
    const auto all = std::ranges::find_if(rule.permissions, [](const policy::Permission& permission) {
      return std::holds_alternative<policy::ProvideAllAttributes>(permission.what);
    });
    if (all == rule.permissions.end()) return;
    for (const auto& permission : rule.permissions) {
      const auto attribute = attribute_of(permission);
      if (!attribute || !attribute->granted || attribute->location || is_misnamed(permission)) continue;
      auto report = finding(diag::Code::attribute_beside_all, rule, permission.span,
                            fmt::format("{} adds nothing in {}: its `provide-all-attributes` already grants it",
                                        attribute->words, name_of(rule)),
                            "remove it, or name the attributes to show without `provide-all-attributes`");
      report.related.push_back({all->span, "all attributes are granted here"});
      sink.report(std::move(report));
    }
  });
}

bool fix_attribute_beside_all(const Fixing& fixing, text::TextChanges& changes) {
  return remove_element(fixing, changes);
}

}  // namespace presproof::lint
