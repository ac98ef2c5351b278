#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/source_span.h"
#include "diag/sources.h"
#include "sip/header_value.h"
#include "uri/uri.h"

/// A SUBSCRIBE request (RFC 6665 section 3.1, RFC 3856) reduced to what tells who asks for whose presence: the
/// Request-URI and the header fields in which an identity is asserted or proved (RFC 5025 section 3.1.1).
namespace presproof::sip {

/// A P-Asserted-Identity value (RFC 3325 section 9.1).
struct AssertedIdentity {
  uri::Uri uri;
  SourceSpan span;
};

/// An Identity header field (RFC 8224 section 4, RFC 4474). Its signature is not read.
struct SignedIdentity {
  bool has_certificate = false;  ///< `info`, or RFC 4474's Identity-Info header field
  SourceSpan span;
};

/// An Authorization header field (RFC 3261 section 22.4).
struct Authorization {
  Credentials credentials;
  SourceSpan span;
};

struct Subscribe {
  std::string method;    ///< `SUBSCRIBE`
  uri::Uri request_uri;  ///< the presentity
  std::string event;     ///< the package, without parameters; empty when there is no Event header field
  std::optional<Via> top_via;
  std::optional<uri::Uri> from;
  std::vector<AssertedIdentity> asserted;
  std::vector<SignedIdentity> signatures;
  std::vector<Authorization> authorizations;
  bool asks_for_privacy = false;  ///< a Privacy header field (RFC 3323) other than `none`
  SourceSpan from_span;
};

/// Throws diag::InputError when the text is no well-formed SUBSCRIBE request, as far as it is read, or over 1 MiB.
/// Header fields that a SUBSCRIBE must have but that say nothing about identities may be missing.
[[nodiscard]] Subscribe read_subscribe(const diag::Sources& sources, std::uint32_t file);

}  // namespace presproof::sip
