#include "lint_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "diag/printable.h"
#include "exit_code.h"
#include "lint_inputs.h"
#include "policy/reader.h"
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
  Linter(Run& run, const LintOptions& options)
      : run_(run), options_(options), how_(chosen_checks(options)), fixing_(run, options.fixes, options.limits) {}

  int run() {
    if (options_.schemas) schemas_ = schema::Schemas::read(*options_.schemas);
    fixing_.refuse_impossible(options_.paths, options_.output.format);
    const auto [groups, unreadable] = find_lint_inputs(run_, options_.paths);
    unreadable_ = unreadable;
    for (const auto& path : options_.presence) or_unreadable([&] { read_presence(path); });
    {
      Progress progress(run_, "checking: policy");
      for (std::size_t done = 0; done < groups.size(); ++done) {
        progress.update(done, groups.size());
        check(groups[done]);
      }
    }
    if (schemas_) {
      for (const auto& [ns, reason] : schemas_->left_out())
        run_.environment.err << fmt::format("presproof: warning: the schema of the namespace `{}` is left out: {}\n",
                                            diag::printable(ns), reason);
    }
    findings_.sort();
    result_.sources = &run_.sources;
    result_.findings = findings_.diagnostics();
    if (options_.fixes.any()) finish_fixes();
    write_result(run_, options_.output, options_.fixes.dry_run ? fixing_.diff(run_.environment.out_is_terminal && options_.output.output.empty()) : rendered());
    return exit_status();
  }

 private:
  void check(const LintGroup& group) {
    diag::Sink sink;
    lint::Subject subject;
    for (const auto& path : group) or_unreadable([&] { read(path, subject, sink); });
    subject.presences = presences_;
    how_.usage = chosen_usage(options_.usage, subject.policy);
    if (options_.fixes.any())
      fixing_.mend(subject, sink, how_);
    else
      lint::run_checks(lint::Context(subject, run_.sources, how_), sink);
    for (const auto& rule_set : subject.policy.documents) result_.rules += rule_set.rules.size();
    for (auto& finding : lint::drop_disabled(sink, how_.disabled)) findings_.report(std::move(finding));
  }

  void finish_fixes() {
    if (!options_.fixes.dry_run) fixing_.write();
    result_.fixes = fixing_.fixes();
    run_.environment.err << report::fixes_text(result_);
  }

  void read(const std::string& path, lint::Subject& subject, diag::Sink& sink) {
    const auto file = load_file(run_, path, options_.limits.bytes);
    ++result_.files;
    auto document = xml::Document::read(run_.sources, file, options_.limits, sink);
    if (!document) return;
    auto rule_set = policy::read_rule_set(*document, run_.sources, sink);
    if (schemas_) schemas_->validate(*document, run_.sources, how_.disabled, sink);
    if (!rule_set) return;
    subject.policy.documents.push_back(std::move(*rule_set));
    subject.documents.push_back(std::move(*document));
  }

  /// What is wrong in a presence document is a finding, too.
  void read_presence(const std::string& path) {
    const auto file = load_file(run_, path, options_.limits.bytes);
    diag::Sink sink;
    auto document = presence::read_document(run_.sources, file, options_.limits, sink);
    if (document) presences_.push_back(std::move(*document));
    for (auto& finding : lint::drop_disabled(sink, how_.disabled)) findings_.report(std::move(finding));
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
      const auto severity = report::severity_of(result_, finding);
      return options_.fail_on == "note" || severity == diag::Severity::error ||
             (options_.fail_on == "warning" && severity == diag::Severity::warning);
    });
    return found ? kFound : kDone;
  }

  Run& run_;
  const LintOptions& options_;
  lint::Options how_;
  Fixing fixing_;
  diag::Sink findings_;
  std::vector<presence::Document> presences_;
  report::Lint result_;
  std::optional<schema::Schemas> schemas_;
  bool unreadable_ = false;
};

}  // namespace

int run_lint(Run& run, const LintOptions& options) { return Linter(run, options).run(); }

}  // namespace presproof::cli
