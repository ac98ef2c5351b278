#pragma once

#include <vector>

#include "leaks/asker.h"
#include "leaks/leaks.h"

/// One function for each kind (or two) of leak; each adds what it finds.
namespace presproof::leaks {

/// Whom rules single out (by identity or domain) sees 403 where a stranger does not, where it does not in another state, or because a rule says
/// `block` of it. Default deny alone singles out nobody.
void find_blocked(Asker& asker, std::vector<Leak>& leaks);
/// A watcher sees that nobody has decided yet: 202 Accepted, or, where a server answers 200 OK (RFC 6665 section 8.3.1), the word `pending`.
void find_pending(Asker& asker, std::vector<Leak>& leaks);
/// RFC 5025 section 3.2.1 wants polite-block to look like a presentity that is not available. It shows one closed tuple with an id of the server's;
/// what a watcher sees when it is allowed and the presentity is truly offline has the tuples, persons, devices and notes that are published.
void find_fingerprints(Asker& asker, std::vector<Leak>& leaks);
/// What changes with sphere, time or place tells the sphere, that a window is on, or the place.
void find_inferences(Asker& asker, std::vector<Leak>& leaks);
/// Any answer but 404 Not Found (RFC 3261 section 21.4.5) tells a stranger that the presentity exists.
void find_existence(Asker& asker, std::vector<Leak>& leaks);

/// Of two answers: the code where it differs.
[[nodiscard]] Channel response_channel(const Case& found);
/// The leak that a case is, but for severity and words.
[[nodiscard]] Leak leak_of(Kind kind, std::string_view secret, Channel channel, const Asker& asker, const Case& found);

}  // namespace presproof::leaks
