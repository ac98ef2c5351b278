#pragma once

#include <string>
#include <vector>

#include "commands/command.h"
#include "lint_options.h"

/// Which files `lint` reads, and which of them apply together.
namespace presproof::cli {

/// Documents that apply together, by path; `-` is standard input.
using LintGroup = std::vector<std::string>;

struct LintInputs {
  std::vector<LintGroup> groups;
  bool unreadable = false;  ///< a path could not be read; told on stderr
};

/// Named files are one group (with --separately: each one); each rule set below a folder, of a pattern or of a list is
/// one of its own, once. Throws diag::InputError when standard input is wanted as a list and as a rule set.
[[nodiscard]] LintInputs find_lint_inputs(const Run& run, const LintOptions& options);

}  // namespace presproof::cli
