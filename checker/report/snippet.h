#pragma once

#include <string>

#include "base/source_span.h"
#include "diag/sources.h"
#include "report/report.h"

namespace presproof::report {

/// `file:line:column` (through diag::printable), or the file alone, or "" when the span is unknown.
[[nodiscard]] std::string place(const diag::Sources& sources, const SourceSpan& span);

/// Two lines: the source line and a caret under the span; windowed when long, made printable. Empty when the span is unknown.
[[nodiscard]] std::string snippet(const diag::Sources& sources, const SourceSpan& span, const TextStyle& style);

}  // namespace presproof::report
