#include "lint_inputs.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "inputs.h"

namespace presproof::cli {
namespace {

[[noreturn]] void fail(std::string message, std::string hint) {
  throw diag::InputError(diag::Problem{.span = {}, .message = std::move(message), .hint = std::move(hint)});
}

/// The rule sets below a folder, sorted.
std::vector<std::string> rule_sets_in(const std::string& folder) {
  namespace fs = std::filesystem;
  std::vector<std::string> files;
  std::error_code error;
  for (auto entry = fs::recursive_directory_iterator(folder, error);
       !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    const auto extension = entry->path().extension();
    std::error_code no_file;
    if ((extension == ".xml" || extension == ".apxml") && entry->is_regular_file(no_file))
      files.push_back(entry->path().string());
  }
  if (error) fail(fmt::format("cannot read the folder `{}`: {}", folder, error.message()), "");
  if (files.empty()) fail(fmt::format("there is no `*.xml` and no `*.apxml` in `{}`", folder), "");
  std::ranges::sort(files);
  return files;
}

}  // namespace

LintInputs find_lint_inputs(const Run& run, const std::vector<std::string>& paths) {
  LintGroup named;
  LintInputs inputs;
  for (const auto& path : paths) {
    std::error_code ignored;
    if (path == "-" || !std::filesystem::is_directory(path, ignored)) {
      named.push_back(path);
      continue;
    }
    try {
      for (auto& file : rule_sets_in(path)) inputs.groups.push_back({std::move(file)});
    } catch (const diag::InputError& error) {
      print_problems(run, error.problems());
      inputs.unreadable = true;
    }
  }
  if (!named.empty()) inputs.groups.insert(inputs.groups.begin(), std::move(named));
  return inputs;
}

}  // namespace presproof::cli
