#include "explain/explain.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "commands/command.h"
#include "exit_code.h"
#include "inputs.h"
#include "explain/reasons.h"
#include "lint_properties.h"
#include "presence/geopriv.h"
#include "presence/document.h"
#include "progress.h"
#include "report/report.h"
#include "semantics/combine.h"
#include "simulation_request.h"
#include "verify/verify.h"

namespace presproof::cli {
namespace {

using diag::fail;

struct ExplainOptions {
  PolicyOptions policy;
  OutputOptions output;
  std::vector<std::string> presence;
  std::string groups;
  std::vector<std::string> properties;
  std::optional<std::string> place;
  double timeout_s = 30;
  std::size_t jobs = Workers::all_cores();
  WatcherOptions watcher;
  StateOptions state;
  std::string permission;
  bool no_leaks = false;
  bool strict = false;
};

constexpr const char* kExplainFooter = R"(Every rule in words; what every kind of watcher sees, when and where, and by which rules; the moments at which views change. With
--place, or a --presence document that has a location, how much of that place is seen. With --properties, what was promised and whether it is
kept.

Exit status: 0 done, whatever was found; 2 bad usage or input.)";

/// Larger rule sets are not searched for leaks, which takes a question to the solver for every watcher.
constexpr std::size_t kMostRulesForLeaks = 500;
/// Z3's deterministic limit for a question about one rule, as lint has it.
constexpr std::uint32_t kRlimit = 2'000'000;

std::vector<presence::Document> read_presence(Run& run, const ExplainOptions& options) {
  std::vector<presence::Document> documents;
  for (const std::string& path : options.presence) {
    const std::uint32_t file = load_file(run, path, options.policy.limits.bytes);
    diag::Sink found;
    auto document = presence::read_document(run.sources, file, options.policy.limits, found);
    if (!document) refuse(found.diagnostics());
    documents.push_back(std::move(*document));
  }
  return documents;
}

/// The centre of the first shape that a document publishes.
std::optional<geo::Position> published_place(const presence::Document& document) {
  for (const presence::Part& part : document.parts) {
    for (const presence::Element* geopriv : presence::geoprivs_of(part)) {
      for (const presence::LocationInfo& info : presence::read_geopriv(*geopriv).locations) {
        const auto* shape = std::get_if<geo::Shape>(&info.what);
        if (shape == nullptr) continue;
        if (const auto* point = std::get_if<geo::Position>(shape)) return *point;
        if (const auto* circle = std::get_if<geo::Circle>(shape)) return circle->center;
      }
    }
  }
  return std::nullopt;
}

std::string rendered(const Run& run, const Output& output, const explain::Explanation& explanation) {
  if (output.format == "json") return report::explanation_json(explanation);
  if (output.format == "markdown") return report::explanation_markdown(explanation);
  if (output.format == "html") return report::explanation_html(explanation);
  return report::explanation_text(explanation, style_of(run, output));
}

std::string rendered(const Output& output, const explain::Explained& how, std::span<const explain::Reasons> reasons) {
  if (output.format == "json") return report::reasons_json(how, reasons);
  if (output.format == "markdown") return report::reasons_markdown(how, reasons);
  if (output.format == "html") return report::reasons_html(how, reasons);
  return report::reasons_text(how, reasons);
}

bool asks_for_watcher(const ExplainOptions& options) { return options.watcher.anonymous || !options.watcher.identities.empty() || !options.watcher.request.empty(); }

/// `location`, `mood`: a permission by what stands behind `provide-`.
std::string chosen_permission(const std::string& word) {
  if (word.empty()) return word;
  const auto names = semantics::permission_names();
  for (const std::string_view name : names)
    if (word == name || fmt::format("provide-{}", word) == name) return std::string(name);
  std::vector<std::string_view> known(names.begin(), names.end());
  fail(fmt::format("no permission is called `{}`", word), fmt::format("one of these: {}", fmt::join(known, ", ")));
}

/// Why one watcher gets what it gets.
int explain_watcher(Run& run, const ExplainOptions& options) {
  const auto outputs = chosen_outputs(options.output);
  const auto loaded = load_policy(run, options.policy);
  const auto published = read_presence(run, options);
  const auto watchers = chosen_watchers(run, options.watcher, engine::rfc(), options.policy.limits);
  const policy::State state = chosen_state(options.state, published, presence::compose(published));
  print_findings(run, options.strict);
  explain::Options how;
  how.usage = loaded.usage;
  how.profile = loaded.profile;
  how.readings = engine::with_defaults(loaded.fixed);
  const explain::Explained explained{loaded.policy, loaded.usage, how.readings, loaded.profile};
  const auto permission = chosen_permission(options.permission);
  std::vector<explain::Reasons> reasons;
  for (const auto& watcher : watchers) reasons.push_back(explain::reasons(loaded.policy, how, {watcher, state}, permission));
  write_rendered(run, outputs, [&](const Output& output) { return rendered(output, explained, reasons); });
  return kDone;
}

int explain_policy(Run& run, const ExplainOptions& options) {
  if (!options.permission.empty()) fail("`--why` and `--why-not` are about one watcher", "say which: `--watcher URI` or `--anonymous`");
  const auto outputs = chosen_outputs(options.output);
  const auto loaded = load_policy(run, options.policy);
  const presence::Document composed = presence::compose(read_presence(run, options));
  std::vector<std::string> files = options.properties;
  if (!options.groups.empty()) files.insert(files.begin(), options.groups);
  const auto named = read_properties(run.sources, files, options.policy.limits);
  print_findings(run, options.strict);

  explain::Options how;
  how.usage = loaded.usage;
  how.profile = loaded.profile;
  how.readings = engine::with_defaults(loaded.fixed);
  how.persons = named.persons;
  how.groups = named.groups;
  how.presentity = composed.entity;
  how.rlimit = kRlimit;
  how.place = options.place ? std::optional(parse_position("--place", *options.place)) : published_place(composed);
  Workers workers(options.jobs);
  auto explanation = explain::explain(loaded.policy, how, workers);

  verify::Options judge;
  judge.usage = loaded.usage;
  judge.profile = loaded.profile;
  judge.fixed = loaded.fixed;
  judge.timeout_s = options.timeout_s;
  if (!named.properties.empty()) {
    Progress progress(run, "proving: property");
    auto results = verify::verify(loaded.policy, named, judge, [&](std::size_t done, std::size_t all) { progress.update(done, all); });
    for (std::size_t i = 0; i < results.size(); ++i) explanation.properties.push_back({named.properties[i], std::move(results[i])});
  }
  if (!options.no_leaks && explanation.rules.size() <= kMostRulesForLeaks) {
    leaks::Options leaks;
    leaks.verify = judge;
    explanation.leaks = leaks::find(loaded.policy, leaks);
  }
  write_rendered(run, outputs, [&](const Output& output) { return rendered(run, output, explanation); });
  return kDone;
}

}  // namespace

void add_explain(CLI::App& app, Run& run) {
  auto options = std::make_shared<ExplainOptions>();
  auto* command = app.add_subcommand("explain", "Say in words and tables who can see what, when and where, and why");
  add_policy_options(*command, options->policy);
  add_output_options(*command, options->output, {"text", "markdown", "html", "json"});
  command->add_option("--presence", options->presence, "A published presence document: where the owner is (repeatable)")->type_name("FILE")->allow_extra_args(false);
  command->add_option("--groups", options->groups, "Names for groups of watchers, in the language of presproof-props(5)")->type_name("FILE");
  command->add_option("--properties", options->properties, "What was promised: a file of properties (repeatable)")->type_name("FILE")->allow_extra_args(false);
  command->add_option("--place", options->place, "A place as LAT,LON: how much of it is seen");
  command->add_option("--timeout", options->timeout_s, "Seconds for each property and each question about leaks; 0 is no limit")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  command->add_option("--jobs", options->jobs, "Threads (default: one for each core); the output does not depend on their number")
      ->check(CLI::Range(std::size_t{1}, std::size_t{256}));
  add_watcher_options(*command, options->watcher);
  add_state_options(*command, options->state);
  for (const char* flag : {"--why-not", "--why"})
    command->add_option(flag, options->permission, "Of one watcher: what would have to change for it to get (or to lose) this, such as `location`")->type_name("PERMISSION");
  command->add_flag("--no-leaks", options->no_leaks, "Do not look for what watchers can tell beside what they see");
  command->add_flag("--strict", options->strict, "Refuse rule sets with error findings");
  command->footer(kExplainFooter);
  command->callback([&run, options] { run.action = [&run, options] { return asks_for_watcher(*options) ? explain_watcher(run, *options) : explain_policy(run, *options); }; });
}

}  // namespace presproof::cli
