#pragma once

#include <string>
#include <vector>

#include "commands/command.h"
#include "inputs.h"
#include "report/report.h"

/// What `diff` compares: two files, two folders file by file, or files as a git revision has them and as they are.
namespace presproof::cli {

struct DiffInputOptions {
  PolicyOptions policy;             ///< `files` are OLD and NEW, or with `git` the files
  std::string git;                  ///< REV or REV1..REV2; empty: none
  std::vector<std::string> labels;  ///< what messages call OLD and NEW
  bool together = false;            ///< all documents of a side apply together
};

/// The parts with their policies read, sorted by name. A document that one side lacks (or that is /dev/null) is an empty rule set there. Throws
/// diag::InputError for what cannot be read; other findings stay in the run's sink.
[[nodiscard]] std::vector<report::DiffPart> load_diff_parts(Run& run, const DiffInputOptions& options, const engine::Profile& profile);

}  // namespace presproof::cli
