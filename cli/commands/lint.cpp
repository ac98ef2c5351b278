#include "lint/lint.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>

#include "base/lexical.h"
#include "commands/command.h"
#include "exit_code.h"
#include "inputs.h"
#include "policy/reader.h"
#include "progress.h"
#include "report/report.h"

namespace presproof::cli {
namespace {

/// Z3's deterministic resource limit for each question of the solver-backed checks. What it cannot decide within it is
/// not reported.
constexpr std::uint32_t kSolverLimit = 2'000'000;

struct Options {
  std::vector<std::string> paths;
  std::string usage = "auto";
  std::string engine = "rfc";
  xml::Limits limits;
  OutputOptions output;
  std::string fail_on = "warning";
  std::vector<std::string> enable;
  std::vector<std::string> disable;
  std::optional<std::string> at;
  std::optional<std::string> explain;
  bool list = false;
};

constexpr const char* kFooter =
    R"(Files that are named apply together, as all documents of a user do (RFC 5025 section 9.7), and are checked
against each other. In a folder, every *.xml and *.apxml, in subfolders too, is a rule set of its own.

Exit status: 0 no finding at or above --fail-on; 1 one; 2 a path cannot be read or the usage is wrong. A document that
is no well-formed rule set is an error finding, and the run goes on.)";

[[noreturn]] void fail(std::string message, std::string hint) {
  throw diag::InputError(diag::Problem{.span = {}, .message = std::move(message), .hint = std::move(hint)});
}

diag::Code chosen_code(const std::string& word) {
  if (const auto code = diag::find_code(word)) return *code;
  std::vector<std::string_view> known;
  for (const auto& row : diag::all_codes()) known.insert(known.end(), {row.id, row.name});
  const auto near = nearest_word(word, known);
  fail(fmt::format("unknown finding `{}`", word),
       near ? fmt::format("did you mean `{}`?", *near) : "`presproof lint --list` shows all codes and names");
}

/// `--enable` names those that alone are wanted, `--disable` those that are not.
std::set<diag::Code> disabled_codes(const Options& options) {
  std::set<diag::Code> disabled;
  if (!options.enable.empty())
    for (const auto& row : diag::all_codes()) disabled.insert(row.code);
  for (const auto& word : options.enable) disabled.erase(chosen_code(word));
  for (const auto& word : options.disable) disabled.insert(chosen_code(word));
  return disabled;
}

lint::Options chosen_checks(const Options& options) {
  lint::Options how;
  how.profile = &chosen_profile(options.engine);
  how.rlimit = kSolverLimit;
  how.disabled = disabled_codes(options);
  if (!options.at) return how;
  how.at = parse_rfc3339(*options.at);
  if (!how.at)
    fail(fmt::format("`{}` is not an RFC 3339 time with an offset", *options.at),
         "write it like `2026-06-01T12:00:00Z`");
  return how;
}

/// The rule sets below a folder, sorted.
std::vector<std::string> rule_sets_in(const std::string& folder) {
  namespace fs = std::filesystem;
  std::vector<std::string> files;
  std::error_code error;
  for (auto entry = fs::recursive_directory_iterator(folder, error);
       !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    const auto extension = entry->path().extension();
    std::error_code no_file;
    if ((extension == ".xml" || extension == ".apxml") && entry->is_regular_file(no_file))
      files.push_back(entry->path().string());
  }
  if (error) fail(fmt::format("cannot read the folder `{}`: {}", folder, error.message()), "");
  if (files.empty()) fail(fmt::format("there is no `*.xml` and no `*.apxml` in `{}`", folder), "");
  std::ranges::sort(files);
  return files;
}

/// Documents that apply together.
using Group = std::vector<std::string>;

class Linter {
 public:
  Linter(Run& run, const Options& options) : run_(run), options_(options), how_(chosen_checks(options)) {}

  int run() {
    const auto groups = find_groups();
    {
      Progress progress(run_, "checking: policy");
      for (std::size_t done = 0; done < groups.size(); ++done) {
        progress.update(done, groups.size());
        check(groups[done]);
      }
    }
    findings_.sort();
    result_.sources = &run_.sources;
    result_.findings = findings_.diagnostics();
    write_result(run_, options_.output, rendered());
    return exit_status();
  }

 private:
  std::vector<Group> find_groups() {
    Group named;
    std::vector<Group> groups;
    for (const auto& path : options_.paths) {
      std::error_code ignored;
      if (path == "-" || !std::filesystem::is_directory(path, ignored)) {
        named.push_back(path);
        continue;
      }
      or_unreadable([&] {
        for (auto& file : rule_sets_in(path)) groups.push_back({std::move(file)});
      });
    }
    if (!named.empty()) groups.insert(groups.begin(), std::move(named));
    return groups;
  }

  void check(const Group& group) {
    diag::Sink sink;
    policy::Policy policy;
    for (const auto& path : group) or_unreadable([&] { read(path, policy, sink); });
    how_.usage = chosen_usage(options_.usage, policy);
    lint::run_checks(lint::Context{policy, how_}, sink);
    for (auto& finding : lint::drop_disabled(sink, how_.disabled)) findings_.report(std::move(finding));
  }

  void read(const std::string& path, policy::Policy& policy, diag::Sink& sink) {
    const auto file = load_file(run_, path, options_.limits.bytes);
    ++result_.files;
    auto rule_set = policy::read_rule_set(run_.sources, file, options_.limits, sink);
    if (!rule_set) return;
    result_.rules += rule_set->rules.size();
    policy.documents.push_back(std::move(*rule_set));
  }

  /// A path that cannot be read is told on stderr, and the others are still checked.
  template <class Work>
  void or_unreadable(Work work) {
    try {
      work();
    } catch (const diag::InputError& error) {
      print_problems(run_, error.problems());
      unreadable_ = true;
    }
  }

  std::string rendered() const {
    if (options_.output.format == "json") return report::lint_json(result_);
    if (options_.output.format == "jsonl") return report::lint_jsonl(result_);
    return report::lint_text(result_, {.color = run_.color_out() && options_.output.output.empty()});
  }

  int exit_status() const {
    if (unreadable_) return kNotDone;
    const bool found = std::ranges::any_of(result_.findings, [&](const diag::Diagnostic& finding) {
      const auto severity = diag::info(finding.code).severity;
      return options_.fail_on == "note" || severity == diag::Severity::error ||
             (options_.fail_on == "warning" && severity == diag::Severity::warning);
    });
    return found ? kFound : kDone;
  }

  Run& run_;
  const Options& options_;
  lint::Options how_;
  diag::Sink findings_;
  report::Lint result_;
  bool unreadable_ = false;
};

std::string table_of_codes() {
  std::string text;
  for (const auto& row : diag::all_codes())
    text += fmt::format("{}  {:<28} {:<8} {}\n", row.id, row.name, diag::to_string(row.severity), row.title);
  return text;
}

int lint(Run& run, const Options& options) {
  if (options.list || options.explain) {
    write_result(run, options.output,
                 options.list ? table_of_codes() : std::string(lint::page(chosen_code(*options.explain))));
    return kDone;
  }
  if (options.paths.empty()) fail("there is nothing to check", "name a rule set, or a folder of rule sets");
  return Linter(run, options).run();
}

}  // namespace

void add_lint(CLI::App& app, Run& run) {
  auto options = std::make_shared<Options>();
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
  command->add_option("--explain", options->explain, "Print the page on a finding, by code or name");
  command->add_flag("--list", options->list, "Print all findings: code, name, severity, title");
  add_limit_options(*command, options->limits);
  command->footer(kFooter);
  command->callback([&run, options] { run.action = [&run, options] { return lint(run, *options); }; });
}

}  // namespace presproof::cli
