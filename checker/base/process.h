#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace presproof {

/// A program that has run to its end.
struct Ran {
  bool started = false;  ///< false: it could not be run, or there was no room for its input and output
  int status = 0;        ///< as waitpid gives it
  std::string out;
  std::string err;
};

/// Runs a program without a shell, and waits for it. Input and outputs are nameless temporary files, so that neither side can block on the other.
/// `more_environment` are `NAME=value` beside what there is.
[[nodiscard]] Ran run_process(const std::string& path, std::vector<std::string> arguments, const std::string& input = {},
                              const std::vector<std::string>& more_environment = {});

/// The first executable of that name in a folder of PATH; empty parts of it are not taken for the current folder.
[[nodiscard]] std::optional<std::string> find_on_path(std::string_view name);

}  // namespace presproof
