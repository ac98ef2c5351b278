#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Elements of a text that was read as well-formed already, by byte offsets: enough to change some and leave every other byte alone.
namespace presproof::text {

struct ElementText {
  std::size_t begin = 0;        ///< its `<`
  std::size_t open_end = 0;     ///< behind the start tag's `>`
  std::size_t close_begin = 0;  ///< the end tag's `<`; `open_end` without an end tag
  std::size_t end = 0;          ///< behind all of it
  std::string_view name;        ///< qualified
  [[nodiscard]] bool self_closing() const { return close_begin == end; }
  [[nodiscard]] std::string_view local() const;
  /// `pr:` or nothing.
  [[nodiscard]] std::string_view prefix() const;
};

/// The element whose `<` is at `offset`.
[[nodiscard]] ElementText element_at(std::string_view text, std::size_t offset);
[[nodiscard]] ElementText root_of(std::string_view text);
[[nodiscard]] std::vector<ElementText> children_of(std::string_view text, const ElementText& element);

/// A comment or a processing instruction.
struct MarkupText {
  std::size_t begin = 0;
  std::size_t end = 0;
};
/// Those that stand between an element's children, in order.
[[nodiscard]] std::vector<MarkupText> unnamed_markup_of(std::string_view text, const ElementText& element);

/// Where an attribute's value is, without the quotes.
struct ValueText {
  std::size_t begin = 0;
  std::size_t end = 0;
};
struct AttributeText {
  std::string_view name;  ///< qualified; `xmlns` and `xmlns:...` too
  std::size_t begin = 0;  ///< of the name
  ValueText value;
};
/// The attributes in the start tag whose `<` is at `offset`.
[[nodiscard]] std::vector<AttributeText> attributes_at(std::string_view text, std::size_t offset);
/// By qualified name.
[[nodiscard]] std::optional<ValueText> attribute_value(std::string_view text, const ElementText& element, std::string_view name);

[[nodiscard]] std::string escaped(std::string_view text);

/// Changes of one text, none of which touches another; in any order.
class TextChanges {
 public:
  explicit TextChanges(std::string_view text);

  void replace(std::size_t begin, std::size_t end, std::string replacement);
  /// With its line, when it is alone on it.
  void remove(const ElementText& element) { remove(MarkupText{element.begin, element.end}); }
  void remove(const MarkupText& markup);
  /// As the last child, on a line of its own where the other children have one.
  void append_child(const ElementText& parent, const std::string& child);
  /// Behind an element, as `remove` would take it away.
  void insert_after(const ElementText& element, const std::string& sibling);
  /// The element as it is, or without its own text when that stands between tags: `<a/>` becomes `<a>inner</a>`.
  void set_inner(const ElementText& element, const std::string& inner);

  [[nodiscard]] std::string applied() const;
  struct Change {
    std::size_t begin;
    std::size_t end;
    std::string replacement;
    friend bool operator==(const Change&, const Change&) = default;
  };
  /// In the order of the text.
  [[nodiscard]] std::vector<Change> sorted() const;
  /// The indentation of the line that an element begins.
  [[nodiscard]] std::string indentation(std::size_t offset) const;
  [[nodiscard]] std::string_view line_break() const { return line_break_; }

 private:
  [[nodiscard]] bool begins_line(std::size_t offset) const;
  std::string_view text_;
  std::string_view line_break_;
  std::vector<Change> changes_;
};

}  // namespace presproof::text
