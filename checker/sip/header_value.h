#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The values of the SIP header fields that tell who asks (RFC 3261 section 25.1). Every function gives nothing when
/// the text does not have the form.
namespace presproof::sip {

/// Names in lower case; quotes and backslashes of values are taken off; a flag has the value "". A name twice: no such
/// form.
using Parameters = std::map<std::string, std::string>;

[[nodiscard]] bool is_token(std::string_view text);

/// The pieces between `separator`s that stand outside of quoted strings and angle brackets, trimmed. Nothing when a
/// quote or a bracket is left open.
[[nodiscard]] std::optional<std::vector<std::string_view>> split_outside_quotes(std::string_view text, char separator);

/// `Via: SIP/2.0/UDP host:port;received=...`
struct Via {
  std::string host;  ///< of sent-by, as uri::to_ascii_domain writes it
  Parameters parameters;
};
[[nodiscard]] std::optional<Via> read_via(std::string_view value);

/// `"Display" <sip:bob@example.com>;tag=1` or `sip:bob@example.com;tag=1`: the URI. Without angle brackets parameters
/// belong to the header field, not to the URI (RFC 3261 section 20.10).
[[nodiscard]] std::optional<std::string> read_address(std::string_view value);

/// `Digest username="ali",realm="example.com",...`
struct Credentials {
  std::string scheme;  ///< lower case
  Parameters parameters;
};
[[nodiscard]] std::optional<Credentials> read_credentials(std::string_view value);

/// `token;name=value;...`, as in Event and Identity. `info=<https://...>` keeps its angle brackets off.
struct Parametrised {
  std::string value;
  Parameters parameters;
};
[[nodiscard]] std::optional<Parametrised> read_parametrised(std::string_view value);

}  // namespace presproof::sip
