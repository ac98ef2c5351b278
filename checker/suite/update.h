#pragma once

#include <string>
#include <vector>

#include "diag/sources.h"
#include "suite/runner.h"

namespace presproof::suite {

struct Update {
  std::string text;                    ///< the suite with what was found instead of what was expected; all else stays as it is written
  std::size_t changed = 0;             ///< values
  std::vector<std::string> left;       ///< what was not changed, and why
};

/// For the outcomes of a suite that was read from `file`. Values are replaced where they stand: comments and layout stay. Paths of `expect.document`
/// move from `present` to `absent` or back. Not changed: what several watchers of one case, or several rows, share, and arrays of paths with comments.
[[nodiscard]] Update update(const diag::Sources& sources, std::uint32_t file, const std::vector<CaseOutcome>& outcomes);

}  // namespace presproof::suite
