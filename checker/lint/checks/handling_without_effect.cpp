#include <fmt/format.h>

#include <algorithm>

#include "lint/checks/checks.h"

namespace presproof::lint {

/// By the solver: whenever the rule matches, others give a more generous sub-handling, to every watcher in every state.
/// That others give the same is how rules are written that stand alone.
void check_handling_without_effect(const Context& context, diag::Sink& sink) {
  if (context.options.usage != policy::Usage::presence) return;
  using enum diag::Code;
  const Explained explained(sink, {block_overridden, confirm_overridden});
  for (const auto& [ref, covered_by] : context.rule_facts().overruled) {
    const auto& rule = policy::rule_at(context.policy, ref);
    if (explained.contains(rule)) continue;
    const auto grants = grants_of(rule);
    const auto names = names_of(context.policy, covered_by);
    auto report =
        finding(handling_without_effect, rule, grants.handling->span,
                fmt::format("the `{}` of {} never decides: whenever the rule matches, {} {} more",
                            policy::to_string(grants.sub_handling), name_of(rule), names,
                            covered_by.size() == 1 ? "gives" : "give"),
                "remove the element; if it was meant as a limit, leave its watchers out of the rules that give more");
    for (const auto other : covered_by) {
      const auto& stronger = policy::rule_at(context.policy, other);
      const auto theirs = grants_of(stronger);
      report.related.push_back({theirs.handling->span, fmt::format("{} gives `{}`", name_of(stronger),
                                                                   policy::to_string(theirs.sub_handling))});
    }
    sink.report(std::move(report));
  }
}

}  // namespace presproof::lint
