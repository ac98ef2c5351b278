#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/rule_set.h"
#include "xml/document.h"

/// What the readers of engines have in common (engine/readers.h): elements by their local names, texts as they stand, and what rules give.
namespace presproof::engine {

/// The first child with the local name, without case.
[[nodiscard]] std::optional<xml::Element> first_child(const xml::Element& parent, std::string_view name);
/// The first attribute with the local name, without case, whatever its namespace.
[[nodiscard]] const xml::Attribute* first_attribute(const xml::Element& element, std::string_view name);
/// All character data in an element and below.
[[nodiscard]] std::string content_of(const xml::Element& element);
/// An element of the name in document order, the root first.
[[nodiscard]] std::optional<xml::Element> find(const xml::Element& element, std::string_view name);

/// The text of <sub-handling>.
[[nodiscard]] std::optional<std::string> handling_text(const xml::Element& rule);
/// By its beginning, with case.
[[nodiscard]] std::optional<policy::SubHandling> handling_of(std::string_view word);

/// A rule with the place and the name of the element.
[[nodiscard]] policy::Rule named_rule(const xml::Element& element);
void give(policy::Rule& rule, policy::SubHandling handling);
/// Whatever a document can hold.
void give_everything(policy::Rule& rule);
/// Everything, where it is `allow`.
void give_as(policy::Rule& rule, policy::SubHandling handling);
/// Where no rule matches.
[[nodiscard]] policy::Rule nobody_matches(policy::SubHandling handling);

[[nodiscard]] std::vector<policy::WrittenElement> written_transformations(const xml::Element& rule);

/// Texts are compared as they stand, blanks included.
[[nodiscard]] uri::Uri text_uri(std::string_view text);
[[nodiscard]] policy::Domain text_domain(const xml::Attribute& attribute);

}  // namespace presproof::engine
