#include "uri/domain.h"

#include <arpa/inet.h>
#include <idn2.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>

#include "base/lexical.h"
#include "uri/escape.h"
#include "uri/uri.h"

namespace presproof::uri {
namespace {

constexpr std::size_t kMaxLabel = 63;    // RFC 1035 section 2.3.4
constexpr std::size_t kMaxDomain = 253;  // 255 octets on the wire, less the first length octet and the root

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Letters, digits and hyphens; the underscore too, which is no host name but lives in private networks.
bool is_label(std::string_view label) {
  return !label.empty() && label.size() <= kMaxLabel && label.front() != '-' && label.back() != '-' &&
         std::all_of(label.begin(), label.end(),
                     [](char c) { return is_ascii_letter(c) || is_ascii_digit(c) || c == '-' || c == '_'; });
}

bool is_ipv4(const std::string& text) {
  in_addr address{};
  return inet_pton(AF_INET, text.c_str(), &address) == 1;
}

/// No label is empty, except the last one of a name with a trailing dot.
bool is_ascii_domain(std::string_view domain) {
  if (domain.ends_with('.')) domain.remove_suffix(1);
  if (domain.empty() || domain.size() > kMaxDomain) return false;
  std::string_view rest = domain;
  for (;;) {
    const std::size_t dot = rest.find('.');
    const std::string_view label = rest.substr(0, dot);
    if (!is_label(label)) return false;
    if (dot == std::string_view::npos) {
      // RFC 3261 section 25.1: a top label of digits alone is part of an IPv4 address, or of nothing.
      return !std::all_of(label.begin(), label.end(), is_ascii_digit) || is_ipv4(std::string(domain));
    }
    rest.remove_prefix(dot + 1);
  }
}

/// RFC 3490 ToASCII label by label, by libidn2. Where IDNA2003 and IDNA2008 differ (sharp s, final sigma, joiners)
/// the older mapping holds, as RFC 4745 section 7.1.3 names RFC 3490: a server that follows it takes `faß` for `fass`.
std::optional<std::string> idna_to_ascii(const std::string& utf8) {
  char* converted = nullptr;
  if (idn2_to_ascii_8z(utf8.c_str(), &converted, IDN2_TRANSITIONAL | IDN2_ALLOW_UNASSIGNED) != IDN2_OK) {
    return std::nullopt;
  }
  const std::unique_ptr<char, decltype(&idn2_free)> owner(converted, &idn2_free);
  return to_lower_ascii(converted);
}

std::optional<std::string> normalise_ipv6(std::string_view bracketed) {
  const std::string inner(bracketed.substr(1, bracketed.size() - 2));
  in6_addr address{};
  if (inet_pton(AF_INET6, inner.c_str(), &address) != 1) return std::nullopt;
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (inet_ntop(AF_INET6, &address, text.data(), text.size()) == nullptr) return std::nullopt;
  return "[" + std::string(text.data()) + "]";
}

}  // namespace

std::optional<std::string> normalise_host(std::string_view host) {
  std::optional<std::string> decoded = percent_decode(host);
  // A NUL would cut the name short in the C functions below.
  if (!decoded || decoded->find('\0') != std::string::npos) return std::nullopt;
  if (decoded->starts_with('[') && decoded->ends_with(']')) return normalise_ipv6(*decoded);
  std::string ascii;
  if (is_ascii(*decoded)) {
    ascii = to_lower_ascii(*decoded);
  } else {
    const bool rooted = decoded->ends_with('.');
    if (rooted) decoded->pop_back();
    const std::optional<std::string> converted = idna_to_ascii(*decoded);
    if (!converted) return std::nullopt;
    ascii = *converted + (rooted ? "." : "");
  }
  if (!is_ascii_domain(ascii)) return std::nullopt;
  return ascii;
}

std::optional<std::string> to_ascii_domain(std::string_view domain) { return normalise_host(trim_xml_space(domain)); }

}  // namespace presproof::uri
