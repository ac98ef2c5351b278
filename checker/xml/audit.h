#pragma once

#include <cstdint>
#include <string_view>
#include <variant>
#include <vector>

#include "xml/document.h"
#include "xml/scanner.h"
#include "xml/scopes.h"

/// One pass over a text that decides whether it is a well-formed XML 1.0 (fifth edition) document without a document
/// type, well-formed for Namespaces in XML 1.0, and within the limits. On the way it notes where elements and
/// attributes stand and which namespaces they have, in document order, which is what pugixml does not know.
namespace presproof::xml {

struct AuditedAttribute {
  std::uint32_t offset;  ///< of its name
  std::uint32_t prefix_length;
  std::uint32_t local_length;
  NamespaceId ns;  ///< kXmlnsNamespace for a namespace declaration

  [[nodiscard]] std::uint32_t name_length() const {
    return prefix_length == 0 ? local_length : prefix_length + 1 + local_length;
  }
};

struct AuditedElement {
  std::uint32_t offset;  ///< of the `<`
  std::uint32_t prefix_length;
  std::uint32_t local_length;
  NamespaceId ns;
  std::uint32_t first_attribute;
  std::uint32_t attribute_count;  ///< with namespace declarations
  bool has_text;                  ///< character data of its own beyond white space, or a CDATA section

  /// Of the qualified name.
  [[nodiscard]] std::uint32_t name_length() const {
    return prefix_length == 0 ? local_length : prefix_length + 1 + local_length;
  }
};

struct Audit {
  std::vector<AuditedElement> elements;
  std::vector<AuditedAttribute> attributes;
  Scopes scopes;
  bool has_mixed_content = false;  ///< some element has text and elements, comments or instructions
};

/// `text` is UTF-8 without a byte order mark, below 4 GiB; `encoding` is what the file was in.
[[nodiscard]] std::variant<Audit, Fault> audit(std::string_view text, std::string_view encoding, const Limits& limits);

}  // namespace presproof::xml
