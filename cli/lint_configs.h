#pragma once

#include <map>
#include <string>
#include <vector>

#include "commands/command.h"
#include "lint_inputs.h"
#include "lint_options.h"

namespace presproof::cli {

/// The settings of groups of files, each configuration read once.
class LintConfigs {
 public:
  LintConfigs(Run& run, const LintOptions& options) : run_(run), options_(options) {}

  /// By the folder of the group's first file, or the working folder. Throws diag::InputError. The reference stays good.
  [[nodiscard]] const LintSettings& settings_of(const LintGroup& group);

 private:
  [[nodiscard]] std::string config_of(const std::string& folder) const;
  [[nodiscard]] const LintSettings& settings_by(const std::string& config);

  Run& run_;
  const LintOptions& options_;
  std::map<std::string, std::string> configs_;     ///< by folder; empty: none
  std::map<std::string, LintSettings> settings_;  ///< by the path of the configuration
};

}  // namespace presproof::cli
