#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>

#include "commands/command.h"
#include "exit_code.h"
#include "inputs.h"
#include "lint_run.h"

namespace presproof::cli {
namespace {

constexpr const char* kBaselineName = ".presproof-baseline.json";

struct InitOptions {
  std::vector<std::string> paths;
  bool force = false;
};

/// What each key means is in presproof-lint(1), too. Commented out, it has the value that holds without it.
constexpr const char* kTemplate = R"(# What presproof looks for in the rule sets of this folder and of those below: presproof-lint(1), CONFIGURATION.

# engine = "rfc"                # for which server
# usage = "auto"                # or presence, geolocation
# properties = ["policy.props"] # proved along: presproof-props(5)
{}baseline = "{}"  # findings that are known already

# [groups]
# file = "groups.props"         # read before the properties

[lint]
# enable = []                   # these findings alone, by code or name
# disable = []                  # not these
# fail-on = "warning"           # or error, note

[lint.severity]
# PP302 = "note"                # or warning, error, off

[lint.thresholds]
# effective-radius = "5 km"     # nobody may be able to tell my place to less than a circle of this radius
# fine-radius = "1 km"          # a location is fine below this
# retention = "365 d"           # a retention is long above this
)";

void refuse_existing(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::exists(path, error)) return;
  throw diag::InputError(diag::Problem{
      .span = {}, .message = fmt::format("`{}` is there already", path), .hint = "`--force` writes over it"});
}

int init(Run& run, const InitOptions& options) {
  const bool with_baseline = !options.paths.empty();
  if (!options.force) {
    refuse_existing(kConfigName);
    if (with_baseline) refuse_existing(kBaselineName);
  }
  int status = kDone;
  if (with_baseline) {
    std::error_code error;
    std::filesystem::remove(kBaselineName, error);
    LintOptions lint;
    lint.paths = options.paths;
    lint.output.format = "text";
    lint.no_config = true;
    lint.baseline = kBaselineName;
    lint.update_baseline = true;
    status = run_lint(run, lint);
  }
  write_file(kConfigName, fmt::format(kTemplate, with_baseline ? "" : "# ", kBaselineName));
  run.environment.out << "wrote " << kConfigName << (with_baseline ? fmt::format(" and {}", kBaselineName) : "") << '\n';
  return status;
}

}  // namespace

void add_init(CLI::App& app, Run& run) {
  auto options = std::make_shared<InitOptions>();
  auto* command = app.add_subcommand("init", "Write a configuration for this folder, and a baseline of what is found now");
  command->add_option("POLICY", options->paths, "Rule sets or folders, as `lint` takes them, whose findings go to the baseline")
      ->type_name("FILE");
  command->add_flag("--force", options->force, "Write over files that are there");
  command->footer("Writes .presproof.toml into the working folder, and .presproof-baseline.json when a POLICY is given.");
  command->callback([&run, options] { run.action = [&run, options] { return init(run, *options); }; });
}

}  // namespace presproof::cli
