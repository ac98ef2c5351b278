#include "load/load.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "commands/command.h"
#include "exit_code.h"
#include "inputs.h"
#include "report/report.h"
#include "simulation_request.h"

namespace presproof::cli {
namespace {

struct LoadOptions {
  PolicyOptions policy;
  OutputOptions output;
  StateOptions state;
  std::vector<std::string> presence;
  std::string watchers;
  double publish_per_s = 1;
  double fail_over = -1;
  bool strict = false;
};

constexpr const char* kLoadFooter = R"(Estimates what a rule set costs the server: how many of the watchers are active, how many documents are filtered and NOTIFYs sent a
second, what changes all at once, and which rules make it worse.

Exit status: 0 done; 1 more NOTIFYs a second than --fail-over; 2 bad usage or input.)";

int estimate_load(Run& run, const LoadOptions& options) {
  const auto outputs = chosen_outputs(options.output);
  const auto loaded = load_policy(run, options.policy);
  std::vector<presence::Document> published;
  for (const auto& path : options.presence) {
    const auto file = load_file(run, path, options.policy.limits.bytes);
    diag::Sink found;
    auto document = presence::read_document(run.sources, file, options.policy.limits, found);
    if (!document) refuse(found.diagnostics());
    published.push_back(std::move(*document));
  }
  const auto composed = presence::compose(published);
  const auto watchers = watchers_of_file(run, options.watchers, options.policy.limits.bytes);
  load::Options how;
  how.how = {.usage = loaded.usage, .profile = loaded.profile, .readings = engine::with_defaults(loaded.fixed)};
  how.state = chosen_state(options.state, published, composed);
  how.publish_per_s = options.publish_per_s;
  how.document = published.empty() ? nullptr : &composed;
  print_findings(run, options.strict);
  const auto result = load::load_of(loaded.policy, watchers, how);
  write_rendered(run, outputs, [&](const Output& output) { return output.format == "json" ? report::load_json(loaded.policy, result) : report::load_text(loaded.policy, result); });
  return options.fail_over >= 0 && result.notifies_per_s > options.fail_over ? kFound : kDone;
}

}  // namespace

void add_load(CLI::App& app, Run& run) {
  auto options = std::make_shared<LoadOptions>();
  auto* command = app.add_subcommand("load", "Estimate what a rule set costs the server that enforces it");
  add_policy_options(*command, options->policy);
  add_output_options(*command, options->output, {"text", "json"});
  command->add_option("--watchers", options->watchers, "Who subscribes, one URI a line")->type_name("FILE")->required();
  command->add_option("--publish-rate", options->publish_per_s, "Publications a second")->check(CLI::NonNegativeNumber)->capture_default_str();
  command->add_option("--presence", options->presence, "What is published: sizes are those of its filtered documents (repeatable)")->type_name("FILE")->allow_extra_args(false);
  command->add_option("--fail-over", options->fail_over, "Fail when there are more NOTIFYs a second")->check(CLI::NonNegativeNumber);
  add_state_options(*command, options->state);
  command->add_flag("--strict", options->strict, "Refuse rule sets with error findings");
  command->footer(kLoadFooter);
  command->callback([&run, options] { run.action = [&run, options] { return estimate_load(run, *options); }; });
}

}  // namespace presproof::cli
