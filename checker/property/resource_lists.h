#pragma once

#include <cstdint>
#include <vector>

#include "diag/error.h"
#include "diag/sources.h"
#include "uri/uri.h"
#include "xml/document.h"

namespace presproof::property {

/// The members of a resource list (RFC 4826 section 3): every <entry> of every <list> in the document, nested lists and
/// entry references to entries of the same document included; a list's own members come before those of the lists
/// nested in it.
///
/// Members that cannot be known are never left out in silence: an <external> list, a reference to something else than
/// one entry of this document, and content that RFC 4826 does not allow are problems. A document does not say where its
/// server keeps it, so a reference is taken to mean this document when its steps lead to an entry here; references that
/// name two different documents cannot both.
[[nodiscard]] std::vector<uri::Uri> read_resource_lists(diag::Sources& sources, std::uint32_t file,
                                                        const xml::Limits& limits,
                                                        std::vector<diag::Problem>& problems);

}  // namespace presproof::property
