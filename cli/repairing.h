#pragma once

#include <vector>

#include "inputs.h"
#include "property/property.h"
#include "report/report.h"
#include "verify/verify.h"

/// `prove --repair` and `--apply`.
namespace presproof::cli {

struct RepairRun {
  std::vector<report::Repaired> repairs;  ///< one for each property
  repair::Subject after;
};

/// Repairs the violated properties one after another, each on the text that the ones before left; what was proved stays so. `results` are
/// those of `properties`.
[[nodiscard]] RepairRun repair_all(Run& run, const LoadedPolicy& loaded, const property::Properties& properties,
                                   const std::vector<verify::Result>& results, const verify::Options& options);

/// Throws diag::InputError when a text was not read from a file that can be written back as it was: standard input, UTF-16, a read-only file.
void refuse_unwritable(const Run& run, const LoadedPolicy& loaded);

/// Writes the documents that were edited over their files, each whole or not at all, and marks the repairs as applied.
void apply_repairs(const Run& run, const LoadedPolicy& loaded, RepairRun& repaired);

}  // namespace presproof::cli
