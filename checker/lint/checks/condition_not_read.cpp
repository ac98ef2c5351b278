#include <fmt/format.h>

#include "base/lexical.h"
#include "lint/checks/checks.h"
#include "lint/server.h"
#include "lint/written.h"
#include "policy/reading.h"

namespace presproof::lint {
namespace {

/// What becomes of a condition that the server does not evaluate; nothing when it does.
std::optional<std::string> fate(const engine::Profile& server, std::string_view local) {
  if (equal_ignoring_case(local, "identity") || equal_ignoring_case(local, "validity")) return std::nullopt;
  if (!equal_ignoring_case(local, "sphere")) return "the rule applies whether it holds or not";
  if (server.parameters.sphere_check && server.parameters.publ_cache != 1) return std::nullopt;
  return server.unchecked_sphere_holds ? "the rule applies in every sphere" : "the rule never applies";
}

}  // namespace

/// RFC 4745 section 10.1: all conditions of a rule must hold, and one that is not known does not.
void check_condition_not_read(const Context& context, diag::Sink& sink) {
  if (!looks_at_local_names(context)) return;
  each_rule_element(context, [&](const RuleElement& each) {
    if (each.rule == nullptr || !each.conditions) return;
    bool identity_read = false;
    for (const xml::Element& condition : each.conditions->children()) {
      auto what = fate(*context.options.server, condition.name().local);
      const bool identity = equal_ignoring_case(condition.name().local, "identity");
      if (identity && identity_read) what = "the first <identity> of the rule counts alone";
      identity_read = identity_read || identity;
      if (!what) continue;
      sink.report(finding_in(diag::Code::condition_not_read, each.rule, condition.span(),
                             fmt::format("{} does not look at {}: {}", server_words(context), policy::quoted_tag(condition), *what),
                             equal_ignoring_case(condition.name().local, "sphere") ? "let the server check spheres (see `presproof engines`), or give the rule no more than is right in every sphere"
                                                                                  : "give the rule no more than is right when the condition does not hold"));
    }
  });
}

}  // namespace presproof::lint
