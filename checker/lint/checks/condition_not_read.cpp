#include <fmt/format.h>

#include "base/lexical.h"
#include "lint/checks/checks.h"
#include "lint/server.h"
#include "lint/written.h"
#include "policy/reading.h"
#include "xml/namespaces.h"

namespace presproof::lint {
namespace {

constexpr std::string_view kApplies = "the rule applies whether it holds or not";

/// What becomes of a condition that the server does not evaluate; nothing when it does.
std::optional<std::string_view> fate(const engine::Profile& server, const xml::Element& condition) {
  const auto is = [&](std::string_view local) { return equal_ignoring_case(condition.name().local, local); };
  const bool of_oma = condition.name().ns == xml::ns::kOmaCommonPolicy && (is("anonymous-request") || is("other-identity") || is("external-list"));
  switch (server.view) {
    case engine::RuleSetView::as_written:
    case engine::RuleSetView::oma: return std::nullopt;
    case engine::RuleSetView::ser: {
      if (is("identity") || is("validity")) return std::nullopt;
      if (!is("sphere")) return kApplies;
      if (server.parameters.sphere_check && server.parameters.publ_cache != 1) return std::nullopt;
      return server.unchecked_sphere_holds ? "the rule applies in every sphere" : "the rule never applies";
    }
    case engine::RuleSetView::opensips_oma: return is("identity") || is("anonymous-request") || is("other-identity") || is("external-list") ? std::nullopt : std::optional(kApplies);
    case engine::RuleSetView::mobicents:
      if (is("identity") || is("validity")) return std::nullopt;
      return is("sphere") ? "the rule applies in every other sphere, and in this one it does not" : kApplies;
    case engine::RuleSetView::kaleo:
      if (is("identity") || of_oma) return std::nullopt;
      return is("validity") ? "the rule never applies" : is("sphere") ? "the rule applies in every sphere" : kApplies;
  }
  return std::nullopt;
}

/// What becomes of a second <identity>; nothing when both must hold.
std::optional<std::string_view> fate_of_second_identity(const engine::Profile& server) {
  switch (server.view) {
    case engine::RuleSetView::as_written:
    case engine::RuleSetView::oma:
    case engine::RuleSetView::mobicents: return std::nullopt;
    case engine::RuleSetView::ser:
    case engine::RuleSetView::opensips_oma: return "the first <identity> of the rule counts alone";
    case engine::RuleSetView::kaleo: return "one <identity> of the rule is enough";
  }
  return std::nullopt;
}

}  // namespace

/// RFC 4745 section 10.1: all conditions of a rule must hold, and one that is not known does not.
void check_condition_not_read(const Context& context, diag::Sink& sink) {
  const engine::Profile& server = *context.options.server;
  each_rule_element(context, [&](const RuleElement& each) {
    if (each.rule == nullptr || !each.conditions) return;
    bool identity_read = false;
    for (const xml::Element& condition : each.conditions->children()) {
      auto what = fate(server, condition);
      const bool identity = equal_ignoring_case(condition.name().local, "identity");
      if (identity && identity_read) what = fate_of_second_identity(server);
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
