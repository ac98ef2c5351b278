#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/source_span.h"
#include "diag/sources.h"

/// The lines of a SIP request (RFC 3261 sections 7 and 25): request line and header fields, unfolded and named in
/// full. Line breaks are CRLF or LF; what follows the first empty line is the body and is not read.
namespace presproof::sip {

/// One header field. A field that appears on several lines is several of these, in order.
struct Header {
  std::string name;   ///< lower case, the long form of a compact one
  std::string value;  ///< each fold one space, white space at both ends cut off
  SourceSpan span;    ///< of the name
};

struct Message {
  std::string method;  ///< as written: methods are case-sensitive
  std::string request_uri;
  SourceSpan method_span;
  SourceSpan request_uri_span;
  std::vector<Header> headers;
};

/// A request is read from a text of at most 1 MiB.
inline constexpr std::size_t kMaxRequestBytes = std::size_t{1} << 20U;

/// Throws diag::InputError when the text is no SIP request or over the limit.
[[nodiscard]] Message read_message(const diag::Sources& sources, std::uint32_t file);

}  // namespace presproof::sip
