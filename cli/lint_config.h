#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "diag/code.h"
#include "diag/sources.h"

/// `.presproof.toml`: what `lint` looks for and how gravely it takes it, for all rule sets in a folder and below.
namespace presproof::cli {

/// What one file says. Nothing is decided here: the command line comes first (lint_options.h).
struct LintConfig {
  std::vector<diag::Code> enable;
  std::vector<diag::Code> disable;
  std::optional<diag::Severity> fail_on;
  std::map<diag::Code, std::optional<diag::Severity>> severity;  ///< nothing: `off`
  std::optional<double> effective_radius_m;
  std::optional<double> fine_radius_m;
  std::optional<std::int64_t> retention_s;
  std::optional<std::string> engine;
  std::optional<std::string> usage;
  // Paths are relative to the folder of the file, and written here as seen from the working folder.
  std::optional<std::string> baseline;
  std::vector<std::string> properties;  ///< what is proved along; the file of groups comes first
};

inline constexpr const char* kConfigName = ".presproof.toml";

/// The nearest `.presproof.toml` in the folder or above it, up to the root of the file system.
[[nodiscard]] std::optional<std::filesystem::path> find_config(const std::filesystem::path& folder);

/// Reads a text of `sources`, whose name is the file's path. Throws diag::InputError with every problem: line, column and the nearest known word.
[[nodiscard]] LintConfig read_lint_config(const diag::Sources& sources, std::uint32_t file);

}  // namespace presproof::cli
