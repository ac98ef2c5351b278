#include "xml/scanner.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/lexical.h"
#include "base/utf8.h"
#include "diag/printable.h"

namespace presproof::xml {
namespace {

constexpr std::size_t kLongestShown = 60;

struct Entity {
  std::string_view name;
  char32_t value;
};

// XML 1.0 section 4.6.
constexpr Entity kPredefined[] = {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}};

std::optional<char32_t> predefined_entity(std::string_view name) {
  for (const Entity& entity : kPredefined) {
    if (entity.name == name) return entity.value;
  }
  return std::nullopt;
}

/// The number of `&#N;` or `&#xN;` from its text between `&#` and `;`; nothing when there is no such number. One
/// beyond Unicode is 0x110000.
std::optional<char32_t> character_number(std::string_view digits) {
  const bool hexadecimal = !digits.empty() && digits.front() == 'x';
  if (hexadecimal) digits.remove_prefix(1);
  if (digits.empty()) return std::nullopt;
  char32_t value = 0;
  for (const char c : digits) {
    const char lower = static_cast<char>(c | 0x20);
    char32_t digit = 0;
    if (c >= '0' && c <= '9') {
      digit = static_cast<char32_t>(c - '0');
    } else if (hexadecimal && lower >= 'a' && lower <= 'f') {
      digit = static_cast<char32_t>(lower - 'a' + 10);
    } else {
      return std::nullopt;
    }
    value = std::min<char32_t>(value * (hexadecimal ? 16 : 10) + digit, 0x110000);
  }
  return value;
}

}  // namespace

std::string shortened(std::string_view text) {
  std::size_t end = 0;
  for (std::size_t points = 0; end < text.size() && points < kLongestShown; ++points) {
    end += decode_utf8(text, end).length;
  }
  return diag::printable(text.substr(0, end)) + (end < text.size() ? "..." : "");
}

std::string shown(std::string_view text) { return fmt::format("`{}`", shortened(text)); }

std::string normalized_value(std::string_view raw) {
  std::string value;
  value.reserve(raw.size());
  for (std::size_t at = 0; at < raw.size(); ++at) {
    const char c = raw[at];
    if (c == '&') {
      const std::size_t end = raw.find(';', at);
      const std::string_view name = raw.substr(at + 1, end - at - 1);
      const auto character = name.front() == '#' ? character_number(name.substr(1)) : predefined_entity(name);
      append_utf8(value, character.value());
      at = end;
    } else if (has_class(c, kSpaceByte)) {
      // Section 2.11 comes first: CR LF is one line end.
      if (c == '\r' && at + 1 < raw.size() && raw[at + 1] == '\n') ++at;
      value += ' ';
    } else {
      value += c;
    }
  }
  return value;
}

bool Scanner::fail(std::size_t offset, std::size_t length, std::string message, std::string fix) {
  fault_ = Fault{diag::Code::not_well_formed, offset, length, std::move(message), std::move(fix), std::nullopt};
  return false;
}

bool Scanner::fail_at_end(std::size_t start, std::string_view what) {
  fail(text_.size(), 0, fmt::format("the document ends within {}", what));
  fault_->related = Fault::Elsewhere{start, 1, fmt::format("{} begins here", what)};
  return false;
}

std::string Scanner::shown_character() const {
  if (at_end()) return "the end of the document";
  return shown(text_.substr(at_, decode_utf8(text_, at_).length));
}

/// One Char that is not plain ASCII text: a longer character, or a control character.
bool Scanner::one_character() {
  const CodePoint c = decode_utf8(text_, at_);
  if (!c.valid) {
    fail(at_, 1, fmt::format("the byte 0x{:02X} is not valid UTF-8 here", static_cast<unsigned>(c.value)),
         "save the document as UTF-8");
    fault_->code = diag::Code::unsupported_encoding;
    return false;
  }
  if (!is_xml_char(c.value)) {
    return fail(at_, c.length, fmt::format("XML does not allow the character U+{:04X}", static_cast<unsigned>(c.value)),
                "remove it");
  }
  at_ += c.length;
  return true;
}

bool Scanner::plain_name(std::size_t& length, std::string_view role) {
  const std::size_t start = at_;
  while (at_ < text_.size()) {
    const char byte = text_[at_];
    const bool first = at_ == start;
    if (static_cast<unsigned char>(byte) < 0x80) {
      if (!has_class(byte, first ? kNameStartByte : kNameByte)) break;
      ++at_;
      continue;
    }
    const CodePoint c = decode_utf8(text_, at_);
    if (!c.valid || !is_xml_char(c.value)) return one_character();
    if (!(first ? is_name_start_char(c.value) : is_name_char(c.value))) break;
    at_ += c.length;
  }
  length = at_ - start;
  if (length != 0) return true;
  if (at_end()) return fail(at_, 0, fmt::format("the document ends where {} is expected", role));
  return fail_here(fmt::format("{} is expected here, and none begins with {}", role, shown_character()));
}

bool Scanner::qualified_name(QName& name, std::string_view role) {
  name = {at_, 0, 0};
  if (!plain_name(name.local_length, role)) return false;
  if (peek() != ':') return true;
  name.prefix_length = name.local_length;
  ++at_;
  if (!plain_name(name.local_length, role)) return false;
  if (peek() != ':') return true;
  // Namespaces in XML 1.0, section 7.
  return fail_here(fmt::format("{} has one colon at most, and {} has another", role,
                               shown(text_.substr(name.offset, name.length()))));
}

/// `&...;` of the five predefined entities or of a Char, production 66 to 68.
bool Scanner::reference() {
  const std::size_t start = at_;
  std::size_t end = start + 1;
  const auto is_part = [](char c) { return has_class(c, kNameByte) || c == '#' || c == ':'; };
  while (end < text_.size() && (is_part(text_[end]) || static_cast<unsigned char>(text_[end]) >= 0x80)) ++end;
  const std::string_view name = text_.substr(start + 1, end - start - 1);
  const bool complete = end < text_.size() && text_[end] == ';';
  if (!complete || name.empty()) return fail(start, 1, "`&` begins no reference here", "write `&amp;`");

  const std::string_view whole = text_.substr(start, end + 1 - start);
  if (name.front() == '#') {
    const auto number = character_number(name.substr(1));
    if (!number) {
      return fail(start, whole.size(), fmt::format("{} is not a character reference", shown(whole)),
                  "write `&#` and a decimal number, or `&#x` and a hexadecimal one");
    }
    if (!is_xml_char(*number)) {
      return fail(start, whole.size(), fmt::format("{} refers to a character that XML does not allow", shown(whole)));
    }
  } else if (!predefined_entity(name)) {
    return fail(start, whole.size(), fmt::format("the entity {} is not declared", shown(whole)),
                "only `&amp;`, `&lt;`, `&gt;`, `&quot;` and `&apos;` are known; write the character itself");
  }
  at_ = end + 1;
  return true;
}

bool Scanner::character_data() {
  while (true) {
    while (at_ < text_.size() && !has_class(text_[at_], kTextStop)) ++at_;
    switch (peek()) {
      case '<':
        return true;
      case '&':
        if (!reference()) return false;
        break;
      case ']':
        // Production 14.
        if (looking_at("]]>")) return fail(at_, 3, "`]]>` must not stand in text", "write `]]&gt;`");
        ++at_;
        break;
      default:
        if (at_end()) return true;
        if (!one_character()) return false;
    }
  }
}

bool Scanner::attribute_value(std::string_view& value) {
  const char quote = peek();
  if (quote != '"' && quote != '\'') {
    if (at_end()) return fail(at_, 0, "the document ends where an attribute value is expected");
    return fail_here(fmt::format("an attribute value in quotes is expected here, not {}", shown_character()));
  }
  const std::size_t opening = at_++;
  while (true) {
    while (at_ < text_.size() && !has_class(text_[at_], kValueStop)) ++at_;
    const char c = peek();
    if (c == quote) break;
    if (c == '"' || c == '\'') {
      ++at_;
    } else if (c == '&') {
      if (!reference()) return false;
    } else if (c == '<') {
      // Section 3.1, "No < in Attribute Values".
      fail_here("`<` must not stand in an attribute value", "write `&lt;`, or end the value with its quote");
      fault_->related = Fault::Elsewhere{opening, 1, "the value begins here"};
      return false;
    } else if (at_end()) {
      return fail_at_end(opening, "an attribute value");
    } else if (!one_character()) {
      return false;
    }
  }
  value = text_.substr(opening + 1, at_ - opening - 1);
  ++at_;
  return true;
}

bool Scanner::plain_until(std::string_view terminator, std::size_t start, std::string_view what) {
  while (true) {
    while (at_ < text_.size() && !has_class(text_[at_], kPlainStop)) ++at_;
    if (at_end()) return fail_at_end(start, what);
    if (peek() == terminator.front() && looking_at(terminator)) break;
    if (has_class(peek(), kTextStop) && peek() != ']') {
      if (!one_character()) return false;
    } else {
      ++at_;
    }
  }
  at_ += terminator.size();
  return true;
}

bool Scanner::space_outside_root(bool after_root) {
  skip_space();
  if (at_end() || peek() == '<') return true;
  const CodePoint c = decode_utf8(text_, at_);
  if (!c.valid || !is_xml_char(c.value)) return one_character();
  return fail_here(fmt::format("text stands {} the root element, beginning with {}", after_root ? "after" : "before",
                               shown_character()));
}

}  // namespace presproof::xml
