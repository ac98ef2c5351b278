#include <fmt/format.h>

#include <optional>
#include <string>

#include "base/overloaded.h"
#include "lint/checks/checks.h"
#include "lint/fixing.h"
#include "policy/reading.h"
#include "presence/known_elements.h"

namespace presproof::lint {
namespace {

/// The permission's element, and what to write in it; nothing for elements that are shown without one.
struct Governing {
  std::string name;
  std::string_view value;
};
std::optional<Governing> governing(const presence::KnownElement& known) {
  return std::visit(Overloaded{[](const policy::AttributePermission& attribute) {
                                 const auto name =
                                     policy::kAttributePermissionNames[static_cast<std::size_t>(attribute)];
                                 return std::optional(Governing{std::string(name), "true"});
                               },
                               [](const presence::UserInputPermission&) {
                                 return std::optional(Governing{"provide-user-input", "full"});
                               },
                               [](const auto&) { return std::optional<Governing>(); }},
                    known.permission);
}

/// Whether location is disclosed that way is a reading, and another check's question.
std::optional<presence::KnownElement> known_to(const policy::ProvideUnknownAttribute& provide) {
  auto known = presence::find_known(provide.ns, provide.name);
  if (known && std::holds_alternative<presence::LocationPermission>(known->permission)) return std::nullopt;
  return known;
}

}  // namespace

/// RFC 5025 section 3.3.2.14: "By definition, this will exclude the <provide-unknown-attribute> rule from being applied
/// to any of the presence status extensions defined by RPID".
void check_unknown_attribute_known(const Context& context, diag::Sink& sink) {
  if (context.options.usage != policy::Usage::presence) return;
  each_rule(context.policy, [&](policy::RuleRef, const policy::Rule& rule) {
    for (const auto& permission : rule.permissions) {
      const auto* provide = std::get_if<policy::ProvideUnknownAttribute>(&permission.what);
      if (provide == nullptr || !provide->value) continue;
      const auto known = known_to(*provide);
      if (!known) continue;
      const auto permitted = governing(*known);
      sink.report(
          finding(diag::Code::unknown_attribute_known, rule, permission.span,
                  fmt::format("`provide-unknown-attribute` for {} is ignored: {}", policy::quoted(provide->name),
                              permitted ? fmt::format("the element is not unknown, `{}` governs it", permitted->name)
                                        : "the element is not unknown, and shown without a permission"),
                  permitted ? fmt::format("write `<{}>{}</{}>`", permitted->name, permitted->value, permitted->name)
                            : "remove the element"));
    }
  });
}

bool fix_unknown_attribute_known(const Fixing& fixing, text::TextChanges& changes) {
  std::optional<presence::KnownElement> known;
  const auto element = fixing.element();
  each_element(fixing.context, [&](const xml::Element& each, const policy::Rule*) {
    const auto& span = each.span();
    if (span.file != fixing.finding.span.file || fixing.context.sources.offset_of(span) != element.begin) return;
    const auto* ns = each.attribute("ns");
    const auto* name = each.attribute("name");
    if (ns != nullptr && name != nullptr) known = presence::find_known(ns->value, name->value);
  });
  const auto permitted = known ? governing(*known) : std::nullopt;
  const auto whole = fixing.text().substr(element.begin, element.end - element.begin);
  if (!permitted || whole.find("<!--") != std::string_view::npos || whole.find("xmlns") != std::string_view::npos)
    return false;
  changes.replace(element.begin, element.end,
                  fmt::format("<{0}{1}>{2}</{0}{1}>", element.prefix(), permitted->name, permitted->value));
  return true;
}

}  // namespace presproof::lint
