#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "lint/fixing.h"
#include "policy/elements.h"

/// What fixes need to know of the text and the document around a finding.
namespace presproof::lint {

/// The innermost element around `offset` that does not begin there; nothing for the root.
[[nodiscard]] std::optional<text::ElementText> parent_at(std::string_view text, std::size_t offset);

/// Whether an element holds a comment or a processing instruction, which a fix must not take away.
[[nodiscard]] bool holds_remarks(std::string_view text, const text::ElementText& element);

/// Whether a start tag declares a namespace: its children may not be moved out, nor others moved in.
[[nodiscard]] bool declares_namespace(std::string_view text, const text::ElementText& element);

/// The finding's element as it was read, and the place where it stands.
struct Located {
  xml::Element element;
  policy::Place place;
};
[[nodiscard]] std::optional<Located> located(const Fixing& fixing);

/// A qualified name for `name` at that element, with a prefix that is declared there; nothing when none is.
[[nodiscard]] std::optional<std::string> qualified(const Fixing& fixing, const xml::Element& element,
                                                   const xml::Name& name);

/// Gives an element another qualified name, in its start tag and its end tag.
void rename(text::TextChanges& changes, const text::ElementText& element, const std::string& name);

/// Renames the finding's element to what was meant by it.
[[nodiscard]] bool rename_to_meant(const Fixing& fixing, text::TextChanges& changes);

/// Replaces the text of the finding's element, which holds nothing else.
[[nodiscard]] bool replace_content(const Fixing& fixing, text::TextChanges& changes, const std::string& content);

/// Writes an attribute into a start tag, behind the others.
void add_attribute(text::TextChanges& changes, std::string_view text, const text::ElementText& element,
                   const std::string& attribute);

/// `base`, or with a number behind it, so that no rule of the finding's document has that id.
[[nodiscard]] std::string fresh_rule_id(const Fixing& fixing, const std::string& base);

}  // namespace presproof::lint
