#pragma once

#include <string>

#include "report/decision_json.h"
#include "report/report.h"

/// What `lint --fix` mended, and what not.
namespace presproof::report {

/// [{"code", "name", "file", "line", "column", "rule", "message", "kind", "losses", "gains"}]; places are those before all fixes.
[[nodiscard]] Json fixed_json(const Lint& lint);
/// The same with "reason" instead of the last three.
[[nodiscard]] Json not_fixed_json(const Lint& lint);

/// A line for each: `file:line:column: fixed PP302 name: message`; below it what that changes for whom, and of refused ones why.
[[nodiscard]] std::string fixes_text(const Lint& lint);

}  // namespace presproof::report
