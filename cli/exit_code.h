#pragma once

namespace presproof::cli {

/// The contract's exit statuses.
enum ExitCode : int {
  kDone = 0,           ///< done, and nothing to report at or above the failing level
  kFound = 1,          ///< done, and there is something
  kNotDone = 2,        ///< bad usage, unreadable or malformed input, an input over a limit
  kNotDecided = 3,     ///< at least one property is undecided and none is violated
  kInternalError = 4,  ///< a broken promise of presproof itself
};

}  // namespace presproof::cli
