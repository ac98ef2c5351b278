#pragma once

#include <functional>
#include <iosfwd>
#include <string>

#include "diag/diagnostic.h"
#include "diag/sources.h"

namespace CLI {
class App;
}

namespace presproof::cli {

/// The outside world of a command, so that tests can run one without a process.
struct Environment {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
};

/// What is common to all commands: the world, the texts and findings of the run, and the command that was chosen.
struct Run {
  Environment& environment;
  diag::Sources sources;
  diag::Sink sink;
  std::string color = "auto";  ///< auto, always or never
  bool no_progress = false;
  /// Set by the chosen command while the arguments are parsed; gives the exit status.
  std::function<int()> action;

  [[nodiscard]] bool color_out() const;
  [[nodiscard]] bool color_err() const;
};

// One per file in commands/: adds the command with its flags, and sets `run.action` when it is chosen. Options live in
// the command's own file.
void add_completion(CLI::App& app, Run& run);
void add_diff(CLI::App& app, Run& run);
void add_explain(CLI::App& app, Run& run);
void add_init(CLI::App& app, Run& run);
void add_leaks(CLI::App& app, Run& run);
void add_lint(CLI::App& app, Run& run);
void add_compare(CLI::App& app, Run& run);
void add_engines(CLI::App& app, Run& run);
void add_load(CLI::App& app, Run& run);
void add_prove(CLI::App& app, Run& run);
void add_simulate(CLI::App& app, Run& run);
void add_test(CLI::App& app, Run& run);

/// The whole program: parses, runs, turns exceptions into messages and exit statuses.
[[nodiscard]] int run_program(int argc, const char* const* argv, Environment& environment);

}  // namespace presproof::cli
