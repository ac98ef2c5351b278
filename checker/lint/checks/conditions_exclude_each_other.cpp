#include <fmt/format.h>

#include "base/overloaded.h"
#include "lint/checks/checks.h"
#include "lint/exclusion.h"

namespace presproof::lint {
namespace {

struct Words {
  std::string_view why;  ///< what the two have not in common
  std::string_view fix;
};

Words words_for(const policy::Condition& condition) {
  return std::visit(
      Overloaded{
          [](const policy::IdentityCondition&) {
            return Words{"no identity is in both",
                         "when either is meant, write one `identity` with the children of both"};
          },
          [](const policy::SphereCondition&) {
            return Words{"they name no sphere in common",
                         "when either is meant, write one `sphere` with the words of both"};
          },
          [](const policy::ValidityCondition&) {
            return Words{"no moment is in both", "when either is meant, write one `validity` with the periods of both"};
          },
          [](const policy::LocationCondition&) {
            return Words{"no place is in both",
                         "when either is meant, write one `location-condition` with the `location` elements of both"};
          },
          [](const policy::UnknownCondition&) {
            return Words{"neither is known", "remove them"};
          }},
      condition);
}

}  // namespace

/// RFC 4745 section 7.4 on several `validity` elements ("not useful since all subelements ... are combined as a logical
/// AND"), and RFC 6772 section 4 on several `location-condition` elements, hold for the other types as well.
void check_conditions_exclude_each_other(const Context& context, diag::Sink& sink) {
  each_rule(context.policy, [&](policy::RuleRef, const policy::Rule& rule) {
    const auto exclusion = exclusion_in(rule);
    if (!exclusion) return;
    const auto& first = rule.conditions[exclusion->first];
    const auto& second = rule.conditions[exclusion->second];
    const auto words = words_for(second);
    auto report = finding(diag::Code::conditions_exclude_each_other, rule, span_of(second),
                          fmt::format("{} never matches: this `{}` and the one in line {} must hold together, and {}",
                                      name_of(rule), name_of(second), span_of(first).line, words.why),
                          std::string(words.fix));
    report.related.push_back({span_of(first), fmt::format("the other `{}`", name_of(first))});
    sink.report(std::move(report));
  });
}

}  // namespace presproof::lint
