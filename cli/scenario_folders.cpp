#include "scenario_folders.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>

#include "diag/error.h"
#include "inputs.h"

namespace presproof::cli {
namespace {

namespace fs = std::filesystem;

using diag::fail;

std::optional<std::vector<std::string>> files_of_earlier_run(const fs::path& folder) {
  std::ifstream in(folder / "scenario.json", std::ios::binary);
  if (!in) return std::nullopt;
  const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  return scenario::listed_files(text);
}

/// The files that are there of an earlier scenario; none when the folder is new or empty.
std::vector<std::string> checked_folder(const fs::path& folder) {
  std::error_code error;
  const fs::file_status status = fs::symlink_status(folder, error);
  if (!fs::exists(status)) return {};
  if (!fs::is_directory(status)) fail(fmt::format("cannot write the scenario `{}`: it is no folder", folder.string()));
  auto files = files_of_earlier_run(folder);
  if (files) return std::move(*files);
  const bool empty = fs::is_empty(folder, error);
  if (error) fail(fmt::format("cannot read the folder `{}`: {}", folder.string(), error.message()));
  if (empty) return {};
  fail(fmt::format("the folder `{}` holds something that is no scenario of presproof; it stays as it is",
                   folder.string()),
       "name another folder with `--scenario`, or empty this one");
}

void write_scenario(const fs::path& folder, const scenario::Scenario& scenario,
                    const std::vector<std::string>& earlier) {
  std::error_code error;
  for (const scenario::File& file : scenario.files) {
    const fs::path path = folder / file.path;
    fs::create_directories(path.parent_path(), error);
    if (error) fail(fmt::format("cannot make the folder `{}`: {}", path.parent_path().string(), error.message()));
    write_file(path.string(), file.text);
  }
  for (const std::string& path : earlier) {
    const bool written = std::any_of(scenario.files.begin(), scenario.files.end(),
                                     [&](const scenario::File& file) { return file.path == path; });
    if (!written && !fs::is_directory(fs::symlink_status(folder / path, error))) fs::remove(folder / path, error);
  }
  const fs::path second = folder / "second";
  if (fs::is_directory(second, error) && fs::is_empty(second, error)) fs::remove(second, error);
}

}  // namespace

void write_scenarios(const std::string& directory, const std::vector<scenario::Scenario>& scenarios) {
  std::vector<std::vector<std::string>> earlier;
  for (const scenario::Scenario& scenario : scenarios)
    earlier.push_back(checked_folder(fs::path(directory) / scenario.folder));
  for (std::size_t i = 0; i < scenarios.size(); ++i) {
    write_scenario(fs::path(directory) / scenarios[i].folder, scenarios[i], earlier[i]);
  }
}

}  // namespace presproof::cli
