#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.h"
#include "diag/sources.h"
#include "compare/compare.h"
#include "diff/compare.h"
#include "diff/grouping.h"
#include "engine/profile.h"
#include "explain/explanation.h"
#include "explain/reasons.h"
#include "leaks/leaks.h"
#include "load/load.h"
#include "lint/fixer.h"
#include "policy/request.h"
#include "policy/rule_set.h"
#include "property/property.h"
#include "repair/repair.h"
#include "semantics/decision.h"
#include "semantics/life.h"
#include "text/element_text.h"
#include "verify/result.h"

/// What commands found, as plain data; renderers (text.h, json.h) are pure functions of it.
namespace presproof::report {

/// One watcher's view: the contract's `presproof-simulation/1`.
struct Simulation {
  const policy::Policy* policy = nullptr;
  std::string engine;
  policy::Usage usage = policy::Usage::presence;
  policy::Request request;
  semantics::Decision decision;
  std::optional<std::string> document;  ///< the NOTIFY body
  bool show_decision = true;
  bool show_document = true;
};

/// What `lint --fix` did.
struct LintFixes {
  std::vector<lint::AppliedFix> applied;
  std::vector<lint::RefusedFix> refused;
  bool written = false;
};

/// How gravely an owner takes findings.
struct LintLevels {
  std::map<diag::Code, diag::Severity> severities;  ///< where they are not those of the registry
  diag::Severity fail_on = diag::Severity::warning;

  [[nodiscard]] diag::Severity severity(diag::Code code) const {
    const auto set = severities.find(code);
    return set == severities.end() ? diag::info(code).severity : set->second;
  }
  [[nodiscard]] bool fails(diag::Code code) const { return severity(code) >= fail_on; }
};

/// `presproof-lint/1`.
struct Lint {
  const diag::Sources* sources = nullptr;
  std::vector<diag::Diagnostic> findings;  ///< sorted
  std::size_t files = 0;
  std::size_t rules = 0;
  std::vector<std::uint32_t> checked;  ///< the files, by their numbers in `sources`
  /// For each finding what mends it, or nothing; no entry at all when nobody asked.
  std::vector<std::vector<text::TextChanges::Change>> changes;
  std::optional<LintFixes> fixes;  ///< when it was asked to mend
  /// For each file of `sources` what its owner set; null, or no entry: nothing. Ask levels_of (lint_summary.h).
  std::vector<std::shared_ptr<const LintLevels>> levels = {};
  std::size_t in_baseline = 0;  ///< findings that are not here, since a baseline has them
  std::size_t ignored = 0;      ///< findings that are not here, since a comment in the document says so
};

/// What came of the wish to repair one property.
struct Repaired {
  std::optional<repair::Proposal> proposal;
  std::string reason;  ///< why there is no proposal; empty when none was wanted
  bool applied = false;
};

/// `presproof-proof/1`.
struct Proof {
  const policy::Policy* policy = nullptr;
  const diag::Sources* sources = nullptr;
  const engine::Profile* profile = &engine::rfc();
  policy::Usage usage = policy::Usage::presence;
  std::vector<property::Property> properties;
  std::vector<verify::Result> results;  ///< one for each property
  std::vector<Repaired> repairs;        ///< one for each property, or none at all
};

/// `presproof-leaks/1`.
struct Leaks {
  const policy::Policy* policy = nullptr;
  const diag::Sources* sources = nullptr;
  const engine::Profile* profile = &engine::rfc();
  policy::Usage usage = policy::Usage::presence;
  leaks::Findings found;
};

/// One side of a comparison.
struct DiffSide {
  policy::Policy policy;
  bool is_missing = false;  ///< there is no such document on this side: an empty rule set stands for it
  bool on_disk = true;      ///< its documents are files of these names
};
/// Documents of one user on both sides.
struct DiffPart {
  std::string name;  ///< the path below both folders, or in the repository; empty for two files
  DiffSide old_side;
  DiffSide new_side;
  policy::Usage usage = policy::Usage::presence;
  diff::Comparison comparison;
  std::vector<diff::ChangeGroup> groups;
  std::optional<load::UploadCost> upload;  ///< when watchers were given
};
/// `presproof-diff/1`.
struct Diff {
  const diag::Sources* sources = nullptr;
  const engine::Profile* profile = &engine::rfc();
  engine::Readings readings;
  std::vector<std::string> group_names;  ///< in the order of diff::Options::groups
  bool fails_on_losses = true;           ///< else what somebody loses alone is no failure
  std::vector<DiffPart> parts;
};

/// Whether the change is one that fails.
[[nodiscard]] inline bool fails(const Diff& diff, const diff::Change& change) {
  return diff.fails_on_losses || change.direction == diff::Direction::gained;
}

/// One rule set under several engines: `presproof-compare/1`.
struct EngineComparisons {
  const diag::Sources* sources = nullptr;
  std::string file;
  engine::Readings readings;
  policy::Policy rfc;  ///< as the RFCs read it
  bool is_rule_set = true;  ///< false: by the RFCs it is none, and nobody is let in
  std::vector<property::Property> properties;
  std::vector<verify::Result> by_rfc;  ///< one for each property
  struct Other {
    const engine::Profile* profile = nullptr;
    policy::Policy policy;  ///< as the engine reads it
    compare::EngineComparison comparison;
    std::vector<verify::Result> results;  ///< one for each property
  };
  std::vector<Other> others;
};
/// Whether some engine discloses more than the RFCs.
[[nodiscard]] bool discloses_more(const EngineComparisons& comparisons);
[[nodiscard]] bool undecided(const EngineComparisons& comparisons);

/// What was sent as things happened: `presproof-timeline/1`.
struct TimelineEvent {
  std::string words;                              ///< as the user wrote it
  std::optional<semantics::LifeAnswer> answer;    ///< nothing where nobody is asked, as when time passes
  std::vector<presence::Document> published;      ///< what there is to disclose
};
struct Timeline {
  std::string engine;
  std::vector<TimelineEvent> events;
};

struct TextStyle {
  bool color = false;
};

[[nodiscard]] std::string simulation_text(const Simulation& simulation, const TextStyle& style);
[[nodiscard]] std::string simulation_json(const Simulation& simulation, bool one_line);
[[nodiscard]] std::string lint_text(const Lint& lint, const TextStyle& style);
[[nodiscard]] std::string lint_json(const Lint& lint);
[[nodiscard]] std::string lint_jsonl(const Lint& lint);
/// SARIF 2.1.0: a rule for each code that occurs, with its page; what mends a finding is a fix; `version` is presproof's.
[[nodiscard]] std::string lint_sarif(const Lint& lint, std::string_view version);
/// The XML that test runners read: a suite for each file, a failed test case for each finding of severity `fails` or above, and one that passes
/// for a file without any. What is less grave stands in the suite's output.
[[nodiscard]] std::string lint_junit(const Lint& lint);
/// A workflow command of GitHub's a finding, which makes it an annotation; notes are notices.
[[nodiscard]] std::string lint_github(const Lint& lint);
/// The last line of lint_text.
[[nodiscard]] std::string lint_summary(const Lint& lint);
/// What lint_text says of one finding; why it matters on demand.
[[nodiscard]] std::string finding_text(const Lint& lint, const diag::Diagnostic& finding, bool with_why, const TextStyle& style);
/// Each NOTIFY with what of the published documents is missing in it, and the document.
[[nodiscard]] std::string timeline_text(const Timeline& timeline, bool with_documents);
[[nodiscard]] std::string timeline_json(const Timeline& timeline, bool as_lines);
[[nodiscard]] std::string compare_text(const EngineComparisons& comparisons, const TextStyle& style);
[[nodiscard]] std::string compare_json(const EngineComparisons& comparisons);
[[nodiscard]] std::string proof_text(const Proof& proof, const TextStyle& style);
[[nodiscard]] std::string proof_json(const Proof& proof);
/// One property's object a line, each with `format`, `engine` and `usage`.
[[nodiscard]] std::string proof_jsonl(const Proof& proof);
/// SARIF 2.1.0: a result for each property that is not proved; `version` is presproof's. `allow_vacuous`: a vacuous property is a note.
[[nodiscard]] std::string proof_sarif(const Proof& proof, std::string_view version, bool allow_vacuous);
/// The XML that test runners read: a test case for each property; a failure, or for `undecided` an error, when it is not proved.
[[nodiscard]] std::string proof_junit(const Proof& proof, bool allow_vacuous);
/// What proof_text says of one property.
[[nodiscard]] std::string property_text(const Proof& proof, std::size_t index, const TextStyle& style);
[[nodiscard]] std::string leaks_text(const Leaks& leaks, const TextStyle& style);
[[nodiscard]] std::string leaks_json(const Leaks& leaks);
[[nodiscard]] std::string leaks_sarif(const Leaks& leaks, std::string_view version);
[[nodiscard]] std::string explanation_json(const explain::Explanation& explanation);
/// For wikis and comments.
[[nodiscard]] std::string explanation_markdown(const explain::Explanation& explanation);
/// One HTML file that needs no other and no script.
[[nodiscard]] std::string explanation_html(const explain::Explanation& explanation);
/// Of some watchers: what they get and why, and what would have to change.
[[nodiscard]] std::string reasons_text(const explain::Explained& how, std::span<const explain::Reasons> reasons);
[[nodiscard]] std::string reasons_json(const explain::Explained& how, std::span<const explain::Reasons> reasons);  ///< `presproof-reasons/1`
[[nodiscard]] std::string reasons_markdown(const explain::Explained& how, std::span<const explain::Reasons> reasons);
[[nodiscard]] std::string reasons_html(const explain::Explained& how, std::span<const explain::Reasons> reasons);
[[nodiscard]] std::string explanation_text(const explain::Explanation& explanation, const TextStyle& style);
[[nodiscard]] std::string load_text(const policy::Policy& policy, const load::Load& load);
/// `presproof-load/1`.
[[nodiscard]] std::string load_json(const policy::Policy& policy, const load::Load& load);
/// One line.
[[nodiscard]] std::string upload_cost_text(const load::UploadCost& cost);
[[nodiscard]] std::string diff_text(const Diff& diff, const TextStyle& style);
[[nodiscard]] std::string diff_json(const Diff& diff);
/// For a comment on a change under review: a table of what changes for whom, and details to unfold.
[[nodiscard]] std::string diff_markdown(const Diff& diff);
/// SARIF 2.1.0: a result for each group of changes, at the rules of the new side, else of the old one; `version` is presproof's.
[[nodiscard]] std::string diff_sarif(const Diff& diff, std::string_view version);
/// The XML that test runners read: a test case for each document; a failure when it gives something else, an error when that is undecided.
[[nodiscard]] std::string diff_junit(const Diff& diff);

}  // namespace presproof::report
