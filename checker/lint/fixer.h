#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "diag/diagnostic.h"
#include "diag/sources.h"
#include "diff/compare.h"
#include "lint/fixed_documents.h"
#include "lint/lint.h"
#include "xml/document.h"

/// Mends findings in the text of documents that apply together, round after round: all checks run, the changes of the findings that can be
/// mended are made as far as they do not touch each other, the texts are read again, until nothing is left to mend.
///
/// A safe fix is made only when the policy is proved to mean the same afterwards (same_meaning.h), whatever its check promises: a round that is
/// not proved as a whole is split until the fixes that spoil it are found, and those are refused. Fixes that change the
/// meaning are made, when they are wanted, after the safe ones, at most one for a rule in a round, and each is compared with what was before.
namespace presproof::lint {

struct FixWishes {
  bool changing = false;  ///< those that change the meaning, too
  std::span<const Check> fixes = all_checks();
  /// Which findings are to be mended; those of disabled codes never are.
  std::function<bool(const diag::Diagnostic&)> wanted = [](const diag::Diagnostic&) { return true; };
  /// Who else reads each text besides the reader of rule sets, and reports what it finds.
  ReadAlso read_also = nullptr;
};

struct AppliedFix {
  diag::Diagnostic finding;  ///< its place is that in the text before all fixes
  FixKind kind = FixKind::safe;
  /// Who gained and who lost what, under the default readings; of safe ones nobody.
  std::vector<diff::Change> changes;
  std::string undecided;  ///< why there may be more changes
};

struct RefusedFix {
  diag::Diagnostic finding;  ///< placed as above
  std::string reason;        ///< lower case, no full stop
};

struct FixedSubject {
  /// With numbers of new texts in the sources where something was mended; the old texts stay there.
  Subject subject;
  diag::Sink findings;      ///< of the readers and all checks, as they are now, without ignored ones
  std::size_t ignored = 0;  ///< findings that comments take away
  std::vector<AppliedFix> applied;
  std::vector<RefusedFix> refused;
};

/// `found` is what the readers reported about the subject and other inputs. Throws diag::InternalError when a difference of two policies does
/// not replay.
[[nodiscard]] FixedSubject mend(Subject subject, const diag::Sink& found, diag::Sources& sources, const Options& options,
                                const xml::Limits& limits, const FixWishes& wishes);

}  // namespace presproof::lint
