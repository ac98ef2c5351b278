#pragma once

#include <string>
#include <string_view>

#include "engine/profile.h"
#include "policy/request.h"

/// A watcher as the SUBSCRIBE request (RFC 3856, RFC 6665) by which a presence server would come to know it, and the
/// trust file that makes a server believe exactly that.
///
/// A sip or sips URI and a tel URI are asserted in P-Asserted-Identity (RFC 3325 section 9.1 allows one of each);
/// further sip URIs are addresses of record that Digest credentials are bound to; one URI of another kind with a domain
/// is a From that an Identity header field signs. The unauthenticated asks for privacy (RFC 3323).
namespace presproof::scenario {

struct Subscribe {
  std::string request;
  std::string trust;  ///< TOML, sip/trust.h
  /// Whether the request tells all of the watcher's identities: engine::identify has read both and found them. Two tel
  /// URIs, say, cannot be told.
  bool tells_watcher = false;
};

/// `name` makes Call-ID, branch and tag; a token of RFC 3261.
[[nodiscard]] Subscribe subscribe_of(const policy::Watcher& watcher, const engine::Profile& profile, std::string_view presentity, std::string_view name);

}  // namespace presproof::scenario
