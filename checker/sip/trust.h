#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "diag/sources.h"
#include "uri/uri.h"

/// Whom a presence server believes when somebody says who the watcher is (RFC 5025 section 3.1.1.1), as a TOML file:
///
///     mechanisms = ["p-asserted-identity", "identity", "digest"]
///     asserters = ["proxy.example.com"]       # hosts whose P-Asserted-Identity counts (RFC 3325: the trust domain)
///     identity_domains = ["example.net"]      # domains whose Identity signatures the server has verified (RFC 8224)
///
///     [digest."example.com"]                  # realm: user names and the address of record each is bound to
///     ali = "sip:alice@example.com"
///
/// Every key may be missing; a mechanism that is not listed is not believed. The default trusts nobody.
namespace presproof::sip {

enum class Mechanism : std::uint8_t { p_asserted_identity, identity, digest };
[[nodiscard]] std::string_view to_string(Mechanism mechanism);

struct Trust {
  std::set<Mechanism> mechanisms;
  std::set<std::string> asserters;                                ///< as uri::to_ascii_domain writes them
  std::set<std::string> identity_domains;                         ///< likewise
  std::map<std::string, std::map<std::string, uri::Uri>> digest;  ///< realm, user name, address of record

  [[nodiscard]] bool believes(Mechanism mechanism) const { return mechanisms.contains(mechanism); }
};

/// Throws diag::InputError with everything that is wrong in the file: TOML that does not parse, unknown keys and
/// mechanisms, values of another type, hosts and URIs that are none.
[[nodiscard]] Trust read_trust(const diag::Sources& sources, std::uint32_t file);

}  // namespace presproof::sip
