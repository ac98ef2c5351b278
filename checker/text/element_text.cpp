#include "text/element_text.h"

#include <algorithm>

#include "diag/error.h"

namespace presproof::text {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t'; }
bool ends_name(char c) { return is_blank(c) || c == '\n' || c == '\r' || c == '/' || c == '>' || c == '='; }

std::size_t behind(std::string_view text, std::string_view what, std::size_t from) {
  const std::size_t found = text.find(what, from);
  if (found == std::string_view::npos) throw diag::InternalError("markup that was read once has no end");
  return found + what.size();
}

/// Behind the `>` of the tag that begins at `offset`; quoted values may hold a `>`.
std::size_t tag_end(std::string_view text, std::size_t offset) {
  char quote = '\0';
  for (std::size_t i = offset; i < text.size(); ++i) {
    const char c = text[i];
    if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '>') {
      return i + 1;
    }
  }
  throw diag::InternalError("a tag that was read once has no end");
}

/// Behind what begins at `offset` with `<` and is no element, or nothing for an element's tag.
std::optional<std::size_t> behind_other_markup(std::string_view text, std::size_t offset) {
  const std::string_view rest = text.substr(offset);
  if (rest.starts_with("<!--")) return behind(text, "-->", offset);
  if (rest.starts_with("<![CDATA[")) return behind(text, "]]>", offset);
  if (rest.starts_with("<?")) return behind(text, "?>", offset);
  return std::nullopt;
}

std::string_view name_at(std::string_view text, std::size_t offset) {
  std::size_t end = offset;
  while (end < text.size() && !ends_name(text[end])) ++end;
  return text.substr(offset, end - offset);
}

}  // namespace

std::string_view ElementText::local() const {
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

std::string_view ElementText::prefix() const {
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? std::string_view() : name.substr(0, colon + 1);
}

ElementText element_at(std::string_view text, std::size_t offset) {
  ElementText element;
  element.begin = offset;
  element.name = name_at(text, offset + 1);
  element.open_end = tag_end(text, offset);
  element.close_begin = element.end = element.open_end;
  if (text[element.open_end - 2] == '/') return element;
  std::size_t depth = 1;
  for (std::size_t at = element.open_end;;) {
    at = text.find('<', at);
    if (at == std::string_view::npos) throw diag::InternalError("an element that was read once has no end");
    if (const auto next = behind_other_markup(text, at)) {
      at = *next;
      continue;
    }
    const std::size_t end = tag_end(text, at);
    if (text[at + 1] == '/') {
      if (--depth == 0) {
        element.close_begin = at;
        element.end = end;
        return element;
      }
    } else if (text[end - 2] != '/') {
      ++depth;
    }
    at = end;
  }
}

ElementText root_of(std::string_view text) {
  std::size_t at = text.find('<');
  while (const auto next = behind_other_markup(text, at)) at = text.find('<', *next);
  return element_at(text, at);
}

std::vector<ElementText> children_of(std::string_view text, const ElementText& element) {
  std::vector<ElementText> children;
  for (std::size_t at = text.find('<', element.open_end); at < element.close_begin; at = text.find('<', at)) {
    if (const auto next = behind_other_markup(text, at)) {
      at = *next;
      continue;
    }
    children.push_back(element_at(text, at));
    at = children.back().end;
  }
  return children;
}

std::vector<MarkupText> unnamed_markup_of(std::string_view text, const ElementText& element) {
  std::vector<MarkupText> found;
  for (std::size_t at = text.find('<', element.open_end); at < element.close_begin; at = text.find('<', at)) {
    const auto next = behind_other_markup(text, at);
    if (next && !text.substr(at).starts_with("<![CDATA[")) found.push_back({at, *next});
    at = next ? *next : element_at(text, at).end;
  }
  return found;
}

std::vector<AttributeText> attributes_at(std::string_view text, std::size_t offset) {
  std::vector<AttributeText> attributes;
  std::size_t at = offset + 1 + name_at(text, offset + 1).size();
  const auto skip_space = [&] {
    while (is_blank(text[at]) || text[at] == '\n' || text[at] == '\r') ++at;
  };
  for (;;) {
    skip_space();
    if (text[at] == '/' || text[at] == '>') return attributes;
    AttributeText attribute;
    attribute.begin = at;
    attribute.name = name_at(text, at);
    at += attribute.name.size();
    skip_space();
    ++at;  // the `=`
    skip_space();
    attribute.value = {at + 1, text.find(text[at], at + 1)};
    at = attribute.value.end + 1;
    attributes.push_back(attribute);
  }
}

std::optional<ValueText> attribute_value(std::string_view text, const ElementText& element, std::string_view name) {
  for (const AttributeText& attribute : attributes_at(text, element.begin))
    if (attribute.name == name) return attribute.value;
  return std::nullopt;
}

std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '&': result += "&amp;"; break;
      case '<': result += "&lt;"; break;
      case '>': result += "&gt;"; break;
      case '"': result += "&quot;"; break;
      case '\t': result += "&#9;"; break;
      case '\n': result += "&#10;"; break;
      case '\r': result += "&#13;"; break;
      default: result += c;
    }
  }
  return result;
}

TextChanges::TextChanges(std::string_view text) : text_(text), line_break_("\n") {
  // As the first line ends; no more is looked at, since texts are long and each finding has changes of its own.
  const std::size_t end = text.find('\n');
  if (end != std::string_view::npos && end > 0 && text[end - 1] == '\r') line_break_ = "\r\n";
}

void TextChanges::replace(std::size_t begin, std::size_t end, std::string replacement) {
  changes_.push_back({begin, end, std::move(replacement)});
}

bool TextChanges::begins_line(std::size_t offset) const {
  while (offset > 0 && is_blank(text_[offset - 1])) --offset;
  return offset == 0 || text_[offset - 1] == '\n';
}

std::string TextChanges::indentation(std::size_t offset) const {
  if (!begins_line(offset)) return {};
  std::size_t begin = offset;
  while (begin > 0 && is_blank(text_[begin - 1])) --begin;
  return std::string(text_.substr(begin, offset - begin));
}

void TextChanges::remove(const MarkupText& markup) {
  std::size_t end = markup.end;
  while (end < text_.size() && is_blank(text_[end])) ++end;
  if (end < text_.size() && text_[end] == '\r') ++end;
  const bool ends_line = end < text_.size() && text_[end] == '\n';
  if (!begins_line(markup.begin) || !ends_line) return replace(markup.begin, markup.end, {});
  replace(markup.begin - indentation(markup.begin).size(), end + 1, {});
}

void TextChanges::append_child(const ElementText& parent, const std::string& child) {
  if (parent.self_closing()) {
    std::size_t slash = parent.end - 2;
    while (is_blank(text_[slash - 1])) --slash;
    return replace(slash, parent.end, ">" + child + "</" + std::string(parent.name) + ">");
  }
  const auto children = children_of(text_, parent);
  if (!children.empty() && begins_line(children.back().begin)) {
    return replace(children.back().end, children.back().end, std::string(line_break_) + indentation(children.back().begin) + child);
  }
  replace(parent.close_begin, parent.close_begin, child);
}

void TextChanges::insert_after(const ElementText& element, const std::string& sibling) {
  const bool own_line = begins_line(element.begin);
  replace(element.end, element.end, (own_line ? std::string(line_break_) + indentation(element.begin) : std::string()) + sibling);
}

void TextChanges::set_inner(const ElementText& element, const std::string& inner) {
  if (element.self_closing()) return append_child(element, inner);
  std::size_t begin = element.open_end;
  std::size_t end = element.close_begin;
  const auto space = [&](std::size_t at) { return is_blank(text_[at]) || text_[at] == '\n' || text_[at] == '\r'; };
  while (begin < end && space(begin)) ++begin;
  while (begin < end && space(end - 1)) --end;
  replace(begin, end, inner);
}

std::vector<TextChanges::Change> TextChanges::sorted() const {
  std::vector<Change> sorted = changes_;
  std::stable_sort(sorted.begin(), sorted.end(), [](const Change& a, const Change& b) { return a.begin < b.begin; });
  return sorted;
}

std::string TextChanges::applied() const {
  std::string result;
  std::size_t at = 0;
  for (const Change& change : sorted()) {
    if (change.begin < at) throw diag::InternalError("two changes of a text overlap");
    result += text_.substr(at, change.begin - at);
    result += change.replacement;
    at = change.end;
  }
  return result += text_.substr(at);
}

}  // namespace presproof::text
