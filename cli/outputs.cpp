#include "outputs.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <ostream>
#include <set>

#include "diag/error.h"
#include "rewriting.h"

namespace presproof::cli {
namespace {

using diag::fail;

std::string system_error() { return std::strerror(errno); }

/// The formats of all commands: a word of these before `=` is never meant as a part of a file's name.
constexpr std::array<std::string_view, 8> kAllFormats = {"text", "json", "jsonl", "sarif", "junit", "github", "html", "markdown"};

/// `FILE` or `FORMAT=FILE`.
Output read_output(const OutputOptions& options, const std::string& word) {
  const auto equals = word.find('=');
  const auto format = word.substr(0, equals);
  if (equals == std::string::npos || std::ranges::find(kAllFormats, format) == kAllFormats.end()) {
    return {.format = options.format, .file = word == "-" ? "" : word};
  }
  if (std::ranges::find(options.formats, format) == options.formats.end()) {
    fail(fmt::format("`--output {}`: this command has no format `{}`", word, format),
         fmt::format("its formats are {}; a file of that name is `./{}`", fmt::join(options.formats, ", "), word));
  }
  const auto file = word.substr(equals + 1);
  if (file.empty()) fail(fmt::format("`--output {}` names no file", word), fmt::format("write `{}=FILE`", format));
  return {.format = format, .file = file == "-" ? "" : file};
}

/// The same for two names of one file; nothing for what takes any number of results, such as a device.
std::optional<std::string> file_behind(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode)) return std::nullopt;
  std::error_code error;
  const auto real = std::filesystem::weakly_canonical(std::filesystem::absolute(path, error), error);
  return error ? path : real.string();
}

void refuse_collisions(const std::vector<Output>& outputs) {
  std::set<std::string> seen;
  bool printed = false;
  for (const Output& output : outputs) {
    if (output.on_stdout() && printed) fail("two results would go to standard output", "name a file for one of them");
    printed = printed || output.on_stdout();
    if (output.on_stdout()) continue;
    const auto file = file_behind(output.file);
    if (file && !seen.insert(*file).second) {
      fail(fmt::format("two results would go into `{}`", output.file), "name another file for one of them");
    }
  }
}

}  // namespace

void add_output_options(CLI::App& app, OutputOptions& options, const std::vector<std::string>& formats) {
  options.format = formats.front();
  options.formats = formats;
  app.add_option("--format", options.format, "How to print the result")->check(CLI::IsMember(formats))->capture_default_str();
  app.add_option("--output", options.outputs,
                 "Write the result to this file, atomically, instead of standard output; FORMAT=FILE: in that format, as well (repeatable)")
      ->type_name("[FORMAT=]FILE")
      ->allow_extra_args(false);
}

std::vector<Output> chosen_outputs(const OutputOptions& options) {
  std::vector<Output> outputs;
  bool taken = false;
  for (const std::string& word : options.outputs) {
    outputs.push_back(read_output(options, word));
    taken = taken || outputs.back().on_stdout() || outputs.back().file == word;
  }
  if (!taken) outputs.push_back({.format = options.format, .file = ""});
  refuse_collisions(outputs);
  return outputs;
}

bool prints_text(const std::vector<Output>& outputs) {
  return std::ranges::any_of(outputs, [](const Output& output) { return output.on_stdout() && output.format == "text"; });
}

report::TextStyle style_of(const Run& run, const Output& output) { return {.color = output.on_stdout() && run.color_out()}; }

void write_file(const std::string& path, const std::string& text) {
  struct stat status {};
  const bool special = ::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode);
  if (!special) return Replacement(path, text).put_in_place();
  if (S_ISDIR(status.st_mode)) fail(fmt::format("cannot write `{}`: it is a directory", path));
  std::ofstream out(path, std::ios::binary);
  if (!(out << text << std::flush)) fail(fmt::format("cannot write `{}`: {}", path, system_error()));
}

void write_outputs(const Run& run, const std::vector<Output>& outputs, const std::vector<std::string>& results) {
  for (std::size_t i = 0; i < outputs.size(); ++i)
    if (!outputs[i].on_stdout()) write_file(outputs[i].file, results.at(i));
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    if (!outputs[i].on_stdout()) continue;
    run.environment.out << results.at(i) << std::flush;
    if (!run.environment.out) fail("cannot write to standard output");
  }
}

}  // namespace presproof::cli
