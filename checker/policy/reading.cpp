#include "policy/reading.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "diag/printable.h"
#include "policy/meant.h"
#include "xml/namespaces.h"

namespace presproof::policy {
namespace {

using diag::Code;

constexpr std::string_view kSchemaInstance = "http://www.w3.org/2001/XMLSchema-instance";
constexpr std::size_t kLongestQuote = 60;

std::string list_of(std::span<const std::string_view> words) {
  std::string list;
  for (const std::string_view word : words) list += fmt::format("{}`{}`", list.empty() ? "" : ", ", word);
  return list;
}

/// What the writer may have meant: the word in another case, or the nearest one.
std::optional<std::string_view> meant(std::string_view text, std::span<const std::string_view> words) {
  const auto same = std::ranges::find_if(words, [&](std::string_view word) { return equal_ignoring_case(word, text); });
  if (same != words.end()) return *same;
  return nearest_word(text, std::vector<std::string_view>(words.begin(), words.end()));
}

void report_attribute(Reading& reading, const xml::Element& element, const xml::Attribute& attribute,
                      std::initializer_list<std::string_view> allowed, bool lang) {
  std::optional<std::string> fix = std::string(kRemoveAttribute);
  if (lang && attribute.name == xml::Name{"", "lang"}) {
    fix = "write `xml:lang`";
  } else if (const auto word = nearest_word(attribute.name.local, std::vector<std::string_view>(allowed))) {
    fix = attribute.name.local == *word ? fmt::format("write `{}` without a prefix", *word)
                                        : fmt::format("write `{}`", *word);
  }
  const std::string name = attribute.prefix.empty() ? std::string(attribute.name.local)
                                                    : fmt::format("{}:{}", attribute.prefix, attribute.name.local);
  reading.report(Code::unexpected_attribute, attribute.span,
                 fmt::format("{} takes no attribute {}: it says nothing there", quoted_tag(element), quoted(name)),
                 std::move(fix));
}

void check_attributes(Reading& reading, const xml::Element& element, std::initializer_list<std::string_view> allowed,
                      bool lang) {
  for (const xml::Attribute& attribute : element.attributes()) {
    const auto& [ns, local] = attribute.name;
    const bool known = ns.empty() ? std::ranges::find(allowed, local) != allowed.end()
                                  : ns == kSchemaInstance || (lang && ns == xml::ns::kXml && local == "lang");
    if (!known) report_attribute(reading, element, attribute, allowed, lang);
  }
}

/// XML Schema part 2, 3.3.3 (xs:language): parts of up to 8 letters, after the first also digits. XML 1.0 section 2.12
/// allows the empty text, for no language.
bool is_language(std::string_view text) {
  std::size_t part = 0;
  bool first = true;
  for (const char c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (c == '-' && part != 0) {
      part = 0;
      first = false;
    } else if ((!letter && (first || c < '0' || c > '9')) || ++part > 8) {
      return false;
    }
  }
  return text.empty() || part != 0;
}

}  // namespace

void Reading::report(Code code, SourceSpan span, std::string message, std::optional<std::string> fix,
                     std::vector<diag::Related> related) {
  sink_.report({code, span, rule_, std::move(message), std::move(fix), std::move(related)});
}

std::string quoted(std::string_view text) {
  if (text.size() <= kLongestQuote) return fmt::format("`{}`", diag::printable(text));
  std::size_t cut = kLongestQuote;
  while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0U) == 0x80U) --cut;  // never inside a character
  return fmt::format("`{}...`", diag::printable(text.substr(0, cut)));
}

std::string quoted_tag(const xml::Element& element) {
  const std::string_view prefix = element.prefix();
  return quoted(fmt::format("<{}{}{}>", prefix, prefix.empty() ? "" : ":", element.name().local));
}

void expect_attributes(Reading& reading, const xml::Element& element, std::initializer_list<std::string_view> allowed) {
  check_attributes(reading, element, allowed, false);
}

void expect_attributes_and_lang(Reading& reading, const xml::Element& element,
                                std::initializer_list<std::string_view> allowed) {
  check_attributes(reading, element, allowed, true);
  const xml::Attribute* lang = element.attribute(xml::Name{xml::ns::kXml, "lang"});
  if (lang == nullptr || is_language(trim_xml_space(lang->value))) return;
  reading.report(Code::invalid_value, lang->span,
                 fmt::format("the `xml:lang` {} of {} is no language tag", quoted(lang->value), quoted_tag(element)),
                 "write a language tag such as `en`");
}

const xml::Attribute* required_attribute(Reading& reading, const xml::Element& element, std::string_view local,
                                         std::string_view consequence) {
  const xml::Attribute* attribute = element.attribute(local);
  if (attribute == nullptr) {
    reading.report(Code::missing_attribute, element.span(),
                   fmt::format("{} has no `{}` attribute: {}", quoted_tag(element), local, consequence),
                   fmt::format("add `{}=\"...\"`", local));
  }
  return attribute;
}

void report_text(Reading& reading, const xml::Element& element) {
  reading.report(Code::unexpected_text, element.span(),
                 fmt::format("{} holds text, which has no meaning there", quoted_tag(element)), "remove the text");
}

void expect_empty(Reading& reading, const xml::Element& element) {
  bool text_seen = false;
  for (const xml::Node& node : element.nodes()) {
    if (node.kind == xml::NodeKind::element) {
      reading.report(Code::unexpected_content, node.element->span(),
                     fmt::format("{} is empty by definition: {} in it says nothing", quoted_tag(element),
                                 quoted_tag(*node.element)),
                     "remove the element");
    } else if (node.kind == xml::NodeKind::text && !node.text.empty() && !std::exchange(text_seen, true)) {
      const bool blank = trim_xml_space(node.text).empty();
      reading.report(Code::unexpected_text, element.span(),
                     fmt::format("{} is empty by definition: {} in it says nothing", quoted_tag(element),
                                 blank ? "even white space" : "text"),
                     blank ? "remove the white space" : "remove the text");
    }
  }
}

std::optional<std::string> simple_text(Reading& reading, const xml::Element& element) {
  for (const xml::Element& child : element.children()) {
    reading.report(
        Code::unexpected_content, child.span(),
        fmt::format("{} holds text alone: {} in it leaves it without a value", quoted_tag(element), quoted_tag(child)),
        "remove the element");
    return std::nullopt;
  }
  return element.text();
}

std::optional<std::size_t> read_enumeration(Reading& reading, const xml::Element& element, std::string_view text,
                                            std::span<const std::string_view> names) {
  const auto found = std::ranges::find(names, text);
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  const auto word = meant(trim_xml_space(text), names);
  reading.report(Code::invalid_value, element.span(),
                 fmt::format("{} is {}, but may be {}", quoted_tag(element), quoted(text), list_of(names)),
                 word ? std::optional(fmt::format("write `{}`", *word)) : std::nullopt);
  return std::nullopt;
}

std::optional<bool> read_boolean(Reading& reading, const xml::Element& element, std::optional<bool> if_empty) {
  const auto text = simple_text(reading, element);
  if (!text) return std::nullopt;
  if (text->empty() && if_empty) return if_empty;
  if (const auto value = parse_xs_boolean(*text)) return value;
  static constexpr std::array<std::string_view, 4> kBooleans = {"true", "false", "1", "0"};
  const auto value = meant_boolean(*text);
  reading.report(Code::invalid_boolean, element.span(),
                 fmt::format("{} is {}, but may be {}", quoted_tag(element), quoted(trim_xml_space(*text)), list_of(kBooleans)),
                 value ? std::optional(fmt::format("write `{}`", *value)) : std::nullopt);
  return std::nullopt;
}

}  // namespace presproof::policy
