#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "policy/request.h"
#include "engine/profile.h"
#include "policy/rule_set.h"
#include "verify/result.h"

/// Runs that a proof has found, for people: watcher, state, what matches and what is given, and the command that shows it again.
namespace presproof::report {

struct RunText {
  const policy::Policy& policy;
  policy::Usage usage;
  bool response = false;  ///< with the answer to the SUBSCRIBE
  const engine::Profile* profile = &engine::rfc();
};

/// `friends` (alice.xml:7), ..., and 3 more.
[[nodiscard]] std::string rule_list(const policy::Policy& policy, const std::vector<policy::RuleRef>& rules);

/// Labels and values, one for each line.
using RunRow = std::pair<std::string_view, std::string>;
[[nodiscard]] std::vector<RunRow> run_rows(const RunText& how, const verify::Counterexample& run);

/// `presproof simulate ...`, which decides the run once more.
[[nodiscard]] std::string replay_command(const RunText& how, const verify::Counterexample& run);

/// Two runs side by side, with a `|` between lines that differ; one after the other when they are too wide for that.
[[nodiscard]] std::string runs_beside(const RunText& how, const verify::Counterexample& first, const verify::Counterexample& second);

}  // namespace presproof::report
