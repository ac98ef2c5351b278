#pragma once

#include <string>

#include "report/decision_json.h"
#include "report/report.h"

/// Repairs of a property, beside its proof.
namespace presproof::report {

/// {"summary", "edits", "losses", "gains", "diff", "applied"}, or null without a proposal.
[[nodiscard]] Json repair_json(const Repaired& repaired);

/// What is edited, what it takes from whom, and the unified diff; nothing when no repair was wanted.
void add_repair(std::string& out, const Repaired& repaired, const TextStyle& style);

}  // namespace presproof::report
