#pragma once

#include <string>
#include <vector>

#include "explain/explain.h"
#include "suite/mutants.h"

namespace presproof::suite {

/// Cases that exercise all that can happen of a policy (coverage.h), few of them, and with `kill` more until no mutant survives that is not
/// equivalent. What they expect is what the evaluator decides now: they hold a policy fast, and somebody has to read whether it is meant.
[[nodiscard]] std::vector<Case> draft_cases(const Subject& subject, const explain::Explanation& explanation, bool kill, double timeout_s);

}  // namespace presproof::suite
