#pragma once

#include <string>
#include <vector>

#include "scenario/scenario.h"

namespace presproof::cli {

/// Writes each scenario into its folder in `directory`, every file atomically. A folder that an earlier run has written
/// is brought up to date: files that only the earlier scenario had go, files that are none of a scenario's stay. Throws
/// diag::InputError, before anything is written, when a folder holds something else, and when writing fails.
void write_scenarios(const std::string& directory, const std::vector<scenario::Scenario>& scenarios);

}  // namespace presproof::cli
