#pragma once

#include <string>
#include <vector>

#include "sip/request.h"
#include "sip/trust.h"
#include "uri/uri.h"

/// Who the watcher is (RFC 5025 section 3.1.1.2): every URI that a believed mechanism asserts for the request. The From
/// header field alone is never believed; a watcher without a believed identity is unauthenticated.
///
/// No cryptography happens here. A digest response and an Identity signature are taken as verified by the server when
/// the trust description lists their mechanism: the question answered is "whom do the rules see once they are".
namespace presproof::sip {

struct WatcherIdentity {
  std::string method;
  uri::Uri request_uri;  ///< the presentity
  std::string event;
  std::vector<uri::Uri>
      identities;  ///< in the order of the mechanisms in Trust, each text once; empty: unauthenticated
  std::vector<std::string> explanation;  ///< which header field gave which identity, or why it was not believed

  [[nodiscard]] bool authenticated() const { return !identities.empty(); }
};

[[nodiscard]] WatcherIdentity identify(const Subscribe& request, const Trust& trust = {});

/// The same, without a word on From and on who is unauthenticated: of servers that make their own choice of it.
[[nodiscard]] WatcherIdentity asserted_identities(const Subscribe& request, const Trust& trust);

/// RFC 3323 section 4.1.1.3: `anonymous@anonymous.invalid`; RFC 8224 section 11 also knows `anonymous` at the user's
/// own domain. Neither says who it is.
[[nodiscard]] bool is_anonymous(const uri::Uri& uri);

}  // namespace presproof::sip
