#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "diag/diagnostic.h"
#include "lint/lint.h"
#include "policy/rule_set.h"
#include "text/element_text.h"
#include "xml/document.h"

/// How documents are written, which their values do not tell: namespace declarations, spellings, white space.
namespace presproof::lint {

/// `xmlns:pr="..."`, or, with the empty prefix, `xmlns="..."`.
struct Declaration {
  const xml::Document& document;
  xml::Element element;               ///< that declares it
  std::optional<xml::Element> parent;
  const policy::Rule* rule;           ///< in which it stands; null outside of rules
  std::string_view prefix;
  std::string_view ns;  ///< nothing for `xmlns=""`
  SourceSpan span;      ///< of the attribute's name
};
/// Calls `visit` for every namespace declaration, in document order.
void each_declaration(const Context& context, const std::function<void(const Declaration&)>& visit);

/// Whether the prefix means that already around the element.
[[nodiscard]] bool declares_again(const Declaration& declaration);

/// The element that begins there.
[[nodiscard]] std::optional<xml::Element> element_at_place(const Context& context, const SourceSpan& span);

/// The text between the tags, when it is nothing but text: no markup, no reference.
[[nodiscard]] std::optional<std::string_view> plain_inner(std::string_view text, const text::ElementText& element);

/// Where a value stands, with and without the white space around it.
struct WrittenValue {
  text::ValueText whole;
  text::ValueText trimmed;
};
/// The value of the finding's attribute, or the text of its element; nothing when it is not plain text.
[[nodiscard]] std::optional<WrittenValue> written_value(const Fixing& fixing);

/// A finding in a rule, or outside of rules.
[[nodiscard]] diag::Diagnostic finding_in(diag::Code code, const policy::Rule* rule, const SourceSpan& span, std::string message,
                                          std::string fix);

}  // namespace presproof::lint
