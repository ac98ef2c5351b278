#pragma once

#include <string_view>

#include "xml/scanner.h"

namespace presproof::xml {

/// The XML declaration (XML 1.0, production 23), when the text begins with one: version 1.x, an encoding that the
/// text is in (`encoding` is what the file was in: `UTF-8`, `UTF-16LE` or `UTF-16BE`), standalone yes or no.
[[nodiscard]] bool xml_declaration(Scanner& in, std::string_view encoding);

}  // namespace presproof::xml
