#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "diag/diagnostic.h"
#include "diag/sources.h"
#include "lint/lint.h"
#include "text/element_text.h"

/// What a check's `fix` has at hand: the finding, and the text that it points into.
namespace presproof::lint {

struct Fixing {
  const Context& context;
  const diag::Diagnostic& finding;

  /// The text of the finding's file.
  [[nodiscard]] std::string_view text() const { return context.sources.text(finding.span.file); }
  /// The element that begins at the span. Only for spans that readers gave elements.
  [[nodiscard]] text::ElementText element(const SourceSpan& span) const {
    return text::element_at(text(), context.sources.offset_of(span));
  }
  /// The finding's element.
  [[nodiscard]] text::ElementText element() const { return element(finding.span); }
  /// The byte range of an attribute (name, `=` and quoted value) whose name begins at the span, with the blanks before it.
  struct AttributeText {
    std::size_t begin = 0;  ///< of the white space before the name
    text::ValueText value;
    std::size_t end = 0;  ///< behind the closing quote
  };
  [[nodiscard]] AttributeText attribute(const SourceSpan& name) const;
};

/// The text with one finding mended; nothing when its check knows no way.
[[nodiscard]] std::optional<std::string> fixed_text(const Context& context, const diag::Diagnostic& finding);

/// The changes of its file that mend one finding, in the order of the text; none when its check knows no way.
[[nodiscard]] std::vector<text::TextChanges::Change> mending_changes(const Context& context, const diag::Diagnostic& finding);

}  // namespace presproof::lint
