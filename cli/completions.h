#pragma once

#include <string>
#include <vector>

#include "commands/command.h"

/// Completion scripts for shells, made from the option tables themselves, so that they cannot fall behind.
namespace presproof::cli {

/// What comes behind an option, or in the place of an argument.
enum class Takes : std::uint8_t { nothing, words, file, folder, output, free };

struct Completion {
  std::vector<std::string> names;  ///< `--property`, `-p`; none for an argument
  std::string description;
  Takes takes = Takes::nothing;
  /// All that may stand there; for an output, the formats that may stand before `=`.
  std::vector<std::string> words;
  bool repeatable = false;
};

struct CommandCompletion {
  std::string name;  ///< empty: the program itself
  std::string description;
  std::vector<Completion> options;
  Completion argument;
};

/// The program, then its commands in the order of the help. What an option takes is told by its type: FILE, DIR, `[FORMAT=]FILE`, CODE, ENGINE,
/// KEY=VALUE, or the words that its check admits.
[[nodiscard]] std::vector<CommandCompletion> completions_of(const CLI::App& app);

[[nodiscard]] std::string bash_completion(const std::vector<CommandCompletion>& commands);
[[nodiscard]] std::string zsh_completion(const std::vector<CommandCompletion>& commands);
[[nodiscard]] std::string fish_completion(const std::vector<CommandCompletion>& commands);

}  // namespace presproof::cli
