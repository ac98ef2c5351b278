#include "diff/compare.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>

#include "base/workers.h"
#include "commands/command.h"
#include "diff/grouping.h"
#include "diff_inputs.h"
#include "exit_code.h"
#include "inputs.h"
#include "progress.h"
#include "report/report.h"
#include "simulation_request.h"
#include "version.h"

namespace presproof::cli {
namespace {

struct DiffOptions {
  DiffInputOptions inputs;
  OutputOptions output;
  std::string groups;
  std::string watchers;
  StateOptions state;
  std::string fail_on = "any";
  double timeout_s = 30;
  bool strict = false;
};

constexpr const char* kDiffFooter = R"(OLD and NEW are two rule sets, or two folders that are compared file by file (with --together: as a whole). A file that one
side lacks counts as an empty rule set. Compared is what every watcher is given at any time, in any sphere and at any place, under the
default readings of the RFCs unless --reading fixes others.

Exit status: 0 equivalent, which is proved (or nothing that --fail-on asks for); 1 different; 3 undecided.)";

property::Properties read_groups(Run& run, const DiffOptions& options) {
  if (options.groups.empty()) return {};
  return load_properties(run, {options.groups}, {}, options.inputs.policy.limits);
}

report::Diff compared(Run& run, const DiffOptions& options) {
  report::Diff result;
  const engine::Profile& profile = chosen_profile(options.inputs.policy.engine);
  result.readings = engine::with_defaults(chosen_readings(options.inputs.policy.readings));
  result.parts = load_diff_parts(run, options.inputs, profile);
  property::Properties groups = read_groups(run, options);
  print_findings(run, options.strict);
  result.sources = &run.sources;
  result.profile = &profile;
  result.fails_on_losses = options.fail_on == "any";
  for (const auto& group : groups.groups) result.group_names.push_back(group->name);
  std::vector<policy::Watcher> watchers;
  if (!options.watchers.empty()) watchers = watchers_of_file(run, options.watchers, options.inputs.policy.limits.bytes);
  Workers workers(Workers::all_cores());
  Progress progress(run, "comparing: document");
  for (std::size_t i = 0; i < result.parts.size(); ++i) {
    report::DiffPart& part = result.parts[i];
    diff::Options how;
    how.usage = part.usage;
    how.profile = &profile;
    how.readings = result.readings;
    how.timeout_s = options.timeout_s;
    how.jobs = Workers::all_cores();
    how.persons = groups.persons;
    how.groups = groups.groups;
    part.comparison = diff::compare(part.old_side.policy, part.new_side.policy, how);
    part.groups = diff::group_changes(part.old_side.policy, part.new_side.policy, part.comparison, how, workers);
    if (!options.watchers.empty()) {
      const load::Options asked{{part.usage, &profile, result.readings}, chosen_state(options.state, {}, {}), 0, nullptr};
      part.upload = load::upload_cost(part.old_side.policy, part.new_side.policy, watchers, asked);
    }
    progress.update(i + 1, result.parts.size());
  }
  return result;
}

std::string rendered(const Run& run, const Output& output, const report::Diff& result) {
  if (output.format == "json") return report::diff_json(result);
  if (output.format == "markdown") return report::diff_markdown(result);
  if (output.format == "junit") return report::diff_junit(result);
  if (output.format == "sarif") return report::diff_sarif(result, kVersion);
  return report::diff_text(result, style_of(run, output));
}

int exit_status(const report::Diff& result) {
  bool undecided = false;
  for (const report::DiffPart& part : result.parts) {
    const auto& changes = part.comparison.changes;
    if (std::any_of(changes.begin(), changes.end(), [&](const diff::Change& change) { return report::fails(result, change); })) return kFound;
    undecided = undecided || !part.comparison.reason.empty();
  }
  return undecided ? kNotDecided : kDone;
}

int diff_policies(Run& run, const DiffOptions& options) {
  const auto outputs = chosen_outputs(options.output);
  const report::Diff result = compared(run, options);
  write_rendered(run, outputs, [&](const Output& output) { return rendered(run, output, result); });
  return exit_status(result);
}

}  // namespace

void add_diff(CLI::App& app, Run& run) {
  auto options = std::make_shared<DiffOptions>();
  auto* command = app.add_subcommand("diff", "Compare what two rule sets give: who gains and who loses what, or a proof that nobody does");
  command->add_option("PATH", options->inputs.policy.files, "OLD and NEW: two rule sets or two folders; with --git the rule sets; `-` is standard input")
      ->type_name("FILE")
      ->required();
  add_decision_options(*command, options->inputs.policy);
  add_output_options(*command, options->output, {"text", "json", "markdown", "junit", "sarif"});
  command->add_option("--fail-on", options->fail_on, "Which changes fail: what somebody gains, or any")
      ->check(CLI::IsMember({"gained", "any"}))
      ->capture_default_str();
  command->add_option("--groups", options->groups, "A file of properties, whose groups name watchers and whose persons are compared, too")->type_name("FILE");
  command->add_option("--watchers", options->watchers, "Say what an upload costs at once, for these watchers, one URI a line")->type_name("FILE");
  add_state_options(*command, options->state);
  command->add_option("--git", options->inputs.git, "Compare each FILE as this revision (or REV1..REV2) has it with the working tree")->type_name("REV");
  command->add_option("--label", options->inputs.labels, "What to call OLD and NEW (give two)")->type_name("NAME")->expected(2);
  command->add_flag("--together", options->inputs.together, "The documents of each side apply together, as those of one user");
  command->add_option("--timeout", options->timeout_s, "Seconds for each document; 0 is no limit")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  command->add_flag("--strict", options->strict, "Refuse rule sets with error findings");
  command->footer(kDiffFooter);
  command->callback([&run, options] { run.action = [&run, options] { return diff_policies(run, *options); }; });
}

}  // namespace presproof::cli
