#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "diff/compare.h"
#include "report/decision_json.h"
#include "report/report.h"

/// What an edit of a policy changes: for whom, and in the text.
namespace presproof::report {

/// {"direction", "permission", "detail", "watchers", "witness"}.
[[nodiscard]] Json change_json(const diff::Change& change);

/// One indented line for each change: `lost: provide-location radius 500 m -> 5000 m, for sip:bob@example.com`; of many the first few.
void add_changes(std::string& out, const std::vector<diff::Change>& changes);

/// A unified diff for a terminal, line by line: tabs stay, other control characters do not, and neither does the CR of a CR LF.
void add_diff(std::string& out, std::string_view diff, const TextStyle& style);

}  // namespace presproof::report
