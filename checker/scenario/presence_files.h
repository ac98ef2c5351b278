#pragma once

#include <vector>

#include "presence/document.h"
#include "scenario/file.h"

namespace presproof::scenario {

/// The document as `presence.xml`. Where an id occurs twice, which one document must not have, the later component goes
/// into `presence-2.xml` or the first one where its id is free: documents that several sources publish of one
/// presentity. Composed (presence::compose) they have the same parts.
[[nodiscard]] std::vector<File> presence_files(const presence::Document& document);

/// The documents in the files, in their order.
[[nodiscard]] std::vector<presence::Document> read_presence_files(const std::vector<File>& files);

}  // namespace presproof::scenario
