#pragma once

#include <string>
#include <vector>

#include "commands/command.h"

/// Which files `lint` reads, and which of them apply together.
namespace presproof::cli {

/// Documents that apply together, by path; `-` is standard input.
using LintGroup = std::vector<std::string>;

struct LintInputs {
  std::vector<LintGroup> groups;
  bool unreadable = false;  ///< a path could not be read; told on stderr
};

/// Named files are one group; each rule set below a folder is one of its own.
[[nodiscard]] LintInputs find_lint_inputs(const Run& run, const std::vector<std::string>& paths);

}  // namespace presproof::cli
