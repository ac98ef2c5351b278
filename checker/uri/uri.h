#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// URIs as identities of watchers, services and devices, and when two of them are the same (RFC 4745 section 7.1 and
/// 7.2, RFC 5025 section 3.1.1.2): same scheme always (sip and sips, sip and tel differ); sip and sips by RFC 3261
/// section 19.1.4; tel by RFC 3966 section 4; pres, im, mailto, xmpp: host case-insensitive and the rest exact after
/// unescaping what needs no escape; any other URI octet by octet.
///
/// Equivalence of sip URIs is not transitive: a parameter other than user, ttl, method, maddr and a transport that
/// spells the scheme's default out counts only when both URIs have it. So a URI has a `core`, which equivalent URIs
/// share to the letter (good for hashing), and `others`, compared pair by pair.
namespace presproof::uri {

struct Uri {
  std::string text;    ///< as written, trimmed
  std::string scheme;  ///< lower case; empty when the text has none
  std::string core;    ///< equal cores are necessary for equivalence, and enough when either has no `others`
  std::vector<std::pair<std::string, std::string>> others;  ///< sip: remaining parameters, normalised, sorted by name
  std::optional<std::string> domain;  ///< ToASCII, lower case; sip, sips, pres, im, mailto, xmpp with a valid host only

  friend bool operator==(const Uri& a, const Uri& b) { return a.text == b.text; }
  friend auto operator<=>(const Uri& a, const Uri& b) { return a.text <=> b.text; }
};

/// Never fails: what cannot be taken apart compares octet by octet.
[[nodiscard]] Uri parse(std::string_view text);

[[nodiscard]] bool equivalent(const Uri& a, const Uri& b);

/// Whether the text is a URI of a known scheme that can be taken apart, or any other text with a scheme.
[[nodiscard]] bool well_formed(std::string_view text);

/// A domain after percent-decoding and IDNA ToASCII (RFC 3490, by libidn2), lower-cased; nothing when the conversion
/// fails. An IPv4 address or a bracketed IPv6 literal is its own text. A trailing dot stays and makes another domain.
[[nodiscard]] std::optional<std::string> to_ascii_domain(std::string_view domain);

}  // namespace presproof::uri
