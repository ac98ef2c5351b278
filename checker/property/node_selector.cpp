#include "property/node_selector.h"

#include <charconv>
#include <utility>

#include "base/lexical.h"

namespace presproof::property {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::optional<std::string> percent_decoded(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded += text[i];
      continue;
    }
    const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
    const int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
    if (high < 0 || low < 0) return std::nullopt;
    decoded += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return decoded;
}

/// The text up to a `/` that no quotes enclose; takes it and the `/` off.
std::optional<std::string_view> take_step(std::string_view& rest) {
  char quote = 0;
  for (std::size_t i = 0; i < rest.size(); ++i) {
    if (quote != 0) {
      if (rest[i] == quote) quote = 0;
    } else if (rest[i] == '"' || rest[i] == '\'') {
      quote = rest[i];
    } else if (rest[i] == '/') {
      const auto step = rest.substr(0, i);
      rest.remove_prefix(i + 1);
      if (rest.empty()) return std::nullopt;
      return step;
    }
  }
  if (quote != 0) return std::nullopt;
  return std::exchange(rest, {});
}

/// Takes `[...]` off; the closing bracket is the first outside of quotes.
std::optional<std::string_view> take_predicate(std::string_view& rest) {
  if (!rest.starts_with('[')) return std::nullopt;
  char quote = 0;
  for (std::size_t i = 1; i < rest.size(); ++i) {
    if (quote != 0) {
      if (rest[i] == quote) quote = 0;
    } else if (rest[i] == '"' || rest[i] == '\'') {
      quote = rest[i];
    } else if (rest[i] == ']') {
      const auto inner = rest.substr(1, i - 1);
      rest.remove_prefix(i + 1);
      return inner;
    }
  }
  return std::nullopt;
}

/// `@name="value"`; character references in the value are not looked for.
std::optional<std::pair<std::string, std::string>> attribute_test(std::string_view text) {
  const auto equals = text.find('=');
  if (!text.starts_with('@') || equals == std::string_view::npos) return std::nullopt;
  const auto name = text.substr(1, equals - 1);
  const auto value = text.substr(equals + 1);
  if (!is_ncname(name) || value.size() < 2 || value.front() != value.back()) return std::nullopt;
  const auto inner = value.substr(1, value.size() - 2);
  if ((value.front() != '"' && value.front() != '\'') || inner.find(value.front()) != std::string_view::npos)
    return std::nullopt;
  if (inner.find('&') != std::string_view::npos) return std::nullopt;
  return std::pair(std::string(name), std::string(inner));
}

std::optional<std::size_t> position_test(std::string_view text) {
  std::size_t position = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), position);
  if (error != std::errc{} || end != text.data() + text.size() || position == 0) return std::nullopt;
  return position;
}

std::optional<SelectorStep> parse_step(std::string_view text) {
  SelectorStep step;
  const auto bracket = std::min(text.find('['), text.size());
  step.name = text.substr(0, bracket);
  if (step.name != "*" && !is_ncname(step.name)) return std::nullopt;
  for (auto rest = text.substr(bracket); !rest.empty();) {
    const auto predicate = take_predicate(rest);
    if (!predicate || step.attribute) return std::nullopt;
    step.attribute = attribute_test(*predicate);
    if (step.attribute) continue;
    if (step.position) return std::nullopt;
    step.position = position_test(*predicate);
    if (!step.position) return std::nullopt;
  }
  return step;
}

}  // namespace

std::optional<NodeReference> parse_node_reference(std::string_view text) {
  std::string folded;
  for (const auto piece : split_xml_space(text)) folded += piece;
  const std::string path = "/" + folded;
  const auto separator = path.find("/~~/");
  if (separator == std::string::npos || path.find('?') != std::string::npos) return std::nullopt;
  const auto document = percent_decoded(std::string_view(path).substr(0, separator));
  const auto selector = percent_decoded(std::string_view(path).substr(separator + 4));
  if (!document || !selector || selector->empty()) return std::nullopt;
  NodeReference reference{*document, {}};
  std::string_view rest = *selector;
  while (!rest.empty()) {
    const auto step_text = take_step(rest);
    const auto step = step_text ? parse_step(*step_text) : std::nullopt;
    if (!step) return std::nullopt;
    reference.steps.push_back(*step);
  }
  return reference;
}

}  // namespace presproof::property
