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

constexpr const char* kFooter =
    R"(Files that are named apply together, as all documents of a user do (RFC 5025 section 9.7), and are checked
against each other. In a folder, every *.xml and *.apxml, in subfolders too, is a rule set of its own.

Exit status: 0 no finding at or above --fail-on; 1 one; 2 a path cannot be read or the usage is wrong. A document that
is no well-formed rule set is an error finding, and the run goes on.)";

/// The flag that mends a finding; empty when none does.
std::string_view fixing_flag(diag::Code code) {
  const auto* check = lint::check_of(code);
  if (check == nullptr || check->fix == nullptr) return "";
  return check->fix_kind == lint::FixKind::safe ? "fix" : "fix-unsafe";
}

std::string table_of_codes() {
  std::string text;
  for (const auto& row : diag::all_codes())
    text += fmt::format("{}  {:<28} {:<8} {:<10} {}\n", row.id, row.name, diag::to_string(row.severity), fixing_flag(row.code), row.title);
  return text;
}

int lint(Run& run, const LintOptions& options) {
  if (options.list || options.explain) {
    write_result(run, options.output,
                 options.list ? table_of_codes() : std::string(lint::page(chosen_code(*options.explain))));
    return kDone;
  }
  if (options.paths.empty())
    throw diag::InputError(diag::Problem{
        .span = {}, .message = "there is nothing to check", .hint = "name a rule set, or a folder of rule sets"});
  return run_lint(run, options);
}

}  // namespace

void add_lint(CLI::App& app, Run& run) {
  auto options = std::make_shared<LintOptions>();
  auto* command = app.add_subcommand("lint", "Find mistakes in rule sets");
  command->add_option("POLICY", options->paths,
                      "Rule sets that apply together, folders of rule sets, or `-` for standard input");
  command
      ->add_option("--usage", options->usage,
                   "Whose rules these are: a presence agent's (RFC 5025) or a location server's (RFC 6772)")
      ->check(CLI::IsMember({"auto", "presence", "geolocation"}))
      ->capture_default_str();
  command->add_option("--engine", options->engine, "Check for this server")->capture_default_str();
  add_output_options(*command, options->output, {"text", "json", "jsonl"});
  command->add_option("--fail-on", options->fail_on, "Exit with 1 for findings of this severity or above")
      ->check(CLI::IsMember({"error", "warning", "note"}))
      ->capture_default_str();
  command->add_option("--enable", options->enable, "Report this finding alone, by code or name (repeatable)")
      ->allow_extra_args(false);
  command->add_option("--disable", options->disable, "Do not report this finding, by code or name (repeatable)")
      ->allow_extra_args(false);
  command->add_option("--at", options->at,
                      "The time for checks of expiry (RFC 3339 with an offset); without it they are silent");
  command
      ->add_option("--presence", options->presence,
                   "A presence document that the presentity publishes, for checks of what is never published (repeatable); "
                   "without one they are silent")
      ->allow_extra_args(false);
  command->add_option("--finest-radius", options->finest_radius,
                      "Report radii that may leave anybody in a smaller circle than this (`2 km`, `500 m`)");
  command->add_option("--schema", options->schemas,
                      "Validate against the XML schemas (*.xsd) in this folder, too");
  command->add_option("--explain", options->explain, "Print the page on a finding, by code or name");
  command->add_flag("--list", options->list, "Print all findings: code, name, severity, what mends it, title");
  add_fix_options(*command, options->fixes);
  add_limit_options(*command, options->limits);
  command->footer(kFooter);
  command->callback([&run, options] { run.action = [&run, options] { return lint(run, *options); }; });
}

}  // namespace presproof::cli
