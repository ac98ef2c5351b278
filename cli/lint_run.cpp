#include "lint_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <memory>
#include <optional>
#include <ostream>
#include <tuple>
#include <utility>

#include "diag/printable.h"
#include "exit_code.h"
#include "fixing.h"
#include "lint_baselines.h"
#include "lint_configs.h"
#include "lint_group.h"
#include "lint_inputs.h"
#include "presence/document.h"
#include "progress.h"
#include "report/fixes.h"
#include "report/lint_summary.h"
#include "report/report.h"
#include "schema/schemas.h"
#include "version.h"

namespace presproof::cli {
namespace {

/// What tells findings apart once those of all groups are sorted.
using FindingKey = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t, diag::Code, std::string>;

FindingKey key_of(const diag::Diagnostic& finding) {
  return {finding.span.file, finding.span.line, finding.span.column, finding.code, finding.message};
}

class Linter {
 public:
  Linter(Run& run, const LintOptions& options)
      : run_(run), options_(options), outputs_(chosen_outputs(options.output)), configs_(run, options), baselines_(run, options) {}

  int run() {
    prepare();
    for (const auto& path : options_.presence) read_presence(path);
    check_all();
    warn_of_left_out_schemas();
    baselines_.close();
    findings_.sort();
    result_.sources = &run_.sources;
    result_.findings = findings_.diagnostics();
    for (const auto& finding : result_.findings)
      if (wants_changes()) result_.changes.push_back(changes_[key_of(finding)]);
    if (options_.fixes.any()) finish_fixes();
    write_rendered(run_, outputs_, [&](const Output& output) { return rendered(output); });
    if (!prints_text(outputs_) || options_.fixes.dry_run) run_.environment.err << report::lint_summary(result_);
    return unreadable_ ? kNotDone : failing_ ? kFound : kDone;
  }

 private:
  /// What throws, throws before any work is done.
  void prepare() {
    if (options_.schemas) schemas_ = schema::Schemas::read(*options_.schemas);
    auto [groups, unreadable] = find_lint_inputs(run_, options_);
    groups_ = std::move(groups);
    unreadable_ = unreadable;
    refuse_impossible_fixes(options_, outputs_, groups_);
    if (groups_.empty()) (void)configs_.settings_of({"-"});  // what the command line says is looked at all the same
    for (const auto& group : groups_) {
      settings_.push_back(&configs_.settings_of(group));
      baselines_.open(*settings_.back());
    }
    for (const auto& path : options_.presence) baselines_.open(configs_.settings_of({path}));
  }

  [[nodiscard]] bool wants_changes() const {
    return std::ranges::any_of(outputs_, [](const Output& output) { return output.format == "sarif"; });
  }

  /// What is wrong in a presence document is a finding, too.
  void read_presence(const std::string& path) {
    try {
      const auto& settings = configs_.settings_of({path});
      const auto file = load_file(run_, path, options_.limits.bytes);
      set_levels(file, settings);
      result_.checked.push_back(file);
      diag::Sink sink;
      auto document = presence::read_document(run_.sources, file, options_.limits, sink);
      if (document) presences_.push_back(std::move(*document));
      baselines_.looked_at(path, settings);
      for (auto& finding : lint::drop_disabled(sink, settings.checks.disabled)) add(std::move(finding), path, settings);
    } catch (const diag::InputError& error) {
      print_problems(run_, error.problems());
      unreadable_ = true;
    }
  }

  /// Each group on some thread; then their reports are put together in the order of the groups, so that the outcome is
  /// the same for any number of threads.
  void check_all() {
    Workers workers(options_.jobs);
    const auto inputs = shared_inputs(workers);
    std::vector<std::optional<GroupReport>> reports(groups_.size());
    {
      Progress progress(run_, "checking: policy");
      std::atomic<std::size_t> done = 0;
      (void)workers.run(groups_.size(), [&](std::size_t number) {
        progress.update(done, groups_.size());
        reports[number] = check_group(inputs, groups_[number], *settings_[number]);
        ++done;
        return false;
      });
    }
    for (std::size_t number = 0; number < reports.size(); ++number) {
      add(std::move(*reports[number]), *settings_[number]);
      reports[number].reset();
    }
  }

  GroupInputs shared_inputs(Workers& workers) {
    GroupInputs inputs{.options = options_,
                       .presences = presences_,
                       .schemas = schemas_ ? &*schemas_ : nullptr,
                       .workers = &workers,
                       .with_changes = wants_changes(),
                       .standard_input = {},
                       .standard_input_problems = {}};
    const bool wanted = std::ranges::any_of(groups_, [](const LintGroup& group) { return std::ranges::find(group, "-") != group.end(); });
    if (!wanted) return inputs;
    try {
      inputs.standard_input = read_standard_input(run_, options_.limits.bytes);
    } catch (const diag::InputError& error) {
      inputs.standard_input_problems = error.problems();
    }
    return inputs;
  }

  void add(GroupReport report, const LintSettings& settings) {
    print_problems(run_, report.problems);
    unreadable_ = unreadable_ || !report.problems.empty();
    result_.files += report.checked.size();
    result_.rules += report.rules;
    result_.ignored += report.ignored;
    std::map<std::uint32_t, std::uint32_t> numbers;  // the group's files, and their numbers in the run
    const auto moved = [&](std::uint32_t file) {
      if (file >= report.sources.size()) return file;
      const auto [place, is_new] = numbers.try_emplace(file, 0);
      if (is_new) {
        place->second = run_.sources.add(std::string(report.sources.name(file)), std::string(report.sources.text(file)),
                                         std::string(report.sources.encoding(file)));
        set_levels(place->second, settings);
      }
      return place->second;
    };
    for (const auto file : report.checked) {
      result_.checked.push_back(moved(file));
      baselines_.looked_at(std::string(report.sources.name(file)), settings);
    }
    for (std::size_t i = 0; i < report.findings.size(); ++i) {
      auto& finding = report.findings[i];
      const auto file = finding.span.file < report.sources.size() ? std::string(report.sources.name(finding.span.file)) : std::string();
      finding.span.file = moved(finding.span.file);
      for (auto& related : finding.related) related.span.file = moved(related.span.file);
      if (!report.changes.empty()) changes_.emplace(key_of(finding), std::move(report.changes[i]));
      add(std::move(finding), file, settings);
    }
    const auto move_fixes = [&](auto& from, auto& to) {
      for (auto& fix : from) {
        fix.finding.span.file = moved(fix.finding.span.file);
        to.push_back(std::move(fix));
      }
    };
    move_fixes(report.applied, fixes_.applied);
    move_fixes(report.refused, fixes_.refused);
    for (auto& file : report.rewritten) rewritten_.push_back({moved(file.file), std::move(file.text)});
  }

  /// `file`: its name as the baseline knows it; the places of the finding are in the run's sources.
  void add(diag::Diagnostic finding, const std::string& file, const LintSettings& settings) {
    if (baselines_.knows(finding, file, settings)) {
      ++result_.in_baseline;
      return;
    }
    failing_ = failing_ || settings.levels.fails(finding.code);
    findings_.report(std::move(finding));
  }

  void set_levels(std::uint32_t file, const LintSettings& settings) {
    auto& shared = levels_[&settings];
    if (!shared) shared = std::make_shared<const report::LintLevels>(settings.levels);
    result_.levels.resize(std::max<std::size_t>(result_.levels.size(), file + 1));
    result_.levels[file] = shared;
  }

  void warn_of_left_out_schemas() {
    if (!schemas_) return;
    for (const auto& [ns, reason] : schemas_->left_out())
      run_.environment.err << fmt::format("presproof: warning: the schema of the namespace `{}` is left out: {}\n",
                                          diag::printable(ns), reason);
  }

  void finish_fixes() {
    if (!options_.fixes.dry_run) write_fixes(run_, rewritten_);
    fixes_.written = !options_.fixes.dry_run;
    result_.fixes = std::move(fixes_);
    run_.environment.err << report::fixes_text(result_);
  }

  std::string rendered(const Output& output) const {
    if (options_.fixes.dry_run) return diff_of_fixes(run_, rewritten_, output.on_stdout() && run_.environment.out_is_terminal);
    if (output.format == "json") return report::lint_json(result_);
    if (output.format == "jsonl") return report::lint_jsonl(result_);
    if (output.format == "sarif") return report::lint_sarif(result_, kVersion);
    if (output.format == "junit") return report::lint_junit(result_);
    if (output.format == "github") return report::lint_github(result_);
    return report::lint_text(result_, style_of(run_, output));
  }

  Run& run_;
  const LintOptions& options_;
  std::vector<Output> outputs_;
  LintConfigs configs_;
  Baselines baselines_;
  std::optional<schema::Schemas> schemas_;
  std::vector<presence::Document> presences_;
  std::vector<LintGroup> groups_;
  std::vector<const LintSettings*> settings_;  ///< for each group
  std::map<const LintSettings*, std::shared_ptr<const report::LintLevels>> levels_;
  std::map<FindingKey, std::vector<text::TextChanges::Change>> changes_;  ///< what mends each finding, when somebody asks
  diag::Sink findings_;
  report::Lint result_;
  report::LintFixes fixes_;
  std::vector<RewrittenFile> rewritten_;  ///< files of the run's sources
  bool unreadable_ = false;
  bool failing_ = false;
};

}  // namespace

int run_lint(Run& run, const LintOptions& options) { return Linter(run, options).run(); }

}  // namespace presproof::cli
