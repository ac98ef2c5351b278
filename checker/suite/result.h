#pragma once

#include <optional>
#include <string>
#include <vector>

#include "diag/sources.h"
#include "suite/coverage.h"
#include "suite/mutants.h"
#include "suite/runner.h"

/// What came of a suite, and its renderers.
namespace presproof::suite {

struct SuiteResult {
  Suite suite;
  policy::Policy policy;
  std::vector<CaseOutcome> cases;             ///< those that were run; they point into `suite`
  std::vector<PropertyOutcome> properties;
  Coverage coverage;
  std::optional<std::vector<Judged>> mutants;  ///< when they were asked for

  [[nodiscard]] std::size_t failed() const;
  [[nodiscard]] bool undecided() const;
};

struct TextOptions {
  bool color = false;
  bool details = false;  ///< which goals are not covered, and which mutants survive
  bool kill = false;     ///< print a case for each survivor
};

[[nodiscard]] std::string results_text(const diag::Sources& sources, const std::vector<SuiteResult>& results, const TextOptions& options);
/// `presproof-test/1`.
[[nodiscard]] std::string results_json(const std::vector<SuiteResult>& results);
/// The XML that test runners read: a suite for each file, a test case for each case and property.
[[nodiscard]] std::string results_junit(const std::vector<SuiteResult>& results);

}  // namespace presproof::suite
