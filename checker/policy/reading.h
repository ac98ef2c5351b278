#pragma once

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/lexical.h"
#include "diag/diagnostic.h"
#include "xml/document.h"

/// What the readers of one document share: where findings go, and the checks of content and values that every
/// vocabulary needs. A reader never stops at a finding; it leaves out what has no value and goes on.
namespace presproof::policy {

class Reading {
 public:
  explicit Reading(diag::Sink& sink) : sink_(sink) {}

  /// Findings from here on concern this rule; nothing: the document.
  void set_rule(std::optional<std::string> id) { rule_ = std::move(id); }

  void report(diag::Code code, SourceSpan span, std::string message, std::optional<std::string> fix = std::nullopt,
              std::vector<diag::Related> related = {});

 private:
  diag::Sink& sink_;
  std::optional<std::string> rule_;
};

/// A name or value from a document in backticks: printable, and cut when long.
[[nodiscard]] std::string quoted(std::string_view text);
/// `<name>` in backticks, with the element's prefix.
[[nodiscard]] std::string quoted_tag(const xml::Element& element);

/// What is said of an attribute that no known one was meant by.
inline constexpr std::string_view kRemoveAttribute = "remove the attribute";

/// Reports every attribute that is not one of `allowed` (in no namespace). Those of the schema-instance namespace are
/// allowed everywhere, as XML Schema says.
void expect_attributes(Reading& reading, const xml::Element& element, std::initializer_list<std::string_view> allowed);
/// The same where xml:lang is allowed, too; its value has to be of the form of a language tag.
void expect_attributes_and_lang(Reading& reading, const xml::Element& element,
                                std::initializer_list<std::string_view> allowed);

/// A required attribute's value; reports its absence.
[[nodiscard]] const xml::Attribute* required_attribute(Reading& reading, const xml::Element& element,
                                                       std::string_view local, std::string_view consequence);

/// Reports text among the element's children.
void report_text(Reading& reading, const xml::Element& element);

/// Calls `read` for each child element; text between them is reported once.
template <class Read>
void for_each_child(Reading& reading, const xml::Element& element, Read read) {
  bool text_seen = false;
  for (const xml::Node& node : element.nodes()) {
    if (node.kind == xml::NodeKind::element) {
      read(*node.element);
    } else if (node.kind == xml::NodeKind::text && !text_seen && !trim_xml_space(node.text).empty()) {
      text_seen = true;
      report_text(reading, element);
    }
  }
}

/// Reports children and text of an element that has neither; not even white space, as XML Schema counts that as text.
void expect_empty(Reading& reading, const xml::Element& element);

/// The text of an element that holds text alone; nothing, and a finding, when it has child elements.
[[nodiscard]] std::optional<std::string> simple_text(Reading& reading, const xml::Element& element);

/// Which of `names` the text is; reports any other text, naming the allowed ones and the nearest.
[[nodiscard]] std::optional<std::size_t> read_enumeration(Reading& reading, const xml::Element& element,
                                                          std::string_view text,
                                                          std::span<const std::string_view> names);

/// The xs:boolean that the element holds. `if_empty`: the schema's default for an element without content.
[[nodiscard]] std::optional<bool> read_boolean(Reading& reading, const xml::Element& element,
                                               std::optional<bool> if_empty = std::nullopt);

}  // namespace presproof::policy
