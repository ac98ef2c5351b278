#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace presproof::xml {

/// Writes one document, namespace-aware, the same bytes for the same calls: UTF-8 with an XML declaration, two spaces
/// of indentation where an element has no text, prefixes from a fixed table for the namespaces of presence and
/// policy (`rpid`, `dm`, `gp`, `gml`, ...) and `ns1`, `ns2` ... for others, all declared on the root element in
/// order of first use; the root's namespace is the default one, unless some element is in no namespace. A prefix of
/// the table that another namespace of the document has already taken gives way to `ns1` and so on. xml:lang and
/// friends keep the xml prefix. Mixed content is never indented, and nothing inside of it.
///
/// Misuse (content without an element, an attribute behind content, a repeated attribute, a second root, a name that
/// is no NCName, finish() with open elements) throws std::logic_error. Characters that XML forbids, and invalid
/// UTF-8, are written as U+FFFD; hyphens that a comment must not have are set apart by spaces.
class Writer {
 public:
  Writer();
  ~Writer();
  Writer(Writer&&) noexcept;
  Writer& operator=(Writer&&) noexcept;

  void start(std::string_view ns, std::string_view local);
  /// Of the element started last, before any content.
  void attribute(std::string_view ns, std::string_view local, std::string_view value);
  void text(std::string_view text);
  void comment(std::string_view text);
  void end();
  /// The document; every element must be ended.
  [[nodiscard]] std::string finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace presproof::xml
