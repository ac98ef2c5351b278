#include "fixing.h"

#include <algorithm>
#include <utility>

#include "diag/error.h"
#include "report/changes.h"
#include "text/line_diff.h"

namespace presproof::cli {
namespace {

const EditingFlag kFix{"--fix", "print the diff with `--dry-run`"};

using diag::fail;

}  // namespace

void refuse_impossible_fixes(const LintOptions& options, const std::vector<Output>& outputs, const std::vector<LintGroup>& groups) {
  const auto& fixes = options.fixes;
  if (fixes.dry_run && !fixes.any()) fail("`--dry-run` is about fixes, and none are asked for", "add `--fix` or `--fix-unsafe`");
  const bool as_text = std::ranges::all_of(outputs, [](const Output& output) { return output.format == "text"; });
  if (fixes.dry_run && !as_text) fail("`--dry-run` prints a diff, in no other format", "leave out `--format`");
  if (fixes.dry_run && options.update_baseline) fail("`--dry-run` writes nothing, and `--update-baseline` would", "leave out one of them");
  const bool reads_input = std::ranges::any_of(groups, [](const LintGroup& group) { return std::ranges::find(group, "-") != group.end(); });
  if (fixes.any() && !fixes.dry_run && reads_input) fail("`--fix` cannot write to standard input", "name the files, or " + kFix.instead);
}

void write_fixes(const Run& run, const std::vector<RewrittenFile>& files) { rewrite_files(run, files, kFix); }

std::string diff_of_fixes(const Run& run, const std::vector<RewrittenFile>& files, bool for_terminal) {
  std::string diff;
  for (const RewrittenFile& file : files)
    diff += text::unified_diff(run.sources.name(file.file), run.sources.text(file.file), file.text);
  if (!for_terminal) return diff;
  std::string printable;
  report::add_diff(printable, diff, {.color = run.color_out()});
  return printable;
}

}  // namespace presproof::cli
