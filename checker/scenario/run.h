#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "policy/rule_set.h"
#include "report/report.h"
#include "scenario/file.h"
#include "verify/result.h"
#include "xml/document.h"

namespace presproof::scenario {

/// What the runs of all scenarios of a proof have in common.
struct Setting {
  const report::Proof& proof;
  policy::Policy policy;        ///< the proof's, with the names that the documents have in the folder
  std::vector<File> rule_sets;  ///< scenario/rule_set_files.h
  xml::Limits limits;
};

struct RunFiles {
  std::vector<File> files;
  std::string command;
  std::string events_command = {};     ///< plays what happens until then; empty when one decision shows it
  bool request_tells_watcher = false;  ///< else the command names the watcher by flags
};

/// One run of a property. `name` is a token that is the run's own.
[[nodiscard]] RunFiles run_files(const Setting& setting, const verify::Counterexample& example, std::string_view name);

}  // namespace presproof::scenario
