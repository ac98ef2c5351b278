#pragma once

#include <string>
#include <vector>

#include "explain/reasons.h"

/// Why one watcher gets what it gets, in words for people, as every format has them. All is printable.
namespace presproof::report {

struct Point {
  std::string text;
  std::vector<Point> below = {};
  bool command = false;  ///< for a shell
};
/// The watcher and the state, and below what it gets, why, what nearly matched, and what would have to change.
[[nodiscard]] Point reasons_points(const explain::Explained& how, const explain::Reasons& reasons);

/// `for sip:bob@example.com`, `only in sphere work`: when a condition holds.
[[nodiscard]] std::string condition_words(const explain::Explained& how, const policy::Condition& condition);

/// The command that simulates a request.
[[nodiscard]] std::string replay_of(const explain::Explained& how, const explain::Reasons& reasons, const policy::Request& request);

}  // namespace presproof::report
