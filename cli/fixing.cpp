#include "fixing.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iterator>
#include <utility>

#include "diag/error.h"
#include "report/changes.h"
#include "text/line_diff.h"

namespace presproof::cli {
namespace {

const EditingFlag kFix{"--fix", "print the diff with `--dry-run`"};

[[noreturn]] void fail(std::string message, std::string hint) {
  throw diag::InputError(diag::Problem{.span = {}, .message = std::move(message), .hint = std::move(hint)});
}

}  // namespace

void add_fix_options(CLI::App& app, FixOptions& options) {
  app.add_flag("--fix", options.safe, "Mend what can be mended so that the rules mean the same, in the files");
  app.add_flag("--fix-unsafe", options.changing, "Mend also what changes the meaning, and say what that is");
  app.add_flag("--dry-run", options.dry_run, "Print what --fix or --fix-unsafe would change, as a diff, and write nothing");
}

void Fixing::refuse_impossible(const std::vector<std::string>& paths, const std::string& format) const {
  if (options_.dry_run && !options_.any()) fail("`--dry-run` is about fixes, and none are asked for", "add `--fix` or `--fix-unsafe`");
  if (options_.dry_run && format != "text") fail("`--dry-run` prints a diff, in no other format", "leave out `--format`");
  if (options_.any() && !options_.dry_run && std::ranges::find(paths, "-") != paths.end())
    fail("`--fix` cannot write to standard input", "name the files, or " + kFix.instead);
}

void Fixing::mend(lint::Subject& subject, diag::Sink& sink, const lint::Options& how) {
  std::vector<std::uint32_t> before;
  for (const auto& document : subject.documents) before.push_back(document.file());
  auto mended = lint::mend(std::move(subject), sink, run_.sources, how, limits_, {.changing = options_.changing});
  subject = std::move(mended.subject);
  sink = std::move(mended.findings);
  for (std::size_t i = 0; i < before.size(); ++i) {
    const std::uint32_t after = subject.documents[i].file();
    if (after != before[i] && run_.sources.text(after) != run_.sources.text(before[i]))
      files_.push_back({before[i], std::string(run_.sources.text(after))});
  }
  std::ranges::move(mended.applied, std::back_inserter(fixes_.applied));
  std::ranges::move(mended.refused, std::back_inserter(fixes_.refused));
}

void Fixing::write() {
  rewrite_files(run_, files_, kFix);
  fixes_.written = true;
}

std::string Fixing::diff(bool for_terminal) const {
  std::string diff;
  for (const RewrittenFile& file : files_)
    diff += text::unified_diff(run_.sources.name(file.file), run_.sources.text(file.file), file.text);
  if (!for_terminal) return diff;
  std::string printable;
  report::add_diff(printable, diff, {.color = run_.color_out()});
  return printable;
}

}  // namespace presproof::cli
