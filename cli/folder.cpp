#include "folder.h"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

namespace presproof::cli {
namespace fs = std::filesystem;

bool is_folder(const std::string& path) {
  std::error_code error;
  return path != "-" && fs::is_directory(path, error);
}

std::vector<std::string> rule_sets_below(const std::string& folder, const std::function<void(const diag::Problem&)>& complain) {
  std::vector<std::string> files;
  std::vector<fs::path> folders = {folder};
  while (!folders.empty()) {
    const fs::path at = std::move(folders.back());
    folders.pop_back();
    std::error_code error;
    for (auto entry = fs::directory_iterator(at, error); !error && entry != fs::directory_iterator(); entry.increment(error)) {
      std::error_code ignored;
      const auto extension = entry->path().extension();
      if (entry->is_directory(ignored) && !entry->is_symlink(ignored)) {
        folders.push_back(entry->path());
      } else if ((extension == ".xml" || extension == ".apxml") && entry->is_regular_file(ignored)) {
        files.push_back(entry->path().string());
      }
    }
    if (error) complain({{}, fmt::format("cannot read the folder `{}`: {}", at.string(), error.message()), {}});
  }
  if (files.empty()) diag::fail(fmt::format("there is no `*.xml` and no `*.apxml` in `{}`", folder));
  std::ranges::sort(files);
  return files;
}

}  // namespace presproof::cli
