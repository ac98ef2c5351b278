#pragma once

#include "engine/profile.h"
#include "sip/identity.h"

/// Whom a server takes for the watcher of a SUBSCRIBE (IdentitySource). By the RFCs that is sip::identify; others look at From, which anybody may write.
namespace presproof::engine {

/// Of IdentitySource::asserted the second identity is From, whose domain counts. An anonymous From (RFC 3323) is nobody's: the watcher is unauthenticated.
/// Throws diag::InputError where the server looks at From and there is none.
[[nodiscard]] sip::WatcherIdentity identify(const sip::Subscribe& request, const sip::Trust& trust, const Profile& profile);

}  // namespace presproof::engine
