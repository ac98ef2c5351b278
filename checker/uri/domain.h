#pragma once

#include <optional>
#include <string>
#include <string_view>

/// Hosts of URIs (RFC 3261 section 25.1, RFC 3986 section 3.2.2) in the one spelling that compares octet by octet.
namespace presproof::uri {

/// A host name, an IPv4 address or a bracketed IPv6 literal, with percent-escapes, IDNA and letter case taken out and
/// IPv6 in the form of RFC 5952. Nothing when it is none of these.
///
/// A trailing dot stays: `example.com.` is another spelling than `example.com` and equals it nowhere, since RFC 3261
/// and RFC 4745 compare names and do not resolve them.
[[nodiscard]] std::optional<std::string> normalise_host(std::string_view host);

}  // namespace presproof::uri
