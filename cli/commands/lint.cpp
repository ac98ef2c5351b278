#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "commands/command.h"
#include "exit_code.h"
#include "lint/lint.h"
#include "lint_options.h"
#include "lint_run.h"

namespace presproof::cli {
namespace {

constexpr const char* kLintFooter =
    R"(Files that are named apply together, as all documents of a user do (RFC 5025 section 9.7), and are checked
against each other; with --separately each is a rule set of its own. So is every *.xml and *.apxml in a folder and its
subfolders, every file that a quoted pattern matches ('policies/**/*.xml', with *, ?, [...] and **), and every file of
a list (--files-from).

Exit status: 0 no finding at or above --fail-on; 1 one; 2 a path cannot be read or the usage is wrong. A document that
is no well-formed rule set is an error finding, and the run goes on.)";

/// The flag that mends a finding; empty when none does.
std::string_view fixing_flag(diag::Code code) {
  const auto* check = lint::check_of(code);
  if (check == nullptr || check->fix == nullptr) return "";
  return check->fix_kind == lint::FixKind::changes_meaning ? "fix-unsafe" : "fix";
}

std::string table_of_codes() {
  std::string text;
  for (const auto& row : diag::all_codes())
    text += fmt::format("{}  {:<30} {:<8} {:<10} {}\n", row.id, row.name, diag::to_string(row.severity), fixing_flag(row.code), row.title);
  return text;
}

int lint(Run& run, const LintOptions& options) {
  if (options.list || options.explain) {
    const auto text = options.list ? table_of_codes() : std::string(lint::page(chosen_code(*options.explain)));
    write_rendered(run, chosen_outputs(options.output), [&](const Output&) { return text; });
    return kDone;
  }
  if (options.paths.empty() && !options.files_from)
    throw diag::InputError(diag::Problem{
        .span = {}, .message = "there is nothing to check", .hint = "name a rule set, or a folder of rule sets"});
  return run_lint(run, options);
}

void add_lint_input_options(CLI::App& command, LintOptions& options) {
  command.add_option("--files-from", options.files_from, "Check the files of this list, one path a line; `-` for standard input")
      ->type_name("FILE");
  command.add_flag("--null", options.null_separated, "The paths of the list end with a NUL character");
  command.add_flag("--separately", options.separately, "Each named file is a rule set of its own");
  auto* config = command.add_option("--config", options.config, "Use this configuration instead of the nearest .presproof.toml")->type_name("FILE");
  command.add_flag("--no-config", options.no_config, "Use no configuration")->excludes(config);
  command.add_option("--baseline", options.baseline, "Do not report the findings that are in this file")->type_name("FILE");
  command.add_flag("--update-baseline", options.update_baseline, "Write all present findings to the baseline");
  command.add_option("--jobs", options.jobs, "Threads (default: one for each core); the output does not depend on their number")
      ->check(CLI::Range(std::size_t{1}, std::size_t{256}));
}

void add_fix_options(CLI::App& command, FixOptions& options) {
  command.add_flag("--fix", options.safe, "Mend what can be mended so that the rules mean the same, in the files");
  command.add_flag("--fix-unsafe", options.changing, "Mend also what changes the meaning, and say what that is");
  command.add_flag("--dry-run", options.dry_run, "Print what --fix or --fix-unsafe would change, as a diff, and write nothing");
}

}  // namespace

void add_lint(CLI::App& app, Run& run) {
  auto options = std::make_shared<LintOptions>();
  auto* command = app.add_subcommand("lint", "Find mistakes in rule sets");
  command->add_option("POLICY", options->paths,
                      "Rule sets that apply together, folders of rule sets, patterns, or `-` for standard input")
      ->type_name("FILE");
  add_fix_options(*command, options->fixes);
  add_lint_input_options(*command, *options);
  command
      ->add_option("--usage", options->usage,
                   "Whose rules these are: a presence agent's (RFC 5025) or a location server's (RFC 6772) [auto]")
      ->check(CLI::IsMember({"auto", "presence", "geolocation"}));
  command->add_option("--engine", options->engine, "Check for this server [rfc]")->type_name("ENGINE");
  add_output_options(*command, options->output, {"text", "json", "jsonl", "sarif", "junit", "github"});
  command->add_option("--fail-on", options->fail_on, "Exit with 1 for findings of this severity or above [warning]")
      ->check(CLI::IsMember({"error", "warning", "note"}));
  command->add_option("--enable", options->enable, "Report this finding alone, by code or name (repeatable)")
      ->type_name("CODE")
      ->allow_extra_args(false);
  command->add_option("--disable", options->disable, "Do not report this finding, by code or name (repeatable)")->type_name("CODE")
      ->allow_extra_args(false);
  command->add_option("--at", options->at,
                      "The time for checks of expiry (RFC 3339 with an offset); without it they are silent");
  command
      ->add_option("--presence", options->presence,
                   "A presence document that the presentity publishes, for checks of what is never published (repeatable); "
                   "without one they are silent")
      ->type_name("FILE")
      ->allow_extra_args(false);
  command->add_option("--finest-radius", options->finest_radius,
                      "Report radii that may leave anybody in a smaller circle than this (`2 km`, `500 m`)")
      ->type_name("LENGTH");
  command->add_option("--schema", options->schemas, "Validate against the XML schemas (*.xsd) in this folder, too")
      ->type_name("DIR");
  command->add_option("--explain", options->explain, "Print the page on a finding, by code or name")->type_name("CODE");
  command->add_flag("--list", options->list, "Print all findings: code, name, severity, what mends it, title");
  add_limit_options(*command, options->limits);
  command->footer(kLintFooter);
  command->callback([&run, options] { run.action = [&run, options] { return lint(run, *options); }; });
}

}  // namespace presproof::cli
