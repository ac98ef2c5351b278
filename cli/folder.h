#pragma once

#include <functional>
#include <string>
#include <vector>

#include "diag/error.h"

namespace presproof::cli {

/// Whether the path is a folder; `-` never is.
[[nodiscard]] bool is_folder(const std::string& path);

/// The `*.xml` and `*.apxml` in the folder and below, sorted. Links to folders are not followed, so that the walk ends. `complain` is told of
/// each folder that cannot be read. Throws diag::InputError when there are none.
[[nodiscard]] std::vector<std::string> rule_sets_below(const std::string& folder, const std::function<void(const diag::Problem&)>& complain);

}  // namespace presproof::cli
