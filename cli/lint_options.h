#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/workers.h"
#include "diag/code.h"
#include "inputs.h"
#include "lint/lint.h"
#include "lint_config.h"
#include "report/report.h"

namespace presproof::cli {

struct FixOptions {
  bool safe = false;      ///< --fix
  bool changing = false;  ///< --fix-unsafe
  bool dry_run = false;
  [[nodiscard]] bool any() const { return safe || changing; }
};

/// What was asked for on the command line of `lint`.
struct LintOptions {
  std::vector<std::string> paths;
  std::optional<std::string> files_from;
  bool null_separated = false;
  bool separately = false;
  std::optional<std::string> usage;
  std::optional<std::string> engine;
  xml::Limits limits;
  OutputOptions output;
  std::optional<std::string> fail_on;
  std::vector<std::string> enable;
  std::vector<std::string> disable;
  std::optional<std::string> at;
  std::vector<std::string> presence;
  std::optional<std::string> finest_radius;
  std::optional<std::string> schemas;  ///< a folder of XML schemas
  std::optional<std::string> explain;
  bool list = false;
  FixOptions fixes;
  std::optional<std::string> config;
  bool no_config = false;
  std::optional<std::string> baseline;
  bool update_baseline = false;
  std::size_t jobs = Workers::all_cores();
};

/// What holds for some groups of files: the command line, then a configuration, then what is the rule without either.
struct LintSettings {
  lint::Options checks;  ///< all but the usage
  std::string usage = "auto";
  report::LintLevels levels;
  std::optional<std::string> baseline;
  std::vector<std::string> properties;
};

/// The code that a word names, by id or name; throws diag::InputError with the nearest one.
[[nodiscard]] diag::Code chosen_code(const std::string& word);
/// Throws diag::InputError for words that mean nothing.
[[nodiscard]] LintSettings chosen_settings(const LintOptions& options, const LintConfig& config);

}  // namespace presproof::cli
