#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>
#include <set>

#include "base/lexical.h"
#include "commands/command.h"
#include "diag/printable.h"
#include "exit_code.h"
#include "explain/explain.h"
#include "folder.h"
#include "glob.h"
#include "inputs.h"
#include "lint_properties.h"
#include "presence/document.h"
#include "progress.h"
#include "suite/draft.h"
#include "suite/reader.h"
#include "suite/result.h"
#include "suite/update.h"

namespace presproof::cli {
namespace {

namespace fs = std::filesystem;
using diag::fail;

struct TestOptions {
  std::vector<std::string> paths;
  PolicyOptions policy;  ///< of a draft; and the limits
  OutputOptions output;
  std::string engine;  ///< empty: those of the suites
  std::string filter;
  double coverage_below = -1;
  double timeout_s = 30;
  bool coverage = false;
  bool fail_on_empty = false;
  bool update = false;
  bool mutate = false;
  bool kill = false;
  double score_below = -1;
  bool no_kill = false;
};

constexpr const char* kTestFooter = R"(A SUITE is a TOML file of cases (presproof-test(1)), or a folder, in which `*.test.toml` are looked for.
`presproof test new POLICY...` drafts one: a case for every rule, condition and answer, and for every mutant that no other case kills.

Exit status: 0 all passed; 1 one failed, or is below what --coverage-below or --score-below ask for; 3 a property is undecided.)";

/// Z3's deterministic limit for a question about one rule, as lint has it.
constexpr std::uint32_t kRlimit = 2'000'000;
constexpr std::string_view kSuffix = ".test.toml";

std::vector<std::string> suites_below(const std::vector<std::string>& paths) {
  std::vector<std::string> suites;
  for (const auto& path : paths) {
    if (!is_folder(path)) {
      suites.push_back(path);
      continue;
    }
    std::vector<std::string> found;
    for (const auto& entry : fs::recursive_directory_iterator(path))
      if (entry.is_regular_file() && entry.path().string().ends_with(kSuffix)) found.push_back(entry.path().string());
    std::ranges::sort(found);
    suites.insert(suites.end(), found.begin(), found.end());
  }
  return suites;
}

/// What cases are decided on.
struct Stage {
  LoadedPolicy loaded;
  std::vector<presence::Document> published;
  presence::Document composed;
  semantics::Options how;
  [[nodiscard]] suite::Subject subject() const { return {&loaded.policy, how, published.empty() ? nullptr : &composed}; }
};

Stage set_up(Run& run, const PolicyOptions& options, const std::vector<std::string>& presences) {
  Stage stage;
  stage.loaded = load_policy(run, options);
  for (const auto& path : presences) {
    const auto file = load_file(run, path, options.limits.bytes);
    diag::Sink found;
    auto document = presence::read_document(run.sources, file, options.limits, found);
    if (!document) refuse(found.diagnostics());
    stage.published.push_back(std::move(*document));
  }
  stage.composed = presence::compose(stage.published);
  stage.how = {.usage = stage.loaded.usage, .profile = stage.loaded.profile, .readings = engine::with_defaults(stage.loaded.fixed)};
  return stage;
}

explain::Explanation explained(const Stage& stage) {
  explain::Options how;
  how.usage = stage.how.usage;
  how.profile = stage.how.profile;
  how.readings = stage.how.readings;
  how.rlimit = kRlimit;
  Workers workers(Workers::all_cores());
  return explain::explain(stage.loaded.policy, how, workers);
}

/// Those that a name pattern or a part of a name picks.
bool is_wanted(const std::string& filter, const std::string& name) {
  if (filter.empty()) return true;
  return filter.find('*') == std::string::npos ? name.find(filter) != std::string::npos : glob_matches(filter, name);
}

std::vector<suite::PropertyOutcome> prove_properties(Run& run, const suite::Suite& suite, const Stage& stage, const TestOptions& options) {
  std::vector<const suite::PropertyExpectation*> wanted;
  for (const auto& each : suite.expected_properties)
    if (is_wanted(options.filter, each.name.empty() ? each.text : each.name)) wanted.push_back(&each);
  if (wanted.empty()) return {};
  std::vector<std::string> texts;
  for (const auto* each : wanted)
    if (!each->text.empty()) texts.push_back(each->text);
  auto known = load_properties(run, suite.properties, texts, options.policy.limits);
  // Those given as text come last, in their order.
  std::size_t text = known.properties.size() - texts.size();
  property::Properties asked = known;
  asked.properties.clear();
  for (const auto* each : wanted) {
    if (!each->text.empty()) {
      asked.properties.push_back(known.properties[text++]);
      continue;
    }
    const auto found = std::ranges::find(known.properties, each->name, &property::Property::name);
    if (found == known.properties.end()) throw diag::InputError(diag::Problem{.span = each->span, .message = fmt::format("no property is called `{}`", each->name), .hint = "name one of the files of `properties`, or give its `text`"});
    asked.properties.push_back(*found);
  }
  verify::Options how;
  how.usage = stage.how.usage;
  how.profile = stage.how.profile;
  how.fixed = stage.loaded.fixed;
  how.timeout_s = options.timeout_s;
  how.jobs = Workers::all_cores();
  auto results = verify::verify(stage.loaded.policy, asked, how);
  std::vector<suite::PropertyOutcome> outcomes;
  for (std::size_t i = 0; i < wanted.size(); ++i) outcomes.push_back({wanted[i], std::move(results[i])});
  return outcomes;
}

std::unique_ptr<suite::SuiteResult> run_suite(Run& run, const std::string& path, const TestOptions& options) {
  auto result = std::make_unique<suite::SuiteResult>();
  result->suite = suite::read_suite(run.sources, load_file(run, path, options.policy.limits.bytes));
  std::erase_if(result->suite.cases, [&](const suite::Case& one) { return !is_wanted(options.filter, one.name); });
  PolicyOptions policy = options.policy;
  policy.files = result->suite.policies;
  policy.usage = result->suite.usage;
  if (!options.engine.empty()) result->suite.engine = options.engine;
  policy.engine = result->suite.engine;
  policy.readings = result->suite.readings;
  if (!std::set<std::string>{"auto", "presence", "geolocation"}.contains(policy.usage)) fail(fmt::format("{}: `{}` is no usage", path, policy.usage), "write `auto`, `presence` or `geolocation`");
  const Stage stage = set_up(run, policy, result->suite.presences);
  const auto subject = stage.subject();
  result->policy = stage.loaded.policy;
  result->cases = suite::run_cases(result->suite.cases, subject);
  result->properties = prove_properties(run, result->suite, stage, options);
  result->coverage = suite::goals_of(subject, explained(stage));
  const semantics::Evaluator evaluator(stage.loaded.policy, stage.how);
  for (const auto& one : result->suite.cases) (void)suite::cover(result->coverage, one.request, subject, evaluator);
  if (options.mutate || options.kill || options.score_below >= 0) result->mutants = suite::judge(result->suite.cases, subject, options.timeout_s);
  return result;
}

int exit_status(const std::vector<suite::SuiteResult>& results, const TestOptions& options) {
  bool undecided = false;
  for (const auto& result : results) {
    if (result.failed() > 0 || result.coverage.percent() < options.coverage_below) return kFound;
    if (options.score_below >= 0 && suite::score(*result.mutants) < options.score_below) return kFound;
    if (options.fail_on_empty && result.cases.empty() && result.properties.empty()) return kFound;
    undecided = undecided || result.undecided();
  }
  if (results.empty() && options.fail_on_empty) return kFound;
  return undecided ? kNotDecided : kDone;
}

/// Writes what was found over what was expected.
void update_suite(Run& run, const std::string& path, const TestOptions& options) {
  if (path == "-") fail("standard input cannot be updated", "name the file of the suite");
  const auto file = load_file(run, path, options.policy.limits.bytes);
  const auto suite = suite::read_suite(run.sources, file);
  PolicyOptions policy = options.policy;
  policy.files = suite.policies;
  policy.usage = suite.usage;
  policy.engine = options.engine.empty() ? suite.engine : options.engine;
  policy.readings = suite.readings;
  const Stage stage = set_up(run, policy, suite.presences);
  auto outcomes = suite::run_cases(suite.cases, stage.subject());
  std::erase_if(outcomes, [&](const auto& outcome) { return !is_wanted(options.filter, outcome.one->name); });
  const auto update = suite::update(run.sources, file, outcomes);
  for (const auto& left : update.left) run.environment.err << fmt::format("{}: not updated: {}\n", diag::printable(path), diag::printable(left));
  if (update.changed == 0) return;
  write_file(path, update.text);
  run.environment.err << fmt::format("{}: {} value{} updated\n", diag::printable(path), update.changed, update.changed == 1 ? "" : "s");
}

int run_suites(Run& run, const TestOptions& options) {
  const auto outputs = chosen_outputs(options.output);
  std::vector<std::unique_ptr<suite::SuiteResult>> owned;
  for (const auto& path : suites_below(options.paths)) {
    if (options.update) update_suite(run, path, options);
    owned.push_back(run_suite(run, path, options));
  }
  std::vector<suite::SuiteResult> results;
  for (auto& each : owned) results.push_back(std::move(*each));
  write_rendered(run, outputs, [&](const Output& output) {
    if (output.format == "json") return suite::results_json(results);
    if (output.format == "junit") return suite::results_junit(results);
    return suite::results_text(run.sources, results, {style_of(run, output).color, options.coverage, options.kill});
  });
  const bool nothing = std::ranges::all_of(results, [](const auto& each) { return each.cases.empty() && each.properties.empty(); });
  if (nothing) run.environment.err << "presproof: no case was run\n";
  return exit_status(results, options);
}

int draft(Run& run, const TestOptions& options) {
  PolicyOptions policy = options.policy;
  policy.files.assign(options.paths.begin() + 1, options.paths.end());
  if (!options.engine.empty()) policy.engine = options.engine;
  if (policy.files.empty()) fail("there is no policy to draft a suite for", "write `presproof test new rules.xml`");
  const auto outputs = chosen_outputs(options.output);
  const Stage stage = set_up(run, policy, {});
  const auto cases = suite::draft_cases(stage.subject(), explained(stage), !options.no_kill, options.timeout_s);
  std::string text = "# Drafted from what the rules give now: read whether each case is meant, and name it by its purpose.\n";
  std::string files;
  for (const auto& file : policy.files) files += fmt::format("{}\"{}\"", files.empty() ? "" : ", ", fs::path(file).filename().string());
  text += policy.files.size() == 1 ? fmt::format("policy = {}\n", files) : fmt::format("policy = [{}]\n", files);
  if (!options.engine.empty()) text += fmt::format("engine = \"{}\"\n", engine::designation(*stage.how.profile));
  for (const auto& one : cases) text += '\n' + suite::write_case(one);
  write_rendered(run, outputs, [&](const Output&) { return text; });
  return kDone;
}

}  // namespace

void add_test(CLI::App& app, Run& run) {
  auto options = std::make_shared<TestOptions>();
  auto* command = app.add_subcommand("test", "Run expectations that are kept beside rule sets, and say what they cover");
  command->add_option("SUITE", options->paths, "Suites, or folders with `*.test.toml`; `new POLICY...` drafts one")->type_name("FILE")->required();
  add_limit_options(*command, options->policy.limits);
  add_output_options(*command, options->output, {"text", "json", "junit"});
  command->add_option("--engine", options->engine, "Decide as this server does, whatever the suites say; `presproof engines` lists them")->type_name("ENGINE");
  command->add_option("--filter", options->filter, "Run only cases and properties whose names have this in them, or match it where it has a `*`");
  command->add_flag("--coverage", options->coverage, "List what no case exercises, and what cannot happen");
  command->add_option("--coverage-below", options->coverage_below, "Fail when less than so many percent are covered")->check(CLI::Range(0.0, 100.0));
  command->add_flag("--fail-on-empty", options->fail_on_empty, "Fail when a suite has nothing to run");
  command->add_flag("--update", options->update, "Write what is found over what was expected, in the suites; comments and layout stay");
  command->add_flag("--mutate", options->mutate, "Change the rules in small ways, and list the changes that no case notices");
  command->add_flag("--kill", options->kill, "The same, with a case for each of them that would notice it");
  command->add_option("--score-below", options->score_below, "Fail when the mutation score is below this")->check(CLI::Range(0.0, 1.0));
  command->add_flag("--no-kill", options->no_kill, "Draft without the cases that only mutants ask for");
  command->add_option("--timeout", options->timeout_s, "Seconds for each property and each mutant; 0 is no limit")->check(CLI::NonNegativeNumber)->capture_default_str();
  command->footer(kTestFooter);
  command->callback([&run, options] { run.action = [&run, options] { return options->paths.front() == "new" ? draft(run, *options) : run_suites(run, *options); }; });
}

}  // namespace presproof::cli
