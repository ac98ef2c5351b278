#include "sip/identity.h"

#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "base/lexical.h"
#include "diag/printable.h"

namespace presproof::sip {
namespace {

using diag::printable;

class Identification {
 public:
  Identification(const Subscribe& request, const Trust& trust) : request_(request), trust_(trust) {
    result_.method = request.method;
    result_.request_uri = request.request_uri;
    result_.event = request.event;
  }

  WatcherIdentity by_mechanisms() {
    by_p_asserted_identity();
    by_identity();
    by_digest();
    return std::move(result_);
  }

 private:
  template <class... Args>
  void explain(fmt::format_string<Args...> format, Args&&... args) {
    result_.explanation.push_back(fmt::format(format, std::forward<Args>(args)...));
  }

  [[nodiscard]] bool is_known(const uri::Uri& uri) const {
    return std::find(result_.identities.begin(), result_.identities.end(), uri) != result_.identities.end();
  }

  void believe(const uri::Uri& uri) {
    if (!is_known(uri)) result_.identities.push_back(uri);
  }

  /// RFC 3325: the neighbour that sent the request must be in the trust domain. It is the one of the topmost Via.
  void by_p_asserted_identity() {
    if (request_.asserted.empty()) return;
    if (!trust_.believes(Mechanism::p_asserted_identity)) {
      explain("`P-Asserted-Identity` is not believed: the trust file does not list `p-asserted-identity`");
    } else if (!request_.top_via) {
      explain("`P-Asserted-Identity` is not believed: no `Via` tells who sent the request");
    } else if (!trust_.asserters.contains(request_.top_via->host)) {
      explain("`P-Asserted-Identity` is not believed: `{}` of the topmost `Via` is not among the asserters",
              printable(request_.top_via->host));
    } else if (sent_from_elsewhere()) {
      explain("`P-Asserted-Identity` is not believed: `{}` of the topmost `Via` sent it from another address",
              printable(request_.top_via->host));
    } else {
      take_asserted();
    }
  }

  /// RFC 3261 section 18.2.1: `received` holds the address that a request came from when sent-by does not say so.
  [[nodiscard]] bool sent_from_elsewhere() const {
    const Via& via = *request_.top_via;
    const auto received = via.parameters.find("received");
    if (received == via.parameters.end()) return false;
    const bool is_address = via.host.starts_with('[') || via.host.find_first_not_of("0123456789.") == std::string::npos;
    if (!is_address) return false;  // a name: the server has resolved it
    const std::string& from = received->second;
    const bool bare_ipv6 = from.find(':') != std::string::npos && !from.starts_with('[');
    return uri::to_ascii_domain(bare_ipv6 ? "[" + from + "]" : from) != via.host;
  }

  /// RFC 3325 section 9.1: one sip, sips or tel URI, or two, one of each kind. RFC 5876: what is beyond that is
  /// ignored.
  void take_asserted() {
    std::set<bool> kinds;  // is it a telephone number
    for (const AssertedIdentity& asserted : request_.asserted) {
      const uri::Uri& uri = asserted.uri;
      const bool is_tel = uri.scheme == "tel";
      if ((!is_tel && uri.scheme != "sip" && uri.scheme != "sips") || !uri::well_formed(uri.text)) {
        explain("`P-Asserted-Identity: {}` is ignored: not a sip, sips or tel URI", printable(uri.text));
      } else if (!kinds.insert(is_tel).second) {
        explain("`P-Asserted-Identity: {}` is ignored: the second of its kind (RFC 3325 section 9.1)",
                printable(uri.text));
      } else if (is_anonymous(uri)) {
        explain("`P-Asserted-Identity: {}` is anonymous and gives no identity", printable(uri.text));
      } else {
        believe(uri);
        explain("`P-Asserted-Identity` asserted by `{}` gives `{}`", printable(request_.top_via->host),
                printable(uri.text));
      }
    }
  }

  /// RFC 8224: the signature covers From, so From is the identity.
  void by_identity() {
    if (request_.signatures.empty()) return;
    if (!trust_.believes(Mechanism::identity)) {
      explain("`Identity` is not believed: the trust file does not list `identity`");
    } else if (std::none_of(request_.signatures.begin(), request_.signatures.end(),
                            [](const SignedIdentity& signature) { return signature.has_certificate; })) {
      explain("`Identity` is not believed: it has no `info`, so nobody can have verified it");
    } else if (!request_.from || !uri::well_formed(request_.from->text)) {
      explain("`Identity` is not believed: there is no well-formed `From` that it could sign");
    } else if (is_anonymous(*request_.from)) {
      explain("`Identity` gives no identity: `From: {}` is anonymous", printable(request_.from->text));
    } else if (!request_.from->domain || !trust_.identity_domains.contains(*request_.from->domain)) {
      explain("`Identity` is not believed: the domain of `From: {}` is not among the identity domains",
              printable(request_.from->text));
    } else {
      believe(*request_.from);
      explain("`Identity`, taken as verified for domain `{}`, gives `{}`", printable(*request_.from->domain),
              printable(request_.from->text));
    }
  }

  void by_digest() {
    for (const Authorization& authorization : request_.authorizations) {
      if (!trust_.believes(Mechanism::digest)) {
        explain("`Authorization` is not believed: the trust file does not list `digest`");
      } else {
        take_digest(authorization.credentials);
      }
    }
  }

  /// RFC 5025 section 3.1.1.2: user name and realm are bound to an address of record by provisioning.
  void take_digest(const Credentials& credentials) {
    const auto value = [&](const char* name) {
      const auto found = credentials.parameters.find(name);
      return found == credentials.parameters.end() ? std::string() : found->second;
    };
    const std::string user = value("username");
    const std::string realm = value("realm");
    if (credentials.scheme != "digest") {
      explain("`Authorization` is not believed: its scheme is `{}`, not `Digest`", printable(credentials.scheme));
      return;
    }
    if (user.empty() || realm.empty() || value("response").empty()) {
      explain("`Authorization` is not believed: it lacks `username`, `realm` or `response`");
      return;
    }
    if (equal_ignoring_case(user, "anonymous")) {
      explain("`Authorization` of user `anonymous` gives no identity (RFC 5025 section 3.1.1.2)");
      return;
    }
    const auto users = trust_.digest.find(realm);
    const bool bound = users != trust_.digest.end() && users->second.contains(user);
    if (!bound) {
      explain("`Authorization` is not believed: no address of record is bound to user `{}` of realm `{}`",
              printable(user), printable(realm));
      return;
    }
    const uri::Uri& address = users->second.at(user);
    believe(address);
    explain("`Authorization`, taken as verified, gives `{}` for user `{}` of realm `{}`", printable(address.text),
            printable(user), printable(realm));
  }

  const Subscribe& request_;
  const Trust& trust_;
  WatcherIdentity result_;
};

}  // namespace

bool is_anonymous(const uri::Uri& uri) {
  return uri.domain == "anonymous.invalid" || to_lower_ascii(uri.core).starts_with(uri.scheme + ":anonymous@");
}

WatcherIdentity asserted_identities(const Subscribe& request, const Trust& trust) { return Identification(request, trust).by_mechanisms(); }

WatcherIdentity identify(const Subscribe& request, const Trust& trust) {
  WatcherIdentity found = asserted_identities(request, trust);
  const auto known = [&](const uri::Uri& uri) { return std::ranges::find(found.identities, uri) != found.identities.end(); };
  if (request.from && !known(*request.from)) found.explanation.push_back(fmt::format("`From: {}` alone is never believed", printable(request.from->text)));
  if (!found.authenticated()) {
    found.explanation.emplace_back("no believed identity: the watcher is unauthenticated (RFC 5025 section 3.1.1.1)");
  } else if (request.asks_for_privacy) {
    found.explanation.emplace_back("`Privacy` does not matter when an identity is asserted (RFC 5025 section 3.1.1.2)");
  }
  return found;
}

}  // namespace presproof::sip
