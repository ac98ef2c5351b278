#include "uri/uri.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "base/lexical.h"
#include "uri/domain.h"
#include "uri/escape.h"

namespace presproof::uri {
namespace {

using Parameters = std::vector<std::pair<std::string, std::string>>;

/// What a scheme's rules make of a URI; nothing when the URI does not fit them.
struct Parts {
  std::string core;
  Parameters others;
  std::optional<std::string> domain;
};

/// Octets that no URI or IRI holds unescaped (RFC 2396 section 2.4.3): control characters, space and delimiters.
bool has_excluded_octet(std::string_view text) {
  constexpr std::string_view delimiters = "<>\"\\^`{|}";
  return std::any_of(text.begin(), text.end(), [&](char c) {
    const auto octet = static_cast<unsigned char>(c);
    return octet <= 0x20 || octet == 0x7F || delimiters.find(c) != std::string_view::npos;
  });
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> pieces;
  for (;;) {
    const std::size_t at = text.find(separator);
    pieces.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return pieces;
    text.remove_prefix(at + 1);
  }
}

/// `name[=value]` pieces between `separator`s, escapes normalised, lower-cased, sorted. A flag has the value "".
/// Nothing when a name is empty, or a value after `=` is (unless `empty_values`).
std::optional<Parameters> read_pairs(std::string_view text, char separator, bool empty_values) {
  Parameters pairs;
  for (const std::string_view piece : split(text, separator)) {
    const std::size_t equals = piece.find('=');
    const bool has_value = equals != std::string_view::npos;
    const std::optional<std::string> name = normalise_escapes(piece.substr(0, equals));
    const std::optional<std::string> value =
        normalise_escapes(has_value ? piece.substr(equals + 1) : std::string_view());
    if (!name || !value || name->empty() || (has_value && value->empty() && !empty_values)) return std::nullopt;
    // RFC 3261 section 7.3.1: values are case-insensitive, quoted strings and the user part of addresses are not.
    const bool sensitive = value->find("%22") != std::string::npos || value->find('@') != std::string::npos ||
                           value->find("%40") != std::string::npos;
    pairs.emplace_back(to_lower_ascii(*name), sensitive ? *value : to_lower_ascii(*value));
  }
  std::sort(pairs.begin(), pairs.end());
  return pairs;
}

bool has_repeated_name(const Parameters& sorted) {
  return std::adjacent_find(sorted.begin(), sorted.end(),
                            [](const auto& a, const auto& b) { return a.first == b.first; }) != sorted.end();
}

/// Number of a port without leading zeros; nothing when it is none.
std::optional<std::string> read_port(std::string_view text) {
  if (text.empty() || !std::all_of(text.begin(), text.end(), is_ascii_digit)) return std::nullopt;
  const std::size_t first = text.find_first_not_of('0');
  const std::string_view digits = first == std::string_view::npos ? "0" : text.substr(first);
  if (digits.size() > 5 || std::stoi(std::string(digits)) > 65535) return std::nullopt;
  return std::string(digits);
}

struct HostPort {
  std::string host;
  std::string text;  ///< with `:port` when there is one
};

std::optional<HostPort> read_host_port(std::string_view text) {
  std::size_t colon = text.find(':');
  if (text.starts_with('[')) {
    const std::size_t close = text.find(']');
    if (close == std::string_view::npos) return std::nullopt;
    if (close + 1 != text.size() && text[close + 1] != ':') return std::nullopt;
    colon = text.find(':', close);
  }
  const std::optional<std::string> host = normalise_host(text.substr(0, colon));
  if (!host) return std::nullopt;
  if (colon == std::string_view::npos) return HostPort{*host, *host};
  const std::optional<std::string> port = read_port(text.substr(colon + 1));
  if (!port) return std::nullopt;
  return HostPort{*host, *host + ":" + *port};
}

/// Puts each parameter where RFC 3261 section 19.1.4 wants it. user, ttl, method and maddr never match when only one
/// URI has them. A URI without `transport` does not match one that spells the default out (`sip:bob@biloxi.com` and
/// `sip:bob@biloxi.com;transport=udp` are an example there); any other transport is ignored when only one has it.
bool counts_when_in_one_only(std::string_view scheme, const std::pair<std::string, std::string>& parameter) {
  constexpr std::array<std::string_view, 4> always = {"maddr", "method", "ttl", "user"};
  if (parameter.first == "transport") return parameter.second == (scheme == "sips" ? "tcp" : "udp");
  return std::find(always.begin(), always.end(), parameter.first) != always.end();
}

/// `user[:password]@`, or "" when there is none; nothing when it is malformed.
std::optional<std::string> read_userinfo(std::string_view text) {
  if (text.empty() || text.front() == ':') return std::nullopt;
  std::optional<std::string> userinfo = normalise_escapes(text);
  if (userinfo) *userinfo += '@';
  return userinfo;
}

/// Sorts `;name=value...` into the core and the rest; false when it is malformed.
bool add_sip_parameters(Parts& parts, std::string_view scheme, std::string_view text) {
  const std::optional<Parameters> parameters = read_pairs(text, ';', false);
  if (!parameters || has_repeated_name(*parameters)) return false;
  for (const auto& parameter : *parameters) {
    if (counts_when_in_one_only(scheme, parameter)) {
      parts.core += ";" + parameter.first + "=" + parameter.second;
    } else {
      parts.others.push_back(parameter);
    }
  }
  return true;
}

bool add_sip_headers(Parts& parts, std::string_view text) {
  const std::optional<Parameters> headers = read_pairs(text, '&', true);
  if (!headers) return false;
  char lead = '?';
  for (const auto& [name, value] : *headers) {
    parts.core += lead + name + "=" + value;
    lead = '&';
  }
  return true;
}

/// sip and sips: RFC 3261 sections 19.1.1 and 19.1.4.
std::optional<Parts> read_sip(std::string_view scheme, std::string_view rest) {
  Parts parts;
  parts.core = std::string(scheme) + ":";
  if (const std::size_t at = rest.find('@'); at != std::string_view::npos) {
    const std::optional<std::string> userinfo = read_userinfo(rest.substr(0, at));
    if (!userinfo) return std::nullopt;
    parts.core += *userinfo;
    rest.remove_prefix(at + 1);
  }
  if (rest.find('@') != std::string_view::npos) return std::nullopt;
  const std::size_t question = rest.find('?');
  const std::string_view before_headers = rest.substr(0, question);
  const std::size_t semicolon = before_headers.find(';');
  const std::optional<HostPort> host_port = read_host_port(before_headers.substr(0, semicolon));
  if (!host_port) return std::nullopt;
  parts.core += host_port->text;
  parts.domain = host_port->host;
  const bool has_parameters = semicolon != std::string_view::npos;
  if (has_parameters && !add_sip_parameters(parts, scheme, before_headers.substr(semicolon + 1))) return std::nullopt;
  const bool has_headers = question != std::string_view::npos;
  if (has_headers && !add_sip_headers(parts, rest.substr(question + 1))) return std::nullopt;
  return parts;
}

/// Digits of a telephone number without visual separators, lower case; nothing when another character is among them, or
/// no digit at all.
std::optional<std::string> read_digits(std::string_view text, std::string_view allowed) {
  std::string digits;
  for (const char c : to_lower_ascii(text)) {
    if (std::string_view("-.()").find(c) != std::string_view::npos) continue;
    if (allowed.find(c) == std::string_view::npos) return std::nullopt;
    digits += c;
  }
  if (digits.empty()) return std::nullopt;
  return digits;
}

std::optional<std::string> read_global_number(std::string_view text) {
  if (!text.starts_with('+')) return std::nullopt;
  const std::optional<std::string> digits = read_digits(text.substr(1), "0123456789");
  if (!digits) return std::nullopt;
  return "+" + *digits;
}

/// RFC 3966 section 4: phone-context is a host name or a number, ext a number; other values as they are.
std::optional<std::string> read_tel_value(const std::string& name, const std::string& value) {
  if (name == "ext") return read_digits(value, "0123456789");
  if (name != "phone-context") return value;
  return value.starts_with('+') ? read_global_number(value) : normalise_host(value);
}

/// tel: RFC 3966 sections 3 and 4.
std::optional<Parts> read_tel(std::string_view rest) {
  const std::size_t semicolon = rest.find(';');
  const std::optional<std::string> subscriber = percent_decode(rest.substr(0, semicolon));
  if (!subscriber) return std::nullopt;
  const bool global = subscriber->starts_with('+');
  const std::optional<std::string> number =
      global ? read_global_number(*subscriber) : read_digits(*subscriber, "0123456789abcdef*#");
  Parameters parameters;
  if (semicolon != std::string_view::npos) {
    const std::optional<Parameters> read = read_pairs(rest.substr(semicolon + 1), ';', false);
    if (!read || has_repeated_name(*read)) return std::nullopt;
    parameters = *read;
  }
  bool has_context = false;
  Parts parts;
  if (!number) return std::nullopt;
  parts.core = "tel:" + *number;
  for (const auto& [name, value] : parameters) {
    const std::optional<std::string> canonical = read_tel_value(name, value);
    if (!canonical) return std::nullopt;
    has_context = has_context || name == "phone-context";
    parts.core += ";" + name + "=" + to_lower_ascii(*canonical);
  }
  // A local number names somebody only together with its context, and a global one has none.
  if (global == has_context) return std::nullopt;
  return parts;
}

/// pres, im, mailto (RFC 3859, 3860, 6068) and xmpp (RFC 5122, without an authority): `[local@]host[rest]`. Several
/// addresses, or none, are not taken apart.
std::optional<Parts> read_mailbox(std::string_view scheme, std::string_view rest) {
  const bool is_xmpp = scheme == "xmpp";
  const std::size_t end = rest.find_first_of(is_xmpp ? "/?#" : "?#");
  const std::string_view address = rest.substr(0, end);
  const std::string_view tail = end == std::string_view::npos ? std::string_view() : rest.substr(end);
  const std::size_t at = address.find('@');
  if (at == std::string_view::npos ? !is_xmpp : at == 0) return std::nullopt;
  Parts parts;
  parts.core = std::string(scheme) + ":";
  std::string_view host = address;
  if (at != std::string_view::npos) {
    const std::optional<std::string> local = normalise_escapes(address.substr(0, at));
    if (!local || local->find(',') != std::string::npos) return std::nullopt;
    parts.core += *local + "@";
    host.remove_prefix(at + 1);
  }
  parts.domain = normalise_host(host);
  const std::optional<std::string> normal_tail = scheme == "mailto" ? std::string(tail) : normalise_escapes(tail);
  if (!parts.domain || !normal_tail) return std::nullopt;
  parts.core += *parts.domain + *normal_tail;
  return parts;
}

/// The scheme in lower case, "" when the text has none (RFC 3986 section 3.1).
std::string scheme_of(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0 || !is_ascii_letter(text.front())) return "";
  const std::string_view scheme = text.substr(0, colon);
  const bool valid = std::all_of(scheme.begin(), scheme.end(), [](char c) {
    return is_ascii_letter(c) || is_ascii_digit(c) || c == '+' || c == '-' || c == '.';
  });
  return valid ? to_lower_ascii(scheme) : "";
}

std::optional<Parts> take_apart(std::string_view scheme, std::string_view text) {
  const std::string_view rest = text.substr(scheme.size() + 1);
  if (scheme.empty() || rest.empty()) return std::nullopt;
  const bool is_sip = scheme == "sip" || scheme == "sips";
  const bool is_mailbox = scheme == "pres" || scheme == "im" || scheme == "mailto" || scheme == "xmpp";
  if (!is_sip && !is_mailbox && scheme != "tel") return Parts{std::string(text), {}, std::nullopt};
  if (has_excluded_octet(text)) return std::nullopt;
  if (is_sip) return read_sip(scheme, rest);
  return is_mailbox ? read_mailbox(scheme, rest) : read_tel(rest);
}

}  // namespace

Uri parse(std::string_view text) {
  Uri uri;
  uri.text = std::string(trim_xml_space(text));
  uri.scheme = scheme_of(uri.text);
  std::optional<Parts> parts = uri.scheme.empty() ? std::nullopt : take_apart(uri.scheme, uri.text);
  if (!parts) {
    uri.core = "?" + uri.text;  // no scheme begins with `?`
    return uri;
  }
  uri.core = std::move(parts->core);
  uri.others = std::move(parts->others);
  uri.domain = std::move(parts->domain);
  return uri;
}

bool equivalent(const Uri& a, const Uri& b) {
  if (a.core != b.core) return false;
  // RFC 3261 section 19.1.4: any parameter that is in both must match; the rest is ignored. Both are sorted by name.
  auto left = a.others.begin();
  auto right = b.others.begin();
  while (left != a.others.end() && right != b.others.end()) {
    if (left->first == right->first) {
      if (left->second != right->second) return false;
      ++left;
      ++right;
    } else if (left->first < right->first) {
      ++left;
    } else {
      ++right;
    }
  }
  return true;
}

bool well_formed(std::string_view text) { return !parse(text).core.starts_with('?'); }

}  // namespace presproof::uri
