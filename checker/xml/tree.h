#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "xml/audit.h"
#include "xml/document.h"

namespace presproof::xml {

/// A node in document order. Its children are the nodes behind it up to `end`.
struct TreeNode {
  std::uint32_t end;     ///< number of the first node behind its descendants
  std::uint32_t value;   ///< number of the element, or offset of the text in the buffer
  std::uint32_t length;  ///< of the text
  NodeKind kind;
};

/// What an element has beside the audit's notes about it, which have the same number.
struct TreeElement {
  std::uint32_t node;
  std::uint32_t first_attribute;
  std::uint32_t attribute_count;  ///< without namespace declarations
  std::uint32_t line;
  std::uint32_t column;
};

/// A document as arrays; strings are views into the buffer that pugixml parsed in place, where names stay at the
/// offsets that they have in the text.
struct Document::Impl {
  std::uint32_t file = 0;
  std::string buffer;
  std::vector<TreeNode> nodes;
  std::vector<TreeElement> elements;
  std::vector<AuditedElement> names;
  std::vector<Attribute> attributes;
  Scopes scopes;

  [[nodiscard]] std::string_view prefix(std::uint32_t element) const {
    const AuditedElement& e = names[element];
    return std::string_view(buffer).substr(e.offset + 1, e.prefix_length);
  }
  [[nodiscard]] std::string_view local(std::uint32_t element) const {
    const AuditedElement& e = names[element];
    return std::string_view(buffer).substr(e.offset + 1 + e.name_length() - e.local_length, e.local_length);
  }
};

/// Lets pugixml parse the audited text and joins its tree with what the audit noted. Throws InternalError when the
/// two do not tell the same story.
void build_tree(Document::Impl& document, const diag::Sources& sources, Audit audit);

}  // namespace presproof::xml
