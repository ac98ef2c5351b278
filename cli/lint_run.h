#pragma once

#include "commands/command.h"
#include "lint_options.h"

namespace presproof::cli {

/// Lints all inputs, writes the report, and gives the exit status.
[[nodiscard]] int run_lint(Run& run, const LintOptions& options);

}  // namespace presproof::cli
