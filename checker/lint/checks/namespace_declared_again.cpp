#include <fmt/format.h>

#include "lint/checks/checks.h"
#include "lint/fixing.h"
#include "lint/written.h"
#include "policy/reading.h"

namespace presproof::lint {

void check_namespace_declared_again(const Context& context, diag::Sink& sink) {
  each_declaration(context, [&](const Declaration& declaration) {
    if (!declares_again(declaration)) return;
    const std::string what = declaration.prefix.empty() ? "the default namespace" : "the prefix " + policy::quoted(declaration.prefix);
    sink.report(finding_in(diag::Code::namespace_declared_again, declaration.rule, declaration.span,
                           fmt::format("{} declares {} again, as it is declared around it", policy::quoted_tag(declaration.element), what),
                           "remove the declaration"));
  });
}

bool fix_namespace_declared_again(const Fixing& fixing, text::TextChanges& changes) {
  const auto attribute = fixing.attribute(fixing.finding.span);
  changes.replace(attribute.begin, attribute.end, "");
  return true;
}

}  // namespace presproof::lint
