#include "lint_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <ostream>

#include "diag/printable.h"
#include "exit_code.h"
#include "fixing.h"
#include "lint_baseline.h"
#include "lint_configs.h"
#include "lint_group.h"
#include "lint_inputs.h"
#include "presence/document.h"
#include "progress.h"
#include "report/fixes.h"
#include "report/lint_summary.h"
#include "report/report.h"
#include "schema/schemas.h"

namespace presproof::cli {
namespace {

class Linter {
 public:
  Linter(Run& run, const LintOptions& options) : run_(run), options_(options), configs_(run, options) {}

  int run() {
    if (options_.schemas) schemas_ = schema::Schemas::read(*options_.schemas);
    auto [groups, unreadable] = find_lint_inputs(run_, options_);
    groups_ = std::move(groups);
    unreadable_ = unreadable;
    refuse_impossible_fixes(options_, groups_);
    if (groups_.empty()) (void)configs_.settings_of({"-"});  // what the command line says is looked at all the same
    for (const auto& group : groups_) {
      settings_.push_back(&configs_.settings_of(group));
      open_baseline(*settings_.back());
    }
    for (const auto& path : options_.presence) read_presence(path);
    check_all();
    warn_of_left_out_schemas();
    close_baselines();
    findings_.sort();
    result_.sources = &run_.sources;
    result_.findings = findings_.diagnostics();
    if (options_.fixes.any()) finish_fixes();
    write_result(run_, options_.output, rendered());
    return exit_status();
  }

 private:
  /// Each group on some thread; then their reports are put together in the order of the groups, so that the outcome is
  /// the same for any number of threads.
  void check_all() {
    const auto inputs = shared_inputs();
    std::vector<std::optional<GroupReport>> reports(groups_.size());
    {
      Progress progress(run_, "checking: policy");
      std::atomic<std::size_t> done = 0;
      Workers workers(options_.jobs);
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

  void open_baseline(const LintSettings& settings) {
    if (!settings.baseline) {
      if (!options_.update_baseline) return;
      throw diag::InputError(diag::Problem{
          .span = {}, .message = "there is no baseline to update", .hint = "name one with `--baseline`, or in the configuration"});
    }
    const auto& path = *settings.baseline;
    if (baselines_.contains(path)) return;
    std::error_code error;
    const bool is_new = options_.update_baseline && !std::filesystem::exists(path, error);
    baselines_.emplace(path, is_new ? Baseline(path) : Baseline::read(run_.sources, load_file(run_, path, options_.limits.bytes)));
  }

  /// Says what is mended, and writes what is left.
  void close_baselines() {
    for (const auto& [path, baseline] : baselines_) {
      if (options_.update_baseline) {
        write_file(path, baseline.updated());
        continue;
      }
      std::size_t count = 0;
      for (const auto& [key, times] : baseline.gone()) {
        count += times;
        run_.environment.err << diag::printable(fmt::format("{}: note: {} {} in {} no longer occurs", path, key.code,
                                                            diag::info(*diag::find_code(key.code)).name, key.file))
                             << '\n';
      }
      if (count != 0) run_.environment.err << "presproof: `--update-baseline` takes what no longer occurs out of the baseline\n";
    }
  }

  /// Whether the finding is in the baseline of its group.
  bool is_known(const diag::Diagnostic& finding, const diag::Sources& sources, const LintSettings& settings) {
    if (!settings.baseline) return false;
    auto& baseline = baselines_.at(*settings.baseline);
    const auto file = finding.span.file < sources.size() ? std::string(sources.name(finding.span.file)) : std::string();
    return baseline.meet(baseline.key_of(finding, file)) || options_.update_baseline;
  }

  GroupInputs shared_inputs() {
    GroupInputs inputs{.options = options_,
                       .presences = presences_,
                       .schemas = schemas_ ? &*schemas_ : nullptr,
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
    result_.files += report.files;
    result_.rules += report.rules;
    result_.ignored += report.ignored;
    std::map<std::uint32_t, std::uint32_t> numbers;  // the group's files that findings are in, and their numbers in the run
    const auto move_file = [&](SourceSpan& span) {
      if (span.file >= report.sources.size()) return;
      const auto [place, is_new] = numbers.try_emplace(span.file, 0);
      if (is_new) {
        place->second = run_.sources.add(std::string(report.sources.name(span.file)), std::string(report.sources.text(span.file)));
        set_severities(place->second, settings);
      }
      span.file = place->second;
    };
    if (settings.baseline) {
      auto& baseline = baselines_.at(*settings.baseline);
      for (std::uint32_t file = 0; file < report.sources.size(); ++file)
        baseline.looked_at(std::string(report.sources.name(file)), settings.checks.disabled);
    }
    for (auto& finding : report.findings) {
      if (is_known(finding, report.sources, settings)) {
        ++result_.in_baseline;
        continue;
      }
      move_file(finding.span);
      for (auto& related : finding.related) move_file(related.span);
      add(std::move(finding), settings);
    }
    for (auto& fix : report.applied) {
      move_file(fix.finding.span);
      fixes_.applied.push_back(std::move(fix));
    }
    for (auto& fix : report.refused) {
      move_file(fix.finding.span);
      fixes_.refused.push_back(std::move(fix));
    }
    for (auto& file : report.rewritten) {
      SourceSpan span{.file = file.file};
      move_file(span);
      rewritten_.push_back({span.file, std::move(file.text)});
    }
  }

  /// One that is in no baseline; its places are in the run's sources.
  void add(diag::Diagnostic finding, const LintSettings& settings) {
    failing_ = failing_ || severity_in(settings, finding.code) >= settings.fail_on;
    findings_.report(std::move(finding));
  }

  /// What is wrong in a presence document is a finding, too.
  void read_presence(const std::string& path) {
    try {
      const auto& settings = configs_.settings_of({path});
      open_baseline(settings);
      const auto file = load_file(run_, path, options_.limits.bytes);
      set_severities(file, settings);
      diag::Sink sink;
      auto document = presence::read_document(run_.sources, file, options_.limits, sink);
      if (document) presences_.push_back(std::move(*document));
      if (settings.baseline) baselines_.at(*settings.baseline).looked_at(path, settings.checks.disabled);
      for (auto& finding : lint::drop_disabled(sink, settings.checks.disabled)) {
        if (is_known(finding, run_.sources, settings))
          ++result_.in_baseline;
        else
          add(std::move(finding), settings);
      }
    } catch (const diag::InputError& error) {
      print_problems(run_, error.problems());
      unreadable_ = true;
    }
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

  void set_severities(std::uint32_t file, const LintSettings& settings) {
    if (settings.severities.empty()) return;
    auto& shared = severities_[&settings];
    if (!shared) shared = std::make_shared<const report::Severities>(settings.severities);
    result_.severities.resize(std::max<std::size_t>(result_.severities.size(), file + 1));
    result_.severities[file] = shared;
  }

  static diag::Severity severity_in(const LintSettings& settings, diag::Code code) {
    const auto set = settings.severities.find(code);
    return set == settings.severities.end() ? diag::info(code).severity : set->second;
  }

  std::string rendered() const {
    if (options_.fixes.dry_run) return diff_of_fixes(run_, rewritten_, run_.environment.out_is_terminal && options_.output.output.empty());
    if (options_.output.format == "json") return report::lint_json(result_);
    if (options_.output.format == "jsonl") return report::lint_jsonl(result_);
    return report::lint_text(result_, {.color = run_.color_out() && options_.output.output.empty()});
  }

  int exit_status() const {
    if (unreadable_) return kNotDone;
    return failing_ ? kFound : kDone;
  }

  Run& run_;
  const LintOptions& options_;
  LintConfigs configs_;
  std::vector<LintGroup> groups_;
  std::vector<const LintSettings*> settings_;  ///< for each group
  std::map<const LintSettings*, std::shared_ptr<const report::Severities>> severities_;
  std::map<std::string, Baseline> baselines_;  ///< by path
  std::optional<schema::Schemas> schemas_;
  std::vector<presence::Document> presences_;
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
