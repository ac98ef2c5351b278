#include "lint_configs.h"

#include <filesystem>

#include "inputs.h"
#include "lint_properties.h"

namespace presproof::cli {
namespace {

namespace fs = std::filesystem;

/// As seen from the working folder when that is shorter.
std::string shown_path(const fs::path& path) {
  std::error_code error;
  const auto near = path.lexically_relative(fs::current_path(error)).string();
  return near.empty() || near.starts_with("..") ? path.string() : near;
}

}  // namespace

std::string LintConfigs::config_of(const std::string& folder) const {
  if (options_.no_config) return {};
  if (options_.config) return *options_.config;
  const auto found = find_config(folder);
  return found ? shown_path(*found) : std::string();
}

const LintSettings& LintConfigs::settings_by(const std::string& config) {
  if (const auto known = settings_.find(config); known != settings_.end()) return known->second;
  const auto read = config.empty() ? LintConfig{} : read_lint_config(run_.sources, load_file(run_, config, options_.limits.bytes));
  auto settings = chosen_settings(options_, read);
  // Each group reads them again; what is wrong with them is told once, and here.
  if (!settings.properties.empty()) (void)read_properties(run_.sources, settings.properties, options_.limits);
  return settings_.emplace(config, std::move(settings)).first->second;
}

const LintSettings& LintConfigs::settings_of(const LintGroup& group) {
  // A file without a folder, and standard input, are of the working folder.
  const auto folder = group.front() == "-" ? std::string("./") : (fs::path(".") / fs::path(group.front()).parent_path()).string();
  auto config = configs_.find(folder);
  if (config == configs_.end()) config = configs_.emplace(folder, config_of(folder)).first;
  return settings_by(config->second);
}

}  // namespace presproof::cli
