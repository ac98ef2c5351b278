#include "engine/identification.h"

#include <fmt/format.h>

#include "diag/error.h"
#include "diag/printable.h"

namespace presproof::engine {
namespace {

const uri::Uri& from_of(const sip::Subscribe& request, const Profile& profile) {
  if (!request.from) diag::fail(fmt::format("the request has no `From`, which `{}` knows the watcher by", profile.name), "add one, such as `From: <sip:bob@example.com>;tag=1`");
  return *request.from;
}

sip::WatcherIdentity by_from(sip::WatcherIdentity found, const sip::Subscribe& request, const Profile& profile) {
  const uri::Uri& from = from_of(request, profile);
  if (!sip::is_anonymous(from)) found.identities = {from};
  found.explanation.push_back(fmt::format("`{}` believes `From: {}`, which anybody may write", profile.name, diag::printable(from.text)));
  return found;
}

}  // namespace

sip::WatcherIdentity identify(const sip::Subscribe& request, const sip::Trust& trust, const Profile& profile) {
  sip::WatcherIdentity nobody = sip::asserted_identities(request, {});
  nobody.explanation.clear();
  switch (profile.parameters.identity) {
    case IdentitySource::authenticated: return sip::identify(request, trust);
    case IdentitySource::from: return by_from(std::move(nobody), request, profile);
    case IdentitySource::asserted_or_from: {
      if (request.asserted.empty()) return by_from(std::move(nobody), request, profile);
      nobody.identities = {request.asserted.front().uri};
      nobody.explanation.push_back(fmt::format("`{}` believes `P-Asserted-Identity: {}`, whoever sent it", profile.name, diag::printable(request.asserted.front().uri.text)));
      return nobody;
    }
    case IdentitySource::asserted: {
      sip::WatcherIdentity found = sip::asserted_identities(request, trust);
      if (!found.authenticated()) return by_from(std::move(found), request, profile);
      const uri::Uri& from = from_of(request, profile);
      found.identities = {found.identities.front()};
      if (from != found.identities.front()) found.identities.push_back(from);
      found.explanation.push_back(fmt::format("`{}` takes the domain of `From: {}`, which anybody may write", profile.name, diag::printable(from.text)));
      return found;
    }
  }
  return nobody;
}

}  // namespace presproof::engine
