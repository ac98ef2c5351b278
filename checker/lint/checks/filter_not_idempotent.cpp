#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "lint/checks/checks.h"
#include "lint/disclosure.h"
#include "lint/fixing.h"

namespace presproof::lint {
namespace {

using policy::RuleRef;

constexpr std::array<std::string_view, policy::kComponentKinds> kPlurals = {"devices", "persons", "services"};

/// Whether the component is still selected after a first pass: it shows its class, or is shown whatever its class.
bool stays(const Disclosure& given, std::size_t kind) {
  return given.all[kind] || given.all_attributes != nullptr ||
         given.attribute(policy::AttributePermission::class_) != nullptr;
}

/// The first kind of component that the rule selects by a class that nobody shows with it.
std::optional<std::size_t> dropped_kind(const Context& context, RuleRef ref) {
  const auto& disclosures = context.disclosures();
  const auto& given = disclosures.of(ref);
  const auto& companions = disclosures.companions(ref);
  for (std::size_t kind = 0; kind < policy::kComponentKinds; ++kind) {
    if (given.by_class[kind] == nullptr || stays(given, kind) || !companions.complete) continue;
    const auto keeps = [&](RuleRef other) {
      return stays(disclosures.of(other), kind) && context.overlaps().common_watcher(ref, other);
    };
    if (std::ranges::none_of(companions.rules, keeps)) return kind;
  }
  return std::nullopt;
}

}  // namespace

/// RFC 5025 section 4: "D MUST have the property that D = F(D)". A deviceID, a contact and an id always stay in what they
/// select; a class goes without provide-class (section 3.3.2.2).
void check_filter_not_idempotent(const Context& context, diag::Sink& sink) {
  if (context.options.usage != policy::Usage::presence) return;
  const auto& disclosures = context.disclosures();
  each_rule(context.policy, [&](RuleRef ref, const policy::Rule& rule) {
    const auto& by_class = disclosures.of(ref).by_class;
    if (std::ranges::none_of(by_class, [](const auto* permission) { return permission != nullptr; })) return;
    const auto kind = dropped_kind(context, ref);
    if (!kind) return;
    const auto whom = disclosures.reached_words(ref, kAnyComponent);
    if (!whom) return;
    sink.report(finding(diag::Code::filter_not_idempotent, rule, by_class[*kind]->span,
                        fmt::format("{} selects {} for {} by `class` but does not show the class: whoever filters the "
                                    "document once more drops them",
                                    name_of(rule), kPlurals[*kind], *whom),
                        "add `<provide-class>true</provide-class>`, or select by something that stays in the document"));
  });
}

bool fix_filter_not_idempotent(const Fixing& fixing, text::TextChanges& changes) {
  const auto element = fixing.element();
  changes.insert_after(element, fmt::format("<{0}provide-class>true</{0}provide-class>", element.prefix()));
  return true;
}

}  // namespace presproof::lint
