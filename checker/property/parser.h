#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diag/sources.h"
#include "property/property.h"
#include "xml/document.h"

namespace presproof::property {

/// Reads a file named in a property file (`list "family.xml"`), relative to the property file `beside` (as messages
/// name it; empty for a property given as text: relative to the working directory), into `sources`. Throws
/// diag::InputError when it cannot be read.
using FileLoader = std::function<std::uint32_t(std::string_view path, std::string_view beside)>;

/// Parses property files and then properties given as text (`-p`), in order, as if they were one text: a later one sees
/// the groups, persons, regions and the civic resolution of those before. An empty file has no properties. Throws
/// diag::InputError with every problem found: line, column, what was expected, the nearest known word.
[[nodiscard]] Properties parse(diag::Sources& sources, const std::vector<std::uint32_t>& files,
                               const std::vector<std::string>& texts, const FileLoader& load,
                               const xml::Limits& limits);

}  // namespace presproof::property
