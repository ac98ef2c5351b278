#pragma once

#include <map>
#include <string>

#include "commands/command.h"
#include "lint_baseline.h"
#include "lint_options.h"

namespace presproof::cli {

/// The baselines of one run, each read once. Settings without a baseline know no finding.
class Baselines {
 public:
  Baselines(Run& run, const LintOptions& options) : run_(run), options_(options) {}

  /// Throws diag::InputError for one that cannot be read, and when there is none to update.
  void open(const LintSettings& settings);
  /// Notes that a file was checked under settings whose baseline is open.
  void looked_at(const std::string& file, const LintSettings& settings);
  /// Whether the finding, which is in a file of this name, is in the baseline; with `--update-baseline` every one is.
  bool knows(const diag::Diagnostic& finding, const std::string& file, const LintSettings& settings);
  /// Writes what is wanted anew, or tells on stderr which entries no longer occur.
  void close();

 private:
  Run& run_;
  const LintOptions& options_;
  std::map<std::string, Baseline> baselines_;  ///< by path
};

}  // namespace presproof::cli
