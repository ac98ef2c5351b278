#include <fmt/format.h>

#include <string>

#include "base/lexical.h"
#include "lint/checks/checks.h"
#include "lint/fixing.h"
#include "policy/reading.h"

namespace presproof::lint {

/// RFC 4745 section 7.3: tokens are compared without case.
void check_sphere_repeated(const Context& context, diag::Sink& sink) {
  each_rule(context.policy, [&](policy::RuleRef, const policy::Rule& rule) {
    each_condition<policy::SphereCondition>(rule, [&](const policy::SphereCondition& sphere) {
      std::set<std::string> seen;
      const auto repeated = std::ranges::find_if(
          sphere.tokens, [&](const std::string& token) { return !seen.insert(to_lower_ascii(token)).second; });
      if (repeated == sphere.tokens.end()) return;
      const auto& first = *std::ranges::find_if(
          sphere.tokens, [&](const auto& token) { return equal_ignoring_case(token, *repeated); });
      sink.report(finding(
          diag::Code::sphere_repeated, rule, sphere.span,
          first == *repeated
              ? fmt::format("this `sphere` names {} twice", policy::quoted(first))
              : fmt::format("this `sphere` names {} and {}, which are the same: the case of letters does not count",
                            policy::quoted(first), policy::quoted(*repeated)),
          "name it once"));
    });
  });
}

/// Takes away every word that stands before, with the blanks in front of it.
bool fix_sphere_repeated(const Fixing& fixing, text::TextChanges& changes) {
  const auto value = text::attribute_value(fixing.text(), fixing.element(), "value");
  if (!value) return false;
  const auto raw = fixing.text().substr(value->begin, value->end - value->begin);
  if (raw.find('&') != std::string_view::npos) return false;
  std::set<std::string> seen;
  std::size_t end_before = 0;
  for (const auto token : split_xml_space(raw)) {
    const auto end = static_cast<std::size_t>(token.data() - raw.data()) + token.size();
    if (!seen.insert(to_lower_ascii(token)).second) changes.replace(value->begin + end_before, value->begin + end, {});
    end_before = end;
  }
  return true;
}

}  // namespace presproof::lint
