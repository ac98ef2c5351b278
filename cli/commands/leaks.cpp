#include "leaks/leaks.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "commands/command.h"
#include "exit_code.h"
#include "inputs.h"
#include "report/report.h"
#include "version.h"

namespace presproof::cli {
namespace {

struct LeaksOptions {
  PolicyOptions policy;
  OutputOptions output;
  std::string stranger = "sip:someone@elsewhere.example";
  std::string fail_on = "warning";
  double timeout_s = 30;
  bool strict = false;
};

constexpr const char* kLeaksFooter = R"(For every watcher that the rules name, everybody else of each named domain, a stranger and the unauthenticated: what two
runs tell apart that nobody meant to tell. Readings of the RFCs that are not fixed have their defaults.

Exit status: 0 no leak at or above --fail-on; 1 one; 3 something is undecided and there is none.)";

diag::Severity severity_of(const std::string& word) {
  if (word == "error") return diag::Severity::error;
  return word == "warning" ? diag::Severity::warning : diag::Severity::note;
}

uri::Uri stranger_of(const std::string& text) {
  uri::Uri stranger = uri::parse(text);
  if (text.find(':') == std::string::npos || text.front() == ':') {
    throw diag::InputError(diag::Problem{.span = {},
                                         .message = fmt::format("`--stranger` wants a URI, and `{}` has no scheme", text),
                                         .hint = "for example `--stranger sip:someone@elsewhere.example`"});
  }
  return stranger;
}

std::string rendered(const Run& run, const Output& output, const report::Leaks& result) {
  if (output.format == "json") return report::leaks_json(result);
  if (output.format == "sarif") return report::leaks_sarif(result, kVersion);
  return report::leaks_text(result, style_of(run, output));
}

int find_leaks(Run& run, const LeaksOptions& options) {
  const auto outputs = chosen_outputs(options.output);
  const auto loaded = load_policy(run, options.policy);
  leaks::Options how;
  how.stranger = stranger_of(options.stranger);
  print_findings(run, options.strict);
  how.verify.usage = loaded.usage;
  how.verify.profile = loaded.profile;
  how.verify.fixed = loaded.fixed;
  how.verify.timeout_s = options.timeout_s;
  const report::Leaks result{&loaded.policy, &run.sources, loaded.profile, loaded.usage, leaks::find(loaded.policy, how)};
  write_rendered(run, outputs, [&](const Output& output) { return rendered(run, output, result); });
  const auto& found = result.found.leaks;
  const diag::Severity fails = severity_of(options.fail_on);
  if (std::any_of(found.begin(), found.end(), [&](const auto& leak) { return leak.severity >= fails; })) return kFound;
  return result.found.undecided.empty() ? kDone : kNotDecided;
}

}  // namespace

void add_leaks(CLI::App& app, Run& run) {
  auto options = std::make_shared<LeaksOptions>();
  auto* command = app.add_subcommand("leaks", "Find what watchers can tell about blocking, sphere, time and place");
  add_policy_options(*command, options->policy);
  add_output_options(*command, options->output, {"text", "json", "sarif"});
  command->add_option("--stranger", options->stranger, "A watcher whom nobody knows")->capture_default_str();
  command->add_option("--fail-on", options->fail_on, "The least severity that fails")
      ->check(CLI::IsMember({"error", "warning", "note"}))
      ->capture_default_str();
  command->add_option("--timeout", options->timeout_s, "Seconds for each question; 0 is no limit")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  command->add_flag("--strict", options->strict, "Refuse rule sets with error findings");
  command->footer(kLeaksFooter);
  command->callback([&run, options] { run.action = [&run, options] { return find_leaks(run, *options); }; });
}

}  // namespace presproof::cli
