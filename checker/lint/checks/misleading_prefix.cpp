#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "lint/checks/checks.h"
#include "lint/written.h"
#include "policy/reading.h"
#include "xml/namespaces.h"
#include "xml/prefixes.h"

namespace presproof::lint {
namespace {

/// Where the examples of rule sets and of published locations use a prefix for one namespace alone, or for two.
struct Custom {
  std::string_view prefix;
  std::array<std::string_view, 2> namespaces;
  std::string_view where;
};
constexpr std::array kCustoms = {
    Custom{"cr", {xml::ns::kCommonPolicy, ""}, "RFC 5025"},
    Custom{"pr", {xml::ns::kPresRules, ""}, "RFC 5025"},
    Custom{"gp", {xml::ns::kGeolocationPolicy, xml::ns::kGeopriv}, "RFC 6772"},
    Custom{"lp", {xml::ns::kBasicLocationProfiles, ""}, "RFC 6772"},
    Custom{"gml", {xml::ns::kGml, ""}, "RFC 5491"},
    Custom{"gs", {xml::ns::kPidfloShapes, ""}, "RFC 5491"},
    Custom{"ocp", {xml::ns::kOmaCommonPolicy, ""}, "OMA's presence rules"},
};

}  // namespace

/// Only between namespaces that everybody knows: what a prefix stands for in somebody's own extension is theirs to say.
void check_misleading_prefix(const Context& context, diag::Sink& sink) {
  each_declaration(context, [&](const Declaration& declaration) {
    const auto* custom = std::ranges::find(kCustoms, declaration.prefix, &Custom::prefix);
    if (custom == kCustoms.end() || std::ranges::find(custom->namespaces, declaration.ns) != custom->namespaces.end()) return;
    const std::string_view usual = xml::usual_prefix(declaration.ns);
    if (usual.empty() || declares_again(declaration)) return;
    sink.report(finding_in(diag::Code::misleading_prefix, declaration.rule, declaration.span,
                           fmt::format("the prefix `{}` stands for `{}` here, and for `{}` in {}", declaration.prefix, declaration.ns,
                                       custom->namespaces.front(), custom->where),
                           fmt::format("call the namespace `{}`", usual)));
  });
}

}  // namespace presproof::lint
