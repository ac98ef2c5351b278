#pragma once

#include <span>

#include "engine/profile.h"
#include "presence/document.h"

namespace presproof::engine {

/// What an engine makes of several published documents, the latest last. By the RFCs: presence::compose. The SER family (presence_xml, function
/// agregate_xmls): the latest, and behind it all parts of each earlier one, unless the first tuple of that has the id of a tuple that is there. Kaleo: the first. (How
/// RestComm's server does it was not read: as the RFCs.)
[[nodiscard]] presence::Document compose_by(const Profile& profile, std::span<const presence::Document> documents);

}  // namespace presproof::engine
