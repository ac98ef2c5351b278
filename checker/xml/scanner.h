#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "diag/code.h"
#include "xml/characters.h"

namespace presproof::xml {

/// Why a document is refused, in bytes of its text.
struct Fault {
  struct Elsewhere {
    std::size_t offset;
    std::size_t length;
    std::string message;
  };
  diag::Code code = diag::Code::not_well_formed;
  std::size_t offset = 0;
  std::size_t length = 0;
  std::string message;
  std::string fix;
  std::optional<Elsewhere> related;
};

/// A qualified name in the text (Namespaces in XML 1.0, production 7).
struct QName {
  std::size_t offset = 0;
  std::size_t prefix_length = 0;  ///< 0 without a prefix
  std::size_t local_length = 0;

  [[nodiscard]] std::size_t length() const {
    return prefix_length == 0 ? local_length : prefix_length + 1 + local_length;
  }
};

/// The lexical level of the audit: a position in the text and the items that begin there. Each function moves behind
/// what it names; on the first violation it sets `fault` and gives false, and the scan is over.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] std::size_t at() const { return at_; }
  [[nodiscard]] bool at_end() const { return at_ == text_.size(); }
  /// The byte here; NUL at the end, which no construct of XML begins with.
  [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  [[nodiscard]] bool looking_at(std::string_view word) const { return text_.substr(at_, word.size()) == word; }
  void advance(std::size_t bytes) { at_ += bytes; }

  /// White space, production 3; whether there was any.
  bool skip_space() {
    const std::size_t start = at_;
    while (at_ < text_.size() && has_class(text_[at_], kSpaceByte)) ++at_;
    return at_ != start;
  }

  /// A name with at most one colon; `role` names it in messages ("an element name").
  bool qualified_name(QName& name, std::string_view role);
  /// A name without a colon.
  bool plain_name(std::size_t& length, std::string_view role);
  /// Character data up to the next `<` or the end, production 14 and references.
  bool character_data();
  /// A quoted attribute value, production 10; `value` is what is between the quotes, as written.
  bool attribute_value(std::string_view& value);
  /// The characters up to `terminator` and the terminator; `start` is where the construct called `what` began.
  bool plain_until(std::string_view terminator, std::size_t start, std::string_view what);
  /// White space outside of the root element; anything else is refused.
  bool space_outside_root(bool after_root);

  /// Sets the fault, gives false.
  bool fail(std::size_t offset, std::size_t length, std::string message, std::string fix = {});
  bool fail_here(std::string message, std::string fix = {}) { return fail(at_, 1, std::move(message), std::move(fix)); }
  /// The text ends inside of the construct that began at `start`.
  bool fail_at_end(std::size_t start, std::string_view what);

  [[nodiscard]] const std::optional<Fault>& fault() const { return fault_; }
  [[nodiscard]] std::optional<Fault>& fault() { return fault_; }

  /// The character here in backticks, made printable.
  [[nodiscard]] std::string shown_character() const;

 private:
  bool one_character();
  bool reference();

  std::string_view text_;
  std::size_t at_ = 0;
  std::optional<Fault> fault_;
};

/// A name or value from the document in backticks for a message: printable, and cut when it is long.
[[nodiscard]] std::string shown(std::string_view text);
/// The same without the backticks, for a message that puts more between them.
[[nodiscard]] std::string shortened(std::string_view text);

/// An attribute value as XML 1.0 section 3.3.3 normalises one of type CDATA; `raw` has passed attribute_value().
[[nodiscard]] std::string normalized_value(std::string_view raw);

}  // namespace presproof::xml
