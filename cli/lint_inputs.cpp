#include "lint_inputs.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "folder.h"
#include "glob.h"
#include "inputs.h"

namespace presproof::cli {
namespace {

namespace fs = std::filesystem;

using diag::fail;

class Finder {
 public:
  Finder(const Run& run, const LintOptions& options) : run_(run), options_(options) {}

  LintInputs find() {
    for (const auto& path : options_.paths) or_unreadable([&] { add_named(path); });
    if (options_.files_from) or_unreadable([&] { add_listed(*options_.files_from); });
    if (!named_.empty()) inputs_.groups.insert(inputs_.groups.begin(), std::move(named_));
    return std::move(inputs_);
  }

 private:
  void add_named(const std::string& path) {
    std::error_code error;
    if (is_folder(path)) {
      add_folder(path);
    } else if (path != "-" && is_glob(path) && !fs::exists(path, error)) {
      const auto files = glob_files(path);
      if (files.empty()) fail(fmt::format("no file matches `{}`", path), "");
      for (const auto& file : files) add_alone(file);
    } else if (options_.separately) {
      add_alone(path);
    } else {
      named_.push_back(path);
    }
  }

  void add_alone(const std::string& path) {
    if (seen_.insert(path).second) inputs_.groups.push_back({path});
  }

  /// Its rule sets, sorted. Links to folders are not followed, so that the walk ends.
  void add_folder(const std::string& folder) {
    const auto files = rule_sets_below(folder, [&](const diag::Problem& problem) { complain(problem); });
    for (const auto& file : files) add_alone(file);
  }

  /// One path a line, or up to each NUL; taken as it is, without patterns.
  void add_listed(const std::string& list) {
    const bool from_input = list == "-";
    if (from_input && std::ranges::find(options_.paths, "-") != options_.paths.end())
      fail("standard input cannot be both a rule set and the list of files", "write the list to a file");
    const auto text = from_input ? read_standard_input(run_, options_.limits.bytes) : read_file(list, options_.limits.bytes);
    const char separator = options_.null_separated ? '\0' : '\n';
    for (std::size_t at = 0; at < text.size();) {
      const auto end = std::min(text.find(separator, at), text.size());
      auto path = text.substr(at, end - at);
      at = end + 1;
      if (!options_.null_separated && path.ends_with('\r')) path.pop_back();
      if (path.empty()) continue;
      if (path.find('\0') != std::string::npos)
        fail(fmt::format("a path in `{}` has a NUL character", list), "with `--null`, paths end with one");
      if (from_input && path == "-") fail("the list of files names standard input, from which it comes", "");
      or_unreadable([&] { is_folder(path) ? add_folder(path) : add_alone(path); });
    }
  }

  void complain(const diag::Problem& problem) {
    print_problems(run_, {problem});
    inputs_.unreadable = true;
  }
  /// A path that cannot be read is told on stderr, and the others are still checked.
  template <class Work>
  void or_unreadable(Work work) {
    try {
      work();
    } catch (const diag::InputError& error) {
      for (const auto& problem : error.problems()) complain(problem);
    }
  }

  const Run& run_;
  const LintOptions& options_;
  LintGroup named_;
  std::set<std::string> seen_;
  LintInputs inputs_;
};

}  // namespace

LintInputs find_lint_inputs(const Run& run, const LintOptions& options) { return Finder(run, options).find(); }

}  // namespace presproof::cli
