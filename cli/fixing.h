#pragma once

#include <string>
#include <vector>

#include "commands/command.h"
#include "lint_inputs.h"
#include "rewriting.h"

/// `lint --fix`, `--fix-unsafe` and `--dry-run`: what groups were mended to is written when all are mended.
namespace presproof::cli {

/// Throws diag::InputError for a wish that cannot be met: `--dry-run` alone, in another format or with a baseline to
/// write, standard input that would be written.
void refuse_impossible_fixes(const LintOptions& options, const std::vector<Output>& outputs, const std::vector<LintGroup>& groups);
/// Throws diag::InputError when a file cannot be written; each is then whole.
void write_fixes(const Run& run, const std::vector<RewrittenFile>& files);
/// A unified diff of all files. For a terminal control characters are made printable.
[[nodiscard]] std::string diff_of_fixes(const Run& run, const std::vector<RewrittenFile>& files, bool for_terminal);

}  // namespace presproof::cli
