#pragma once

#include <string>
#include <vector>

#include "commands/command.h"
#include "lint/fixer.h"
#include "report/report.h"
#include "rewriting.h"
#include "xml/document.h"

/// `lint --fix`, `--fix-unsafe` and `--dry-run`.
namespace presproof::cli {

struct FixOptions {
  bool safe = false;      ///< --fix
  bool changing = false;  ///< --fix-unsafe
  bool dry_run = false;
  [[nodiscard]] bool any() const { return safe || changing; }
};
void add_fix_options(CLI::App& app, FixOptions& options);

/// The fixes of one run: mended group by group, written when all are mended.
class Fixing {
 public:
  Fixing(Run& run, const FixOptions& options, const xml::Limits& limits) : run_(run), options_(options), limits_(limits) {}

  /// Throws diag::InputError for a wish that cannot be met: `--dry-run` alone or in another format, standard input that would be written.
  void refuse_impossible(const std::vector<std::string>& paths, const std::string& format) const;
  /// Runs the checks and mends what they find. Afterwards `subject` is the mended one, and `sink` has what is found in it.
  void mend(lint::Subject& subject, diag::Sink& sink, const lint::Options& how);
  /// Writes the files. Throws diag::InputError when one cannot be written; each is then whole.
  void write();
  /// A unified diff of all files. For a terminal control characters are made printable.
  [[nodiscard]] std::string diff(bool for_terminal) const;
  [[nodiscard]] const report::LintFixes& fixes() const { return fixes_; }

 private:
  Run& run_;
  const FixOptions& options_;
  xml::Limits limits_;
  std::vector<RewrittenFile> files_;
  report::LintFixes fixes_;
};

}  // namespace presproof::cli
