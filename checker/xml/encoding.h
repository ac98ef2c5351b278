#pragma once

#include <cstdint>

#include "diag/diagnostic.h"
#include "diag/sources.h"

namespace presproof::xml {

/// Makes the text of `file` UTF-8 without a byte order mark, as XML 1.0 appendix F detects encodings: by the mark,
/// or by how `<` is written at the beginning. Notes UTF-16 in `sources`. Columns and offsets count from behind the
/// mark. On failure reports `unsupported_encoding` (UTF-32) or `not_well_formed` (lone surrogates, half a code
/// unit) and gives false.
[[nodiscard]] bool make_utf8(diag::Sources& sources, std::uint32_t file, diag::Sink& sink);

}  // namespace presproof::xml
