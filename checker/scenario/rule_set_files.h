#pragma once

#include <vector>

#include "diag/sources.h"
#include "policy/rule_set.h"
#include "scenario/file.h"

namespace presproof::scenario {

/// The documents of a policy as they were read, one file each, in their order. They have their base names; one that is
/// taken (by another document, or by a file that every scenario has), or that a command line would have to escape, has
/// another. A text that was UTF-16 is UTF-8 now and says so. Throws diag::InternalError when `sources` lacks a
/// document.
[[nodiscard]] std::vector<File> rule_set_files(const policy::Policy& policy, const diag::Sources& sources);

}  // namespace presproof::scenario
