#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "diag/diagnostic.h"
#include "diag/error.h"
#include "diag/sources.h"
#include "lint/fixer.h"
#include "lint_inputs.h"
#include "lint_options.h"
#include "presence/document.h"
#include "rewriting.h"
#include "schema/schemas.h"

namespace presproof::cli {

/// What came of a group of documents that apply together. It has texts of its own, so that groups can be checked by
/// different threads at the same time.
struct GroupReport {
  diag::Sources sources;
  std::vector<diag::Diagnostic> findings;  ///< sorted; spans are in `sources`
  std::vector<std::vector<text::TextChanges::Change>> changes;  ///< for each finding what mends it, when somebody asks
  std::vector<diag::Problem> problems;     ///< paths that cannot be read
  std::vector<std::uint32_t> checked;      ///< the documents that were read, in `sources`
  std::size_t rules = 0;
  std::size_t ignored = 0;  ///< findings that a comment in a document takes away
  // With --fix: the findings and counts are those of the mended documents.
  std::vector<RewrittenFile> rewritten;  ///< files are those of `sources`, as on disk
  std::vector<lint::AppliedFix> applied;
  std::vector<lint::RefusedFix> refused;
};

/// What all groups share.
struct GroupInputs {
  const LintOptions& options;
  std::span<const presence::Document> presences;  ///< what the presentity publishes
  schema::Schemas* schemas = nullptr;             ///< what to validate against, too; null: nothing
  Workers* workers = nullptr;                     ///< who helps
  bool with_changes = false;                      ///< whether to say what mends each finding
  std::optional<std::string> standard_input;  ///< when some group has it
  /// Whether `-` could not be read; the reason.
  std::vector<diag::Problem> standard_input_problems;
};

/// From any thread.
[[nodiscard]] GroupReport check_group(const GroupInputs& inputs, const LintGroup& group, const LintSettings& settings);

}  // namespace presproof::cli
