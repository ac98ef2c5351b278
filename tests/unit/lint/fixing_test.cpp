#include "lint/fixing.h"

#include "unit/lint/fixture.h"

namespace presproof::lint {

TEST_CASE("an attribute's text is found with the blanks before it and its quotes", "[lint]") {
  Linted linted("<rule  id = 'a'\n/>");
  const auto context = linted.context();
  const diag::Diagnostic finding{.code = diag::Code::invalid_value, .span = linted.policy().documents[0].rules[0].id_span,
                                 .rule = {}, .message = {}, .fix = {}, .related = {}};
  const Fixing fixing{context, finding};
  const auto attribute = fixing.attribute(finding.span);
  CHECK(fixing.text().substr(attribute.begin, attribute.end - attribute.begin) == "  id = 'a'");
  CHECK(fixing.text().substr(attribute.value.begin, attribute.value.end - attribute.value.begin) == "a");
  CHECK_FALSE(fixed_text(context, finding).has_value());
  CHECK(mending_changes(context, finding).empty());
}

TEST_CASE("elements are visited in document order, each with its rule", "[lint]") {
  Linted linted("<x:y xmlns:x='urn:x'/>" + rule("a", kBob, kAllow) + rule("b", ""));
  std::string seen;
  each_element(linted.context(), [&](const xml::Element& element, const policy::Rule* in) {
    seen.append(element.name().local).append(in == nullptr ? "" : ":" + in->id).append(" ");
  });
  CHECK(seen == "y rule:a conditions:a identity:a one:a actions:a sub-handling:a transformations:a "
                "rule:b conditions:b actions:b transformations:b ");
}

}  // namespace presproof::lint
