#include <CLI/CLI.hpp>
#include <exception>
#include <ostream>

#include "commands/command.h"
#include "diag/error.h"
#include "diag/printable.h"
#include "exit_code.h"
#include "inputs.h"
#include "version.h"

namespace presproof::cli {

bool Run::color_out() const { return color == "always" || (color == "auto" && environment.out_is_terminal); }
bool Run::color_err() const { return color == "always" || (color == "auto" && environment.err_is_terminal); }

namespace {

constexpr const char* kFooter = R"(First steps:
  presproof lint rules.xml
  presproof simulate rules.xml --presence presence.xml --watcher sip:bob@example.com
  presproof prove rules.xml -p 'for { sip:bob@example.com } never location finer than 5 km'
  presproof leaks rules.xml
  presproof diff old.xml new.xml

Exit status: 0 nothing to report, 1 something found, 2 bad usage or input, 3 undecided, 4 internal error.)";

/// CLI11 writes help and version as exceptions; both go to stdout and mean success.
int parse_failed(CLI::App& app, const CLI::ParseError& error, Environment& environment) {
  if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) {
    app.exit(error, environment.out, environment.err);
    return kDone;
  }
  environment.err << "presproof: " << diag::printable(error.what()) << '\n';
  const auto chosen = app.get_subcommands();
  environment.err << "presproof: see `presproof " << (chosen.empty() ? "" : chosen.front()->get_name() + " ") << "--help`\n";
  return kNotDone;
}

int run_command(Run& run) {
  try {
    return run.action();
  } catch (const diag::InputError& error) {
    print_problems(run, error.problems());
    return kNotDone;
  } catch (const std::exception& error) {
    run.environment.err << "presproof: internal error: " << diag::printable(error.what())
                        << "\npresproof: no verdict is given; please report this with the input\n";
    return kInternalError;
  }
}

}  // namespace

int run_program(int argc, const char* const* argv, Environment& environment) {
  Run run{.environment = environment, .sources = {}, .sink = {}, .color = "auto", .no_progress = false, .action = {}};
  CLI::App app{"presproof verifies privacy rules for presence (RFC 4745, RFC 5025) and location (RFC 6772): it finds mistakes,\n"
               "shows what a watcher would get, and proves what no watcher can ever get.",
               "presproof"};
  app.set_version_flag("--version", std::string("presproof ") + kVersion);
  app.add_option("--color", run.color, "Colour the text output")->check(CLI::IsMember({"auto", "always", "never"}))->capture_default_str();
  app.add_flag("--no-progress", run.no_progress, "Show no progress on stderr");
  app.require_subcommand(1);
  app.footer(kFooter);
  add_lint(app, run);
  add_simulate(app, run);
  add_prove(app, run);
  add_leaks(app, run);
  add_diff(app, run);
  add_explain(app, run);
  add_test(app, run);
  add_load(app, run);
  add_compare(app, run);
  add_engines(app, run);
  add_init(app, run);
  add_completion(app, run);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return parse_failed(app, error, environment);
  }
  return run_command(run);
}

}  // namespace presproof::cli
