#include "sip/header_value.h"

#include <algorithm>
#include <cstddef>

#include "base/lexical.h"
#include "uri/uri.h"

namespace presproof::sip {
namespace {

std::string_view trimmed(std::string_view text) { return trim_xml_space(text); }

/// The text between the quotes of a quoted string, backslashes resolved.
std::optional<std::string> unquote(std::string_view text) {
  if (text.size() < 2 || text.front() != '"' || text.back() != '"') return std::nullopt;
  std::string plain;
  const std::string_view inner = text.substr(1, text.size() - 2);
  for (std::size_t at = 0; at < inner.size(); ++at) {
    if (inner[at] == '"') return std::nullopt;
    if (inner[at] == '\\' && ++at == inner.size()) return std::nullopt;
    plain += inner[at];
  }
  return plain;
}

/// A parameter's value: quoted, in angle brackets (the URI of Identity's `info`), or bare.
std::optional<std::string> plain_value(std::string_view text) {
  if (text.starts_with('"')) return unquote(text);
  if (text.starts_with('<') && text.ends_with('>')) return std::string(text.substr(1, text.size() - 2));
  if (text.empty() || text.find_first_of(" \t\"<>") != std::string_view::npos) return std::nullopt;
  return std::string(text);
}

std::optional<Parameters> read_parameters(const std::vector<std::string_view>& pieces) {
  Parameters parameters;
  for (const std::string_view piece : pieces) {
    const std::size_t equals = piece.find('=');
    const std::string_view name = trimmed(piece.substr(0, equals));
    if (!is_token(name)) return std::nullopt;
    std::optional<std::string> value = "";
    if (equals != std::string_view::npos) value = plain_value(trimmed(piece.substr(equals + 1)));
    if (!value || !parameters.emplace(to_lower_ascii(name), *value).second) return std::nullopt;
  }
  return parameters;
}

/// Where the angle bracket of a name-addr opens: outside of the display name's quotes. npos when there is none.
std::size_t find_bracket(std::string_view value) {
  bool quoted = false;
  for (std::size_t at = 0; at < value.size(); ++at) {
    if (quoted && value[at] == '\\') {
      ++at;
    } else if (value[at] == '"') {
      quoted = !quoted;
    } else if (value[at] == '<' && !quoted) {
      return at;
    }
  }
  return std::string_view::npos;
}

/// A quoted string, or words. Real requests have more in those words than tokens, and nothing hangs on them.
bool is_display_name(std::string_view text) {
  return unquote(text) || text.find_first_of("\"<>") == std::string_view::npos;
}

}  // namespace

bool is_token(std::string_view text) {
  constexpr std::string_view marks = "-.!%*_+`'~";  // RFC 3261 section 25.1
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           marks.find(c) != std::string_view::npos;
  });
}

std::optional<std::vector<std::string_view>> split_outside_quotes(std::string_view text, char separator) {
  std::vector<std::string_view> pieces;
  std::size_t start = 0;
  bool quoted = false;
  bool bracketed = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (quoted && c == '\\') {
      ++at;
    } else if (c == '"' && !bracketed) {
      quoted = !quoted;
    } else if (!quoted && (c == '<' || c == '>')) {
      if (bracketed == (c == '<')) return std::nullopt;
      bracketed = c == '<';
    } else if (c == separator && !quoted && !bracketed) {
      pieces.push_back(trimmed(text.substr(start, at - start)));
      start = at + 1;
    }
  }
  if (quoted || bracketed) return std::nullopt;
  pieces.push_back(trimmed(text.substr(start)));
  return pieces;
}

std::optional<Via> read_via(std::string_view value) {
  const auto pieces = split_outside_quotes(value, ';');
  if (!pieces) return std::nullopt;
  // sent-protocol LWS sent-by, with white space allowed around `/` and `:`.
  std::string_view rest = pieces->front();
  for (const bool last : {false, false, true}) {
    const std::size_t end = last ? rest.find_first_of(" \t") : rest.find('/');
    if (end == std::string_view::npos || !is_token(trimmed(rest.substr(0, end)))) return std::nullopt;
    rest = trimmed(rest.substr(end + 1));
  }
  const std::size_t colon =
      rest.starts_with('[') ? rest.find(':', std::min(rest.find(']'), rest.size())) : rest.find(':');
  if (colon != std::string_view::npos) {
    const std::string_view port = trimmed(rest.substr(colon + 1));
    if (port.empty() || port.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
  }
  const std::optional<std::string> host = uri::to_ascii_domain(trimmed(rest.substr(0, colon)));
  const auto parameters = read_parameters({pieces->begin() + 1, pieces->end()});
  if (!host || !parameters) return std::nullopt;
  return Via{*host, *parameters};
}

std::optional<std::string> read_address(std::string_view value) {
  value = trimmed(value);
  const std::size_t open = find_bracket(value);
  std::string_view address = value;
  std::string_view rest;
  if (open != std::string_view::npos) {
    const std::size_t close = value.find('>', open);
    if (close == std::string_view::npos || !is_display_name(trimmed(value.substr(0, open)))) return std::nullopt;
    address = value.substr(open + 1, close - open - 1);
    rest = trimmed(value.substr(close + 1));
    if (!rest.empty() && rest.front() != ';') return std::nullopt;
  } else {
    const std::size_t semicolon = value.find(';');
    address = trimmed(value.substr(0, semicolon));
    if (semicolon != std::string_view::npos) rest = value.substr(semicolon);
    if (address.find_first_of("?,") != std::string_view::npos) return std::nullopt;
  }
  if (address.empty() || address.find_first_of(" \t\"<>") != std::string_view::npos) return std::nullopt;
  if (!rest.empty()) {
    const auto pieces = split_outside_quotes(rest.substr(1), ';');
    if (!pieces || !read_parameters(*pieces)) return std::nullopt;
  }
  return std::string(address);
}

std::optional<Credentials> read_credentials(std::string_view value) {
  value = trimmed(value);
  const std::size_t space = value.find_first_of(" \t");
  if (space == std::string_view::npos || !is_token(value.substr(0, space))) return std::nullopt;
  const auto pieces = split_outside_quotes(value.substr(space + 1), ',');
  const auto parameters = pieces ? read_parameters(*pieces) : std::nullopt;
  if (!parameters) return std::nullopt;
  return Credentials{to_lower_ascii(value.substr(0, space)), *parameters};
}

std::optional<Parametrised> read_parametrised(std::string_view value) {
  const auto pieces = split_outside_quotes(value, ';');
  if (!pieces || pieces->front().empty()) return std::nullopt;
  const auto parameters = read_parameters({pieces->begin() + 1, pieces->end()});
  if (!parameters) return std::nullopt;
  return Parametrised{std::string(pieces->front()), *parameters};
}

}  // namespace presproof::sip
