#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <ostream>

#include "commands/command.h"
#include "simulation_request.h"
#include "diag/printable.h"
#include "engine/composition.h"
#include "exit_code.h"
#include "geo/obfuscation.h"
#include "inputs.h"
#include "presence/geopriv.h"
#include "presence/watcher_filter.h"
#include "progress.h"
#include "report/report.h"
#include "report/snippet.h"
#include "semantics/evaluator.h"
#include "semantics/filter.h"
#include "timeline.h"

namespace presproof::cli {
namespace {

struct SimulateOptions {
  PolicyOptions policy;
  OutputOptions output;
  WatcherOptions watcher;
  StateOptions state;
  std::vector<std::string> presence;
  std::vector<std::string> overrides;
  std::string watcher_filter;
  std::uint64_t seed = 0;
  std::optional<std::string> previous;
  std::optional<double> grid_origin;
  std::string show = "all";
  std::string events;
  bool strict = false;
};

constexpr const char* kSimulateFooter = R"(The sphere and the location that rules ask for come from the presence documents, unless a flag says otherwise.
Rules given with --override take precedence: when one of them matches the request they decide alone, otherwise the
POLICY does.

Exit status: 0 done, whatever the watcher gets; 2 bad usage or input.)";

using diag::fail;

/// Everything that the watchers of one run have in common.
struct Scene {
  LoadedPolicy policy;
  policy::Policy overrides;
  semantics::Options how;
  std::vector<presence::Document> published;
  presence::Document composed;
  std::optional<presence::WatcherFilterSet> watcher_filters;
  policy::State state;
  semantics::FilterOptions filter;
};

void check_usage(const SimulateOptions& options, const std::vector<Output>& outputs) {
  if (options.presence.empty() && options.show != "decision") {
    fail("there is no presence document to show", "give one with `--presence`, or ask for `--show decision` alone");
  }
  const bool as_json = std::ranges::any_of(outputs, [](const Output& output) { return output.format == "json"; });
  if (!options.watcher.watchers_file.empty() && as_json) {
    fail("`--format json` is one watcher's object", "for `--watchers` use `--format jsonl`, one object a line");
  }
  std::vector<std::string> files = options.policy.files;
  for (const auto* more : {&options.presence, &options.overrides}) files.insert(files.end(), more->begin(), more->end());
  files.insert(files.end(), {options.watcher_filter, options.watcher.request, options.watcher.trust, options.watcher.watchers_file});
  if (std::count(files.begin(), files.end(), "-") > 1) fail("standard input can be read only once", "name a file for the other `-`");
}

std::vector<presence::Document> read_presence(Run& run, const SimulateOptions& options) {
  std::vector<presence::Document> documents;
  for (const std::string& path : options.presence) {
    const std::uint32_t file = load_file(run, path, options.policy.limits.bytes);
    diag::Sink found;
    auto document = presence::read_document(run.sources, file, options.policy.limits, found);
    if (!document) refuse(found.diagnostics());
    documents.push_back(std::move(*document));
    for (const diag::Diagnostic& diagnostic : found.diagnostics()) run.sink.report(diagnostic);
  }
  return documents;
}

std::optional<presence::WatcherFilterSet> read_filters(Run& run, const SimulateOptions& options) {
  if (options.watcher_filter.empty()) return std::nullopt;
  const std::uint32_t file = load_file(run, options.watcher_filter, options.policy.limits.bytes);
  auto filters = presence::read_watcher_filters(run.sources, file, options.policy.limits);
  for (const auto& note : filters.notes) {
    run.environment.err << fmt::format("{}: note: {}\n", report::place(run.sources, note.span), diag::printable(note.message));
  }
  return filters;
}

Scene read_scene(Run& run, const SimulateOptions& options) {
  Scene scene;
  scene.policy = load_policy(run, options.policy);
  if (!options.overrides.empty()) {
    PolicyOptions overrides = options.policy;
    overrides.files = options.overrides;
    scene.overrides = load_policy(run, overrides).policy;
  }
  scene.how = {.usage = scene.policy.usage, .profile = scene.policy.profile, .readings = engine::with_defaults(scene.policy.fixed)};
  scene.published = read_presence(run, options);
  scene.composed = engine::compose_by(*scene.how.profile, scene.published);
  scene.watcher_filters = read_filters(run, options);
  scene.state = chosen_state(options.state, scene.published, scene.composed);
  scene.filter.seed = options.seed;
  scene.filter.grid_origin_deg = options.grid_origin;
  if (options.previous) scene.filter.previous_center = parse_position("--previous", *options.previous);
  return scene;
}

/// RFC 4660 section 5.3.1: what a watcher's own filter leaves nothing of is not sent.
std::optional<std::string> notify_body(const Scene& scene, const semantics::Decision& decision) {
  auto document = semantics::filter(decision, scene.composed, scene.state, scene.how, scene.filter);
  if (document && scene.watcher_filters) {
    document = presence::apply(*scene.watcher_filters, *document);
    if (document->parts.empty()) return std::nullopt;
  }
  if (!document) return std::nullopt;
  return presence::write_document(*document);
}

bool has_place_without_grid(const Scene& scene, double radius_m) {
  const geo::ObfuscationOptions how{.presentity = scene.composed.entity,
                                    .seed = scene.filter.seed,
                                    .previous_center = scene.filter.previous_center,
                                    .grid_origin_deg = scene.filter.grid_origin_deg};
  for (const presence::Part& part : scene.composed.parts) {
    for (const presence::Element* geopriv : presence::geoprivs_of(part)) {
      for (const presence::LocationInfo& info : presence::read_geopriv(*geopriv).locations) {
        const auto* shape = std::get_if<geo::Shape>(&info.what);
        if (shape != nullptr && !geo::obfuscate(*shape, radius_m, how)) return true;
      }
    }
  }
  return false;
}

/// RFC 6772 section 6.5.2 has no grid near the poles: somebody who grants a radius there shows nothing.
void report_missing_grid(Run& run, const Scene& scene, const policy::Policy& policy, const semantics::Decision& decision) {
  const semantics::ProvidedLocation& location = decision.permissions.location;
  if (decision.permissions.sub_handling != policy::SubHandling::allow) return;
  if (location.radius_m.value_or(0) <= 0 || location.rounding || !has_place_without_grid(scene, *location.radius_m)) return;
  const auto found = decision.granted_by.find("provide-location");
  if (found == decision.granted_by.end()) return;
  for (const policy::RuleRef ref : found->second) {
    const policy::Rule& rule = rule_at(policy, ref);
    for (const policy::Permission& permission : rule.permissions) {
      const auto* granted = std::get_if<policy::ProvideLocation>(&permission.what);
      if (granted == nullptr || !granted->geodetic) continue;
      run.sink.report({.code = diag::Code::obfuscation_unavailable,
                       .span = permission.span,
                       .rule = rule.id,
                       .message = fmt::format("rule `{}` grants a radius of {} m, but the presentity is beyond 70 degrees of "
                                              "latitude: its geodetic location is withheld",
                                              rule.id, *location.radius_m),
                       .fix = std::nullopt,
                       .related = {}});
    }
  }
}

report::Simulation simulate_one(Run& run, const Scene& scene, const semantics::Evaluator& overrides,
                                const semantics::Evaluator& rules, policy::Watcher watcher, const SimulateOptions& options) {
  report::Simulation simulation;
  simulation.engine = engine::designation(*scene.how.profile);
  simulation.usage = scene.how.usage;
  simulation.request = {.watcher = std::move(watcher), .state = scene.state};
  simulation.policy = &scene.overrides;
  simulation.decision = overrides.decide(simulation.request);
  if (simulation.decision.matched.empty()) {
    simulation.policy = &scene.policy.policy;
    simulation.decision = rules.decide(simulation.request);
  }
  simulation.show_decision = options.show != "document";
  simulation.show_document = options.show != "decision";
  if (simulation.show_document) {
    simulation.document = notify_body(scene, simulation.decision);
    report_missing_grid(run, scene, *simulation.policy, simulation.decision);
  }
  return simulation;
}

std::string rendered(const Run& run, const Output& output, const report::Simulation& simulation) {
  if (output.format != "text") return report::simulation_json(simulation, output.format == "jsonl");
  return report::simulation_text(simulation, style_of(run, output));
}

int simulate(Run& run, const SimulateOptions& options) {
  const auto outputs = chosen_outputs(options.output);
  if (!options.events.empty()) return simulate_events(run, options.policy, options.state, options.events, options.show != "decision", outputs);
  check_usage(options, outputs);
  const Scene scene = read_scene(run, options);
  std::vector<policy::Watcher> watchers = chosen_watchers(run, options.watcher, *scene.how.profile, options.policy.limits);
  const semantics::Evaluator overrides(scene.overrides, scene.how);
  const semantics::Evaluator rules(scene.policy.policy, scene.how);
  std::vector<std::string> results(outputs.size());
  {
    Progress progress(run, "simulating: watcher");
    for (std::size_t i = 0; i < watchers.size(); ++i) {
      const auto simulation = simulate_one(run, scene, overrides, rules, std::move(watchers[i]), options);
      for (std::size_t each = 0; each < outputs.size(); ++each) {
        if (i > 0 && outputs[each].format == "text") results[each] += '\n';
        results[each] += rendered(run, outputs[each], simulation);
      }
      progress.update(i, watchers.size());
    }
  }
  print_findings(run, options.strict);
  write_outputs(run, outputs, results);
  return kDone;
}

void add_choice_options(CLI::App& command, SimulateOptions& options) {
  command.add_option("--seed", options.seed, "Keys the choice between two allowed centres of a blurred location (RFC 6772 6.5.2)")
      ->capture_default_str()
      ->group("Location");
  command.add_option("--previous", options.previous, "The centre that the watcher was given before, as LAT,LON: kept when allowed")
      ->group("Location");
  command.add_option("--grid-origin", options.grid_origin, "Latitude of the grid's origin in degrees, instead of the band's own")
      ->check(CLI::Range(-90.0, 90.0))
      ->group("Location");
}

}  // namespace

void add_simulate(CLI::App& app, Run& run) {
  auto options = std::make_shared<SimulateOptions>();
  auto* command = app.add_subcommand("simulate", "Show what a watcher gets, and which rules give it");
  add_policy_options(*command, options->policy);
  command->add_option("--presence", options->presence, "A published presence document (repeatable: several sources, composed)")->type_name("FILE")
      ->allow_extra_args(false);
  add_watcher_options(*command, options->watcher);
  add_state_options(*command, options->state);
  command->add_option("--watcher-filter", options->watcher_filter, "A filter that the watcher asks for (RFC 4661)")->type_name("FILE");
  command->add_option("--override", options->overrides, "A rule set that takes precedence over the POLICY (repeatable)")->type_name("FILE")
      ->allow_extra_args(false);
  add_choice_options(*command, *options);
  command->add_option("--show", options->show, "What to show")
      ->check(CLI::IsMember({"decision", "document", "all"}))
      ->capture_default_str();
  command->add_option("--events", options->events, "What happens over the life of subscriptions, one event a line: says what each NOTIFY discloses")->type_name("FILE");
  command->add_flag("--strict", options->strict, "Refuse input with error findings");
  add_output_options(*command, options->output, {"text", "json", "jsonl"});
  command->footer(kSimulateFooter);
  command->callback([&run, options] { run.action = [&run, options] { return simulate(run, *options); }; });
}

}  // namespace presproof::cli
