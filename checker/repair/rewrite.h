#pragma once

#include <cstdint>
#include <string>

#include "diag/sources.h"
#include "policy/rule_set.h"
#include "repair/edit.h"

namespace presproof::repair {

/// A document after an edit, and the region of it that changed, for people.
struct Rewritten {
  std::string text;
  std::string before;  ///< the rule as it was; empty for a new one
  std::string after;   ///< what stands in its place; empty when it went
};

/// Makes the edit in the document's XML text: comments, white space and the order of attributes stay as they are outside of what changes.
/// `document` was read from `file`.
[[nodiscard]] Rewritten rewrite(const Edit& edit, const policy::RuleSet& document, const diag::Sources& sources, std::uint32_t file);

}  // namespace presproof::repair
