#include "compare/compare.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "base/workers.h"
#include "commands/command.h"
#include "engine/view.h"
#include "exit_code.h"
#include "inputs.h"
#include "outputs.h"
#include "policy/reader.h"
#include "report/report.h"
#include "verify/over_time.h"
#include "verify/verify.h"

namespace presproof::cli {
namespace {

struct CompareOptions {
  std::string policy;
  std::string engines = "rfc,kamailio";
  std::vector<std::string> readings;
  std::vector<std::string> property_files;
  std::vector<std::string> properties;
  double timeout_s = 30;
  xml::Limits limits;
  OutputOptions output;
};

/// `rfc,kamailio,sphere-check=yes`: what has a `=` is a parameter of the engine before it.
std::vector<const engine::Profile*> chosen_engines(const std::string& text) {
  std::vector<std::string> names;
  std::size_t from = 0;
  while (from <= text.size()) {
    const std::size_t comma = std::min(text.find(',', from), text.size());
    const std::string word = text.substr(from, comma - from);
    if (word.find('=') != std::string::npos && !names.empty()) names.back() += "," + word;
    else names.push_back(word);
    from = comma + 1;
  }
  std::vector<const engine::Profile*> profiles;
  for (const std::string& name : names) profiles.push_back(&chosen_profile(name));
  if (profiles.size() < 2 || profiles.front()->name != engine::rfc().name) {
    throw diag::InputError(diag::Problem{.span = {}, .message = "--engines names `rfc` first, and what to compare it with", .hint = "write `--engines rfc,kamailio`"});
  }
  return profiles;
}

int compare_engines(Run& run, const CompareOptions& options) {
  const auto outputs = chosen_outputs(options.output);
  const auto profiles = chosen_engines(options.engines);
  const auto fixed = chosen_readings(options.readings);
  const auto file = load_file(run, options.policy, options.limits.bytes);
  const auto document = xml::Document::read(run.sources, file, options.limits, run.sink);
  if (!document) refuse(run.sink.diagnostics());
  const std::string name(run.sources.name(file));
  const auto by_rfc = policy::read_rule_set(*document, run.sources, run.sink);
  const policy::RuleSet read = by_rfc.value_or(policy::RuleSet{name, {}, false});
  const auto properties = load_properties(run, options.property_files, options.properties, options.limits);
  print_findings(run, false);

  report::EngineComparisons result;
  result.sources = &run.sources;
  result.file = name;
  result.readings = engine::with_defaults(fixed);
  result.rfc.documents.push_back(read);
  result.is_rule_set = by_rfc.has_value();
  result.properties = properties.properties;
  verify::Options how;
  how.fixed = fixed;
  how.timeout_s = options.timeout_s;
  how.jobs = Workers::all_cores();
  if (!properties.properties.empty()) result.by_rfc = verify::verify(result.rfc, properties, how);
  Workers workers(Workers::all_cores());
  for (std::size_t i = 1; i < profiles.size(); ++i) {
    auto& other = result.others.emplace_back();
    other.profile = profiles[i];
    other.policy.documents.push_back(engine::as_read_by(*profiles[i], *document, read));
    other.comparison = compare::compare(result.rfc, other.policy, *profiles[i], result.readings, properties, workers);
    how.profile = profiles[i];
    if (!properties.properties.empty()) other.results = verify::verify(other.policy, properties, how);
  }
  write_rendered(run, outputs, [&](const Output& output) { return output.format == "json" ? report::compare_json(result) : report::compare_text(result, style_of(run, output)); });
  if (report::discloses_more(result)) return kFound;
  return report::undecided(result) ? kNotDecided : kDone;
}

}  // namespace

void add_compare(CLI::App& app, Run& run) {
  auto options = std::make_shared<CompareOptions>();
  auto* command = app.add_subcommand("compare", "Say what servers give otherwise than the RFCs say, to whom, and by which of their departures");
  command->add_option("POLICY", options->policy, "A rule set; `-` is standard input")->type_name("FILE")->required();
  command->add_option("--engines", options->engines, "`rfc` and the engines to compare it with, with their parameters")->type_name("LIST")->capture_default_str();
  command->add_option("--properties", options->property_files, "Properties, whose verdicts are compared (repeatable)")->type_name("FILE");
  command->add_option("-p,--property", options->properties, "A property as text (repeatable)")->type_name("TEXT");
  command->add_option("--reading", options->readings, "Fix an answer where the RFCs leave a choice: KEY=VALUE (repeatable)")->type_name("KEY=VALUE")->allow_extra_args(false);
  command->add_option("--timeout", options->timeout_s, "Seconds for each property; 0 is no limit")->check(CLI::NonNegativeNumber)->capture_default_str();
  add_limit_options(*command, options->limits);
  add_output_options(*command, options->output, {"text", "json"});
  command->callback([&run, options] { run.action = [&run, options] { return compare_engines(run, *options); }; });
}

}  // namespace presproof::cli
