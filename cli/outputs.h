#pragma once

#include <string>
#include <vector>

#include "commands/command.h"
#include "report/report.h"

/// Where results go, and in which formats: one mechanism for all commands.
///
/// `--format` is for standard output. `--output FILE` sends that to a file instead; `--output FORMAT=FILE` writes one more result, in a format of
/// its own. `-` is standard output.
namespace presproof::cli {

/// As given on the command line.
struct OutputOptions {
  std::string format;
  std::vector<std::string> outputs;  ///< `FILE` or `FORMAT=FILE`
  std::vector<std::string> formats;  ///< the words of the command, the default first
};
void add_output_options(CLI::App& app, OutputOptions& options, const std::vector<std::string>& formats);

/// One result that is wanted.
struct Output {
  std::string format;
  std::string file;  ///< empty: standard output
  [[nodiscard]] bool on_stdout() const { return file.empty(); }
};

/// One at least. Throws diag::InputError when two would go to one place, and for a format that the command lacks.
[[nodiscard]] std::vector<Output> chosen_outputs(const OutputOptions& options);
/// Whether a person reads the result on standard output.
[[nodiscard]] bool prints_text(const std::vector<Output>& outputs);
[[nodiscard]] report::TextStyle style_of(const Run& run, const Output& output);

/// Writes a file atomically: the old one stays whole until the new one is. Pipes and devices cannot be replaced and are
/// written to as they are. Throws diag::InputError when that fails.
void write_file(const std::string& path, const std::string& text);

/// The result of each output: files first, each as write_file does. Throws diag::InputError when that fails.
void write_outputs(const Run& run, const std::vector<Output>& outputs, const std::vector<std::string>& results);

/// The same with a function that renders an output's result.
template <class Render>
void write_rendered(const Run& run, const std::vector<Output>& outputs, Render render) {
  std::vector<std::string> results;
  for (const Output& output : outputs) results.push_back(render(output));
  write_outputs(run, outputs, results);
}

}  // namespace presproof::cli
