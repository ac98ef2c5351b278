#pragma once

#include <string>
#include <vector>

#include "diag/sources.h"
#include "property/property.h"
#include "xml/document.h"

namespace presproof::cli {

/// Reads property files into `sources`, and the lists that they name, relative to the file that names them. Throws diag::InputError.
[[nodiscard]] property::Properties read_properties(diag::Sources& sources, const std::vector<std::string>& paths, const xml::Limits& limits);

}  // namespace presproof::cli
