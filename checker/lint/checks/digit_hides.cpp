#include <fmt/format.h>

#include "base/lexical.h"
#include "lint/checks/checks.h"
#include "lint/server.h"
#include "lint/written.h"
#include "policy/reading.h"

namespace presproof::lint {

/// XML Schema part 2 section 3.2.2: `1` is true.
void check_digit_hides(const Context& context, diag::Sink& sink) {
  if (!shows_what_is_not_named(context)) return;
  each_rule_element(context, [&](const RuleElement& each) {
    for (const xml::Element& element : transformations_of(each)) {
      const std::string text = element.text();
      const auto value = trim_xml_space(text);
      if (value != "0" && value != "1") continue;
      sink.report(finding_in(diag::Code::digit_hides, each.rule, element.span(),
                             value == "1" ? fmt::format("{} knows no `1`: {} takes away what it is to show", server_words(context), policy::quoted_tag(element))
                                          : fmt::format("{} knows no `0`: {} takes away the first such element and its neighbours alone", server_words(context), policy::quoted_tag(element)),
                             value == "1" ? "write `true`" : "write `false`"));
    }
  });
}

bool fix_digit_hides(const Fixing& fixing, text::TextChanges& changes) { return fix_boolean_spelling(fixing, changes); }

}  // namespace presproof::lint
