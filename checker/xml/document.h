#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/source_span.h"
#include "diag/diagnostic.h"
#include "diag/sources.h"

/// Strict, namespaced, positioned XML on top of pugixml (XML 1.0 fifth edition; Namespaces in XML 1.0).
///
/// pugixml makes the tree and is lenient; the audit (audit.h) walks the same text once and refuses what is not
/// well-formed: a second root, duplicate attributes, undeclared prefixes, unknown entities, control characters,
/// invalid UTF-8, any DOCTYPE. Nothing here recurses over input.
namespace presproof::xml {

/// What a document may cost. The names of the flags that raise them: --max-bytes, --max-depth, --max-elements.
struct Limits {
  std::size_t bytes = std::size_t{64} << 20;
  std::size_t depth = 256;
  std::size_t elements = 1'000'000;
};

/// An expanded name. Views live as long as the document.
struct Name {
  std::string_view ns;
  std::string_view local;
  friend bool operator==(const Name&, const Name&) = default;
};

struct Attribute {
  Name name;
  std::string_view prefix;
  std::string_view value;  ///< normalised, references resolved
  SourceSpan span;         ///< of the attribute's name
};

enum class NodeKind : std::uint8_t { element, text, comment, processing_instruction };

class Document;
class ChildRange;
class NodeRange;

/// A light handle on an element of a Document, valid while the document lives.
class Element {
 public:
  Element(const Document& document, std::uint32_t index) : document_(&document), index_(index) {}

  [[nodiscard]] Name name() const;
  [[nodiscard]] std::string_view prefix() const;
  [[nodiscard]] bool is(std::string_view ns, std::string_view local) const;
  /// Of the start tag: its `<`, and the length of `<` with the qualified name.
  [[nodiscard]] SourceSpan span() const;
  /// Without namespace declarations, in document order.
  [[nodiscard]] std::span<const Attribute> attributes() const;
  /// The attribute of no namespace with that name, or null.
  [[nodiscard]] const Attribute* attribute(std::string_view local) const;
  [[nodiscard]] const Attribute* attribute(Name name) const;
  /// Child elements, in order.
  [[nodiscard]] ChildRange children() const;
  /// All child nodes, in order. White space alone is a node only in an element that has other text too (mixed
  /// content), or nothing but the white space.
  [[nodiscard]] NodeRange nodes() const;
  /// The element's own character data and CDATA sections, joined, not trimmed; of the white space what nodes() has.
  [[nodiscard]] std::string text() const;
  /// The namespace that `prefix` ("" for the default) has here; nothing when undeclared.
  [[nodiscard]] std::optional<std::string_view> namespace_of(std::string_view prefix) const;

 private:
  const Document* document_;
  std::uint32_t index_;
};

struct Node {
  NodeKind kind;
  std::optional<Element> element;  ///< for NodeKind::element
  std::string_view text;           ///< for the others
};

class Document {
 public:
  /// Reads the text of `file`. UTF-16 (byte order mark or declaration) is re-encoded to UTF-8 in `sources` first. On
  /// failure reports `not_well_formed`, `unsupported_encoding` or `over_limit` and gives nothing.
  [[nodiscard]] static std::optional<Document> read(diag::Sources& sources, std::uint32_t file, const Limits& limits,
                                                    diag::Sink& sink);
  Document(Document&&) noexcept;
  Document& operator=(Document&&) noexcept;
  ~Document();

  [[nodiscard]] Element root() const;
  [[nodiscard]] std::uint32_t file() const;
  [[nodiscard]] std::size_t element_count() const;

  struct Impl;  ///< document.cpp's own
  [[nodiscard]] const Impl& impl() const { return *impl_; }

 private:
  explicit Document(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace presproof::xml

#include "xml/ranges.h"  // ChildRange and NodeRange: input ranges usable in range-for
